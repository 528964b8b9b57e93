"""Who may what: our own record of members decides, on every request anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.access import OPERATIONS, PUBLIC_OPERATIONS, Role
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.partners import Partner
from infra.openapi.document import operations
from tests.unit.api.bodies import created, new

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalice.app import Chalice

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts

SUBJECTS = {
    Role.PARTNER_ADMIN: "admin",
    Role.PARTNER_MANAGER: "manager",
    Role.PARTNER_VIEWER: "viewer",
    Role.OPERATOR: "operator",
    Role.PLATFORM: "platform",
}
FORBIDDEN = "may not do this"


def path_of(operation: Any) -> str:
    names = {"{account_id}": "acct_00000000000000000000000000", "{add_on}": "sms"}
    path: str = operation.path
    for name, value in names.items():
        path = path.replace(name, value)
    return path.replace("{", "x").replace("}", "x")


def test_every_operation_lets_in_exactly_the_roles_of_the_table(
    app: Chalice, caller: Callable[[str], ApiClient]
) -> None:
    tried = 0
    for operation in operations(app.routes):
        for role, subject in SUBJECTS.items():
            if operation.public:
                continue
            reply = caller(subject).call(operation.method, path_of(operation))
            refused = reply.status == 403 and FORBIDDEN in reply.text
            assert refused is (role not in OPERATIONS[operation.name]), (operation.name, role, reply.text)
            tried += 1
    assert tried >= 5 * 8


def test_nobody_gets_in_without_a_subject(app: Chalice, anyone: ApiClient) -> None:
    for operation in operations(app.routes):
        reply = anyone.call(operation.method, path_of(operation))
        assert (reply.status == 401) is (operation.name not in PUBLIC_OPERATIONS)
    assert anyone.get("/me").headers["WWW-Authenticate"] == "Bearer"


def test_every_operation_but_the_public_ones_stands_behind_the_authorizer(app: Chalice) -> None:
    open_to_all = {
        entry.view_function.operation.name
        for methods in app.routes.values()
        for entry in methods.values()
        if entry.authorizer is None
    }
    assert open_to_all <= PUBLIC_OPERATIONS


def test_an_operation_that_the_table_does_not_know_cannot_be_declared() -> None:
    from chalicelib.api.http.blueprint import Blueprint

    blueprint = Blueprint("tests")
    with pytest.raises(LookupError):
        blueprint.operation("eat_cake", "POST /cake")(lambda request: None)


def test_a_token_of_somebody_who_is_no_member_opens_nothing(caller: Callable[[str], ApiClient]) -> None:
    reply = caller("nobody").get("/me")
    assert (reply.status, reply.code) == (403, "forbidden")


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PLATFORM])
def test_nobody_becomes_an_operator_by_a_row_in_the_table_that_the_api_writes(
    caller: Callable[[str], ApiClient], ports: FakePorts, role: Role
) -> None:
    current = ports.book.things[Member, "viewer", "prt_acme"]
    ports.book.things[Member, "viewer", "prt_acme"] = replace(current, role=role)
    reply = caller("viewer").using(Partner_Id="prt_other").get("/accounts")
    assert (reply.status, reply.code) == (403, "forbidden")


def test_a_demoted_member_is_refused_on_the_very_next_request(
    caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    manager = caller("manager")
    assert manager.post("/accounts", new()).status == 201
    current = ports.book.things[Member, "manager", "prt_acme"]
    ports.book.things[Member, "manager", "prt_acme"] = replace(current, role=Role.PARTNER_VIEWER)
    assert manager.post("/accounts", new(username="another_one"), key="k-2").status == 403
    del ports.book.things[Member, "manager", "prt_acme"]
    assert manager.get("/accounts").status == 403


def test_a_suspended_partners_members_are_out_and_operators_are_not(
    caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    current = ports.book.things[Partner, "prt_acme"]
    ports.book.things[Partner, "prt_acme"] = replace(current, suspended=True)
    for subject in ("admin", "manager", "viewer"):
        reply = caller(subject).get("/accounts")
        assert (reply.status, reply.code) == (403, "forbidden")
    assert caller("operator").get("/accounts").status == 200
    assert caller("stranger").get("/accounts").status == 200


def test_operators_and_the_platform_name_the_partner(caller: Callable[[str], ApiClient]) -> None:
    for subject, path in (("operator", "/accounts"), ("platform", "/accounts/acct_00000000000000000000000000")):
        client = replace(caller(subject), headers={})
        reply = client.get(path)
        assert (reply.status, reply.code) == (400, "bad-request")
        assert "Partner-Id" in reply.json["detail"]


def test_a_member_may_name_its_own_partner_and_another_is_as_good_as_none(caller: Callable[[str], ApiClient]) -> None:
    admin = caller("admin")
    assert admin.using(Partner_Id="prt_acme").get("/accounts").status == 200
    foreign, unknown = (
        admin.using(Partner_Id="prt_other").get("/accounts"),
        admin.using(Partner_Id="x").get("/accounts"),
    )
    assert foreign.status == 404
    assert foreign == unknown == caller("operator").using(Partner_Id="prt_none").get("/accounts")


@pytest.mark.parametrize("partner_id", ["", " ", "a b", "x" * 200, "prt_acme\n", "prt_acme,prt_other"])
def test_a_partner_id_that_can_be_none_is_not_found(caller: Callable[[str], ApiClient], partner_id: str) -> None:
    assert caller("operator").using(Partner_Id=partner_id).get("/accounts").status == 404


def test_an_operator_goes_from_partner_to_partner_and_carries_nothing_along(caller: Callable[[str], ApiClient]) -> None:
    created(caller("admin"), username="acme_account")
    created(caller("stranger"), username="other_account")
    operator = caller("operator")
    for partner_id, username in (("prt_acme", "acme_account"), ("prt_other", "other_account")) * 2:
        (account,) = operator.using(Partner_Id=partner_id).get("/accounts").json["items"]
        assert account["username"] == username


def test_only_the_platform_acts_for_a_client(caller: Callable[[str], ApiClient]) -> None:
    for subject in ("admin", "manager", "viewer", "operator"):
        assert caller(subject).using(Acting_For="ada_lovelace").get("/accounts").status == 403
    assert caller("platform").using(Acting_For="no good").get("/accounts/acct_x").status == 400


def test_who_am_i_tells_partner_role_and_operations(caller: Callable[[str], ApiClient]) -> None:
    me = caller("viewer").get("/me").json
    assert (me["partner_id"], me["role"], me["partner"]["name"]) == ("prt_acme", "partner_viewer", "Prt_Acme")
    assert (me["partner"]["currency"], me["partner"]["single_bill_enabled"]) == ("USD", True)
    assert "list_accounts" in me["operations"]
    assert "create_account" not in me["operations"]


def test_who_am_i_needs_no_partner_of_an_operator(caller: Callable[[str], ApiClient]) -> None:
    operator = replace(caller("operator"), headers={})
    assert operator.get("/me").json["partner_id"] is None
    assert operator.using(Partner_Id="prt_other").get("/me").json["partner_id"] == "prt_other"

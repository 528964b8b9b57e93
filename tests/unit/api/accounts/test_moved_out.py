"""After a move the old partner's every path to the account answers as if it had never been."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.access import OPERATIONS, Role
from infra.openapi.document import operations
from tests.unit.api.bodies import created
from tests.unit.api.test_programme import FORM, move_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalice.app import Chalice

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts

BODIES: dict[str, Any] = {
    "change_account": {"organization": "X"},
    "change_plan": {"plan": "lite"},
    "cancel_account": {"reason": "poor_results"},
    "change_billing_mode": {"billing_mode": "direct"},
    "change_account_type": {"account_type": "referred"},
    "edit_sms_registration": FORM,
    "review_sms_registration": {"status": "approved"},
    "answer_permission_request": {"approved": True},
    "move_account": move_to(),
}
SUBJECTS = {Role.PARTNER_ADMIN: "admin", Role.OPERATOR: "operator", Role.PLATFORM: "platform"}


@pytest.fixture
def moved(admin: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts) -> str:
    account_id: str = created(admin)["account_id"]
    ports.book.lag()
    assert caller("operator").post(f"/accounts/{account_id}/moves", move_to(), key="m-1").status == 200
    return account_id


def test_every_route_with_the_account_in_its_path_answers_404_to_everybody_who_acts_for_the_old_partner(
    app: Chalice, caller: Callable[[str], ApiClient], moved: str
) -> None:
    tried = 0
    for operation in operations(app.routes):
        if "{account_id}" not in operation.path:
            continue
        for role in OPERATIONS[operation.name] & SUBJECTS.keys():
            client = caller(SUBJECTS[role]).using(If_Match='"1"', Idempotency_Key=f"k-{operation.name}")
            client = client.using(Acting_For="ada_lovelace") if role is Role.PLATFORM else client
            answers = []
            for account_id in (moved, "acct_00000000000000000000000000"):
                path = operation.path.replace("{account_id}", account_id)
                path = path.replace("{add_on}", "sms").replace("{hold}", "compliance")
                answers.append(client.call(operation.method, path, BODIES.get(operation.name)))
            gone, never = answers
            assert (gone.status, gone.text) == (404, never.text), (operation.name, role, gone.text)
            tried += 1
    assert tried > 30


def test_lists_searches_and_work_no_longer_lead_to_it(admin: ApiClient, moved: str, ports: FakePorts) -> None:
    assert admin.get("/accounts?q=ada_lovelace").json["items"] == []
    new = {"account_id": moved, "kind": "consulting", "brief": "Call."}
    assert admin.post("/service-requests", new, key="w-1").status == 404
    assert sum(sum(number.values()) for number in _numbers(admin.get("/summary").json)) == 0
    (departure,) = admin.get("/departures").json["items"]
    assert (departure["account_id"], departure["event"]) == (moved, "move_out")
    ports.book.catch_up()
    assert admin.get("/accounts").json["items"] == []


def _numbers(found: Any) -> list[dict[str, int]]:
    """Every object of whole numbers in an answer."""
    if not isinstance(found, dict):
        return []
    own = {name: value for name, value in found.items() if isinstance(value, int)}
    return [own, *(number for value in found.values() for number in _numbers(value))]


def test_the_new_partner_has_all_of_it(caller: Callable[[str], ApiClient], moved: str) -> None:
    account = caller("stranger").get(f"/accounts/{moved}").json
    assert (account["username"], account["billing_mode"]) == ("ada_lovelace", "direct")

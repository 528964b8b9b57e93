"""Of every account the API says what would be refused: and refuses that, in these words, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Hold
from chalicelib.domain.accounts.refusals import RULES
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.services.accounts.erasure_recovery import carry_out
from tests.unit.api.bodies import created
from tests.unit.api.conftest import ACME

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient, Reply
    from tests.fakes import FakePorts

REQUESTS: dict[str, tuple[str, str, dict[str, Any] | None]] = {
    "change_plan": ("PUT", "/plan", {"plan": "premium"}),
    "cancel_account": ("PUT", "/cancellation", {"reason": "poor_results"}),
    "withdraw_cancellation": ("DELETE", "/cancellation", None),
    "issue_sign_in_link": ("POST", "/sign-in-links", None),
    "request_permission": ("PUT", "/permission-request", None),
    "place_hold": ("PUT", "/holds/compliance", None),
    "erase_person": ("POST", "/erasure", None),
}
STATES: dict[str, dict[str, Any]] = {
    "on the single bill": {},
    "direct": {"billing_mode": BillingMode.DIRECT},
    "suspended": {"billing_mode": BillingMode.DIRECT, "holds": frozenset({Hold.SUSPENDED})},
    "referred": {"billing_mode": BillingMode.DIRECT, "account_type": AccountType.REFERRED},
}


def in_state(ports: FakePorts, client: ApiClient, state: str) -> str:
    """An account in this state; its path."""
    account = created(client, username="refused_or_not")
    for key, item in ports.book.things.items():
        if isinstance(item, Account):
            ports.book.things[key] = replace(item, **STATES.get(state, {}))
    path = f"/accounts/{account['account_id']}"
    if state == "canceled":
        assert client.put(f"{path}/cancellation", {"reason": "poor_results"}).status == 200
    return path


def shown_by_its_fields(account: dict[str, Any]) -> set[str]:
    """What would be refused for what anybody can read of the account."""
    nothing_to_withdraw = (
        {"withdraw_cancellation"} if not account["cancellation"] or account["status"] == "C" else set()
    )
    managed_already = {"request_permission"} if account["account_type"] == "managed" else set()
    return nothing_to_withdraw | managed_already


def send(client: ApiClient, path: str, operation: str, account: dict[str, Any]) -> Reply:
    """Ask for it, in a way that has nothing else wrong with it."""
    if operation == "change_billing_mode":
        mode = "direct" if account["billing_mode"] == "single_bill" else "single_bill"
        return client.put(f"{path}/billing-mode", {"billing_mode": mode})
    if operation == "request_service":
        body = {"account_id": account["account_id"], "kind": "consulting", "brief": "Help."}
        return client.post("/service-requests", body, key="ask")
    method, below, body = REQUESTS[operation]
    return client.post(path + below, body) if method == "POST" else client.call(method, path + below, body)


@pytest.mark.parametrize("state", [*STATES, "canceled"])
@pytest.mark.parametrize("subject", ["admin", "operator"])
@pytest.mark.parametrize("operation", sorted(RULES.keys() - {"move_account"}))
def test_what_is_named_is_refused_in_these_words_and_what_is_not_is_done(
    ports: FakePorts, caller: Callable[[str], ApiClient], state: str, subject: str, operation: str
) -> None:
    path, client = in_state(ports, caller("admin"), state), caller(subject)
    account = client.get(path).json
    (listed,) = client.get("/accounts").json["items"]
    assert listed["refusals"] == account["refusals"]
    reply = send(client, path, operation, account)
    if operation in ("place_hold", "erase_person") and subject == "admin":
        assert (reply.status, operation in account["refusals"]) == (403, False)
    elif operation in account["refusals"]:
        assert (reply.status in (403, 409), reply.json["detail"]) == (True, account["refusals"][operation])
    elif operation not in shown_by_its_fields(account):
        assert reply.status < 300, reply.text


def test_a_viewer_is_told_of_no_account_what_its_role_may_never_do(
    ports: FakePorts, caller: Callable[[str], ApiClient]
) -> None:
    path = in_state(ports, caller("admin"), "canceled")
    assert caller("viewer").get(path).json["refusals"] == {}


def test_the_reason_of_a_hold_stands_in_the_history_until_the_person_is_erased(
    ports: FakePorts, caller: Callable[[str], ApiClient]
) -> None:
    admin, operator = caller("admin"), caller("operator")
    path = in_state(ports, admin, "direct")
    assert operator.put(f"{path}/holds/compliance", {"reason": "Mail to a bought list of Ada's."}).status == 200
    assert operator.put(f"{path}/holds/balance_due").status == 200
    assert operator.put(f"{path}/holds/suspended", {"reason": "\x00"}).status == 422

    def reasons() -> list[str | None]:
        entries = admin.get("/audit?kind=account.hold_placed").json["items"]
        return [change["new"] for entry in entries for change in entry["changes"] if change["field"] == "hold_reason"]

    assert reasons() == ["Mail to a bought list of Ada's."]
    operator.put(f"{path}/cancellation", {"reason": "poor_results"})
    operator.post(f"{path}/erasure")
    carry_out(ports, ACME, path.removeprefix("/accounts/"))
    assert reasons() == [None]


def test_the_sign_in_link_says_for_how_long_it_works(ports: FakePorts, caller: Callable[[str], ApiClient]) -> None:
    admin = caller("admin")
    path = in_state(ports, admin, "direct")
    assert admin.post(f"{path}/sign-in-links", key="link").json["expires_in"] == 60
    assert admin.get("/me").json["now"] == instant_text(ports.now)

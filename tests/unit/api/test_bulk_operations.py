"""Bulk operations over HTTP: previewed, carried out, followed, stopped, and what is refused."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.accounts.accounts import Account, BillingMode
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.bulk_operations.bulk_operations import BulkOperation
from chalicelib.domain.kernel.idempotency import RequestRecord
from chalicelib.domain.kernel.money import Money
from chalicelib.services.bulk_operations.worker import run
from chalicelib.services.rate_limiter import RateLimiter
from tests.factories import a_bonus, an_account
from tests.unit.api.conftest import ACME, OTHER

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts

SEO = {"operation": "activate_add_on", "arguments": {"add_on": "seo"}}


@pytest.fixture
def operator(caller: Callable[[str], ApiClient]) -> ApiClient:
    return caller("operator")


def account(ports: FakePorts, account_id: str, **changed: Any) -> None:
    ports.book.put(an_account(partner_id=ACME, account_id=account_id, **changed))


def earned(ports: FakePorts, account_id: str, **changed: Any) -> None:
    bonus = a_bonus(**{"partner_id": ACME, "account_id": account_id, **changed})
    account(ports, account_id, bonus_status=BonusStatus.EARNED, bonus_earned_on=bonus.earned_on)
    ports.book.put(bonus)


def work(ports: FakePorts) -> None:
    for partner_id, message in ports.bulk_queue.sent:
        run(ports, partner_id, message["bulk_operation_id"], RateLimiter(0))
    ports.bulk_queue.sent.clear()


def pay(accounts: Any, **more: Any) -> dict[str, Any]:
    return {"operation": "pay_bonuses", "arguments": {"reference": "P-1"}, "accounts": accounts, **more}


NAMES = ("total", "done", "changed", "unchanged", "refused")
FOUR = {**SEO, "accounts": ["acct_1", "acct_2", "acct_3", "acct_none"]}


@pytest.fixture
def three(ports: FakePorts) -> None:
    """Accounts of which one is changed, one left and one refused."""
    account(ports, "acct_1", organization="=Bakery")
    account(ports, "acct_2", add_ons=frozenset({AddOn.SEO}))
    account(ports, "acct_3", billing_mode=BillingMode.DIRECT)


@pytest.mark.usefixtures("three")
def test_a_preview_tells_what_would_become_of_the_accounts_and_writes_nothing(
    admin: ApiClient, ports: FakePorts
) -> None:
    before = set(ports.book.dump()[0])
    shown = admin.post("/bulk-operations", {**FOUR, "dry_run": True}).json
    assert (shown["dry_run"], shown["bulk_operation_id"], shown["status"]) == (True, None, "done")
    assert [shown[name] for name in NAMES] == [4, 4, 1, 1, 2]
    assert [(item["code"], item["accounts"]) for item in shown["refusals"]] == [("forbidden", 1), ("not-found", 1)]
    assert {kind for kind, *_ in set(ports.book.dump()[0]) - before} == {RequestRecord}
    assert ports.bulk_queue.sent == []


@pytest.mark.usefixtures("three")
def test_an_operation_does_what_its_preview_told(admin: ApiClient, ports: FakePorts) -> None:
    reply = admin.post("/bulk-operations", FOUR)
    view = reply.json
    assert (reply.status, view["status"], view["total"], view["done"]) == (202, "running", 4, 0)
    assert reply.headers["Location"].endswith(f"/bulk-operations/{view['bulk_operation_id']}")
    work(ports)
    ended = admin.get(f"/bulk-operations/{view['bulk_operation_id']}").json
    assert [ended[name] for name in NAMES] == [4, 4, 1, 1, 2]
    assert (ended["status"], ended["arguments"]["add_on"], ended["dry_run"]) == ("done", "seo", False)
    assert admin.get("/bulk-operations").json["items"] == [ended]
    audit = admin.get(f"/audit?bulk_operation_id={view['bulk_operation_id']}").json["items"]
    assert [item["kind"] for item in audit] == ["bulk_operation.done", "add_on.activated", "bulk_operation.requested"]
    assert {item["bulk_operation_id"] for item in audit} == {view["bulk_operation_id"]}


@pytest.mark.usefixtures("three")
def test_the_outcome_of_each_account_is_a_list_and_a_file(admin: ApiClient, ports: FakePorts) -> None:
    path = f"/bulk-operations/{admin.post('/bulk-operations', FOUR).json['bulk_operation_id']}/results"
    work(ports)
    first = admin.get(f"{path}?limit=3").json
    last = admin.get(f"{path}?limit=3&cursor={first['next']}").json
    expected = ["changed", "unchanged", "refused", "refused"]
    assert [item["outcome"] for item in first["items"] + last["items"]] == expected
    assert (last["items"][0]["username"], last["items"][0]["code"]) == (None, "not-found")
    assert [item["account_id"] for item in admin.get(f"{path}?outcome=changed").json["items"]] == ["acct_1"]
    file = admin.get(f"{path}/csv")
    assert file.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(StringIO(file.text)))
    assert [row["outcome"] for row in rows] == expected
    assert rows[0]["organization"] == "'=Bakery"
    assert len(admin.get(f"{path}/csv?outcome=refused").text.splitlines()) == 3


def test_the_same_request_again_starts_nothing_new(admin: ApiClient, ports: FakePorts) -> None:
    account(ports, "acct_1")
    first = admin.post("/bulk-operations", {**SEO, "accounts": ["acct_1"]}, key="k")
    again = admin.post("/bulk-operations", {**SEO, "accounts": ["acct_1"]}, key="k")
    assert (again.json, len(ports.book.all(BulkOperation))) == (first.json, 1)
    other = admin.post("/bulk-operations", {**SEO, "accounts": ["acct_1"]}, key="other")
    assert (other.status, other.code) == (409, "conflict")
    assert "Another bulk operation of this partner is running" in other.json["detail"]


def test_a_filter_is_what_the_list_shows_or_nothing_is_done(admin: ApiClient, ports: FakePorts) -> None:
    for number in range(3):
        account(ports, f"acct_{number}", organization="Zwieback" if number else "Cook")
    selection = {"filter": {"q": "zwieback"}, "expected_count": 2}
    for expected in (1, 3):
        reply = admin.post(
            "/bulk-operations", {**SEO, "accounts": {**selection, "expected_count": expected}}, key=f"k{expected}"
        )
        assert (reply.status, reply.code) == (409, "conflict")
        assert f"finds 2 accounts now, not {expected}" in reply.json["detail"]
    reply = admin.post("/bulk-operations", {**SEO, "accounts": selection}, key="right")
    work(ports)
    assert admin.get(f"/bulk-operations/{reply.json['bulk_operation_id']}").json["changed"] == 2
    assert {item.account_id for item in ports.book.all(Account) if item.add_ons} == {"acct_1", "acct_2"}


def test_a_filter_that_finds_too_many_is_refused(admin: ApiClient, ports: FakePorts) -> None:
    for number in range(10_001):
        account(ports, f"acct_{number:05}")
    reply = admin.post("/bulk-operations", {**SEO, "accounts": {"filter": {}, "expected_count": 10_000}})
    assert (reply.status, reply.code) == (409, "conflict")
    assert "more than 10,000" in reply.json["detail"]


def test_what_is_paid_is_what_was_shown(operator: ApiClient, ports: FakePorts) -> None:
    earned(ports, "acct_1", earned_on=date(2026, 10, 31))
    earned(ports, "acct_2", earned_on=date(2026, 11, 1))
    earned(ports, "acct_3", earned_on=date(2026, 11, 3), money=Money(5_000, "USD"))
    earned(ports, "acct_4", earned_on=date(2026, 11, 3), money=Money(700, "EUR"))
    earned(ports, "acct_5", earned_on=date(2026, 11, 4), paid_on=ports.today, payment_reference="P-0")
    shown = {"earned_month": "2026-11", "expected_count": 2, "expected_amount": 15_000, "currency": "USD"}
    for wrong in ({"expected_count": 3}, {"expected_amount": 14_000}):
        reply = operator.post("/bulk-operations", pay({**shown, **wrong}), key="-".join(wrong))
        assert (reply.status, reply.code) == (409, "conflict")
        assert "These are 2 bonuses of USD 150.00 now" in reply.json["detail"]
    assert not any(item.payment_reference == "P-1" for item in ports.book.all(Bonus))
    looked = operator.post("/bulk-operations", pay(shown, dry_run=True), key="look").json
    assert (looked["changed"], looked["amounts"]) == (2, [{"amount": 15_000, "currency": "USD"}])
    made = operator.post("/bulk-operations", pay(shown), key="right").json
    work(ports)
    ended = operator.get(f"/bulk-operations/{made['bulk_operation_id']}").json
    assert (ended["changed"], ended["amounts"]) == (2, [{"amount": 15_000, "currency": "USD"}])
    assert {item.account_id for item in ports.book.all(Bonus) if item.payment_reference == "P-1"} == {
        "acct_2",
        "acct_3",
    }
    void = {
        "operation": "void_bonus_payments",
        "arguments": {"reference": "P-1"},
        "accounts": {"expected_count": 2, "expected_amount": 15_000, "currency": "USD"},
    }
    voided = operator.post("/bulk-operations", void, key="void").json
    work(ports)
    assert operator.get(f"/bulk-operations/{voided['bulk_operation_id']}").json["changed"] == 2
    assert [item.account_id for item in ports.book.all(Bonus) if item.paid_on] == ["acct_5"]


def test_bonuses_of_some_days_are_chosen_like_those_of_a_month(operator: ApiClient, ports: FakePorts) -> None:
    earned(ports, "acct_1", earned_on=date(2026, 11, 1))
    earned(ports, "acct_2", earned_on=date(2026, 11, 2))
    days = {"earned_from": "2026-11-02", "earned_to": "2026-11-02", "expected_count": 1, "expected_amount": 10_000}
    looked = operator.post("/bulk-operations", pay({**days, "currency": "USD"}, dry_run=True)).json
    assert (looked["total"], looked["changed"]) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"operation": "sell"}, "/operation"),
        ({"arguments": {}}, "/arguments/add_on"),
        ({"arguments": {"add_on": "fax"}}, "/arguments/add_on"),
        ({"arguments": {"add_on": "seo", "plan": "lite"}}, "/arguments/plan"),
        ({"arguments": {"add_on": "seo", "color": "red"}}, "/arguments/color"),
        ({"operation": "cancel"}, "/arguments/add_on"),
        ({"accounts": []}, "/accounts"),
        ({"accounts": ["acct_1", "acct_2", "acct_1"]}, "/accounts/2"),
        ({"accounts": [f"acct_{number:05}" for number in range(10_001)]}, "/accounts"),
        ({"accounts": {"filter": {}}}, "/accounts/expected_count"),
        ({"accounts": {"filter": {"status": "o"}, "expected_count": 1}}, "/accounts/filter/status"),
        ({"accounts": {"filter": {}, "expected_count": 1, "currency": "USD"}}, "/accounts/currency"),
        ({"accounts": {"expected_count": 1}}, "/accounts/expected_amount"),
        ({"accounts": {"expected_count": 1, "expected_amount": 1, "currency": "USD"}}, "/accounts"),
        ({"operation": "request_permission"}, "/arguments/add_on"),
    ],
)
def test_what_is_not_right_is_refused_and_nothing_is_done(
    admin: ApiClient, ports: FakePorts, changed: dict[str, Any], pointer: str
) -> None:
    account(ports, "acct_1")
    before = ports.book.dump()
    for dry_run in (False, True):
        body = {**SEO, "accounts": ["acct_1"], "dry_run": dry_run, **changed}
        reply = admin.post("/bulk-operations", body, key=f"k{dry_run}")
        assert reply.status == 422, reply.text
        assert pointer in reply.pointers, reply.pointers
    assert ports.book.dump() == before


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"arguments": {"reference": " "}}, "/arguments/reference"),
        ({"arguments": {}}, "/arguments/reference"),
        ({"accounts": {"filter": {}, "expected_count": 1}}, "/accounts/filter"),
        ({"accounts": {"expected_count": 1, "expected_amount": 1, "currency": "USD"}}, "/accounts"),
        ({"month": "2026-13"}, "/accounts/earned_month"),
        ({"month": "2026-11", "days": {"earned_from": "2026-11-01"}}, "/accounts"),
        ({"days": {"earned_from": "2026-11-01"}}, "/accounts"),
        ({"days": {"earned_from": "2026-11-02", "earned_to": "2026-11-01"}}, "/accounts/earned_to"),
    ],
)
def test_a_payment_that_is_not_right_is_refused(operator: ApiClient, changed: dict[str, Any], pointer: str) -> None:
    shown: dict[str, Any] = {"expected_count": 1, "expected_amount": 100, "currency": "USD", **changed.pop("days", {})}
    if "month" in changed:
        shown["earned_month"] = changed.pop("month")
    reply = operator.post("/bulk-operations", {**pay(shown), **changed})
    assert (reply.status, reply.pointers) == (422, [pointer]), reply.text


def test_ten_thousand_ids_are_taken(admin: ApiClient) -> None:
    names = [f"acct_{number:026}" for number in range(10_000)]
    reply = admin.post("/bulk-operations", {**SEO, "accounts": names})
    assert (reply.status, reply.json["total"]) == (202, 10_000)


def test_whoever_may_do_the_single_change_may_do_it_in_bulk(
    caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    earned(ports, "acct_1")
    for subject, body, status in (
        ("viewer", {**SEO, "accounts": ["acct_1"]}, 403),
        ("platform", {**SEO, "accounts": ["acct_1"]}, 403),
        ("manager", {**SEO, "accounts": ["acct_1"]}, 202),
        ("admin", pay(["acct_1"]), 403),
        ("operator", pay(["acct_1"]), 202),
    ):
        for dry_run in (True, False):
            reply = caller(subject).post("/bulk-operations", {**body, "dry_run": dry_run}, key=f"{subject}{dry_run}")
            assert reply.status == status, (subject, reply.text)
        work(ports)


def test_stopping_is_for_who_may_start_and_once_is_enough(caller: Callable[[str], ApiClient], ports: FakePorts) -> None:
    earned(ports, "acct_1")
    path = f"/bulk-operations/{caller('operator').post('/bulk-operations', pay(['acct_1'])).json['bulk_operation_id']}"
    assert caller("admin").post(f"{path}/stop", key="a").status == 403
    assert caller("stranger").post(f"{path}/stop", key="a").status == 404
    for key in ("a", "b"):
        stopped = caller("operator").post(f"{path}/stop", key=key)
        assert (stopped.status, stopped.json["status"], stopped.json["done"]) == (200, "stopped", 0)
    work(ports)
    assert not any(item.paid_on for item in ports.book.all(Bonus))
    done = caller("admin").post("/bulk-operations", {**SEO, "accounts": ["acct_1"]}, key="next").json
    work(ports)
    late = caller("admin").post(f"/bulk-operations/{done['bulk_operation_id']}/stop", key="late")
    assert (late.status, late.code) == (409, "conflict")
    assert [item.kind for item in ports.book.all(AuditEntry)].count("bulk_operation.stopped") == 1


def test_another_partners_operation_is_not_there(
    caller: Callable[[str], ApiClient], admin: ApiClient, ports: FakePorts
) -> None:
    ports.book.put(an_account(partner_id=OTHER, account_id="acct_theirs"))
    made = admin.post("/bulk-operations", {**SEO, "accounts": ["acct_theirs"]}).json
    work(ports)
    path = f"/bulk-operations/{made['bulk_operation_id']}"
    (result,) = admin.get(f"{path}/results").json["items"]
    assert (result["outcome"], result["username"], result["organization"]) == ("refused", None, None)
    for ending in ("", "/results", "/results/csv"):
        assert caller("stranger").get(path + ending).status == 404
    assert caller("stranger").get("/bulk-operations").json["items"] == []


def test_results_are_gone_after_ninety_days_and_the_operation_stays(admin: ApiClient, ports: FakePorts) -> None:
    account(ports, "acct_1")
    path = (
        f"/bulk-operations/{admin.post('/bulk-operations', {**SEO, 'accounts': ['acct_1']}).json['bulk_operation_id']}"
    )
    work(ports)
    ports.later(days=89)
    assert admin.get(f"{path}/results").status == 200
    ports.later(days=1)
    for ending in ("/results", "/results/csv"):
        gone = admin.get(path + ending)
        assert (gone.status, gone.code) == (410, "gone")
    assert admin.get(path).json["changed"] == 1


def test_a_preview_says_how_many_it_had_time_to_look_at(
    admin: ApiClient, ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.api.bulk_operations.bulk_operations.SECONDS_TO_ANSWER", 0.0)
    account(ports, "acct_1")
    shown = admin.post("/bulk-operations", {**SEO, "accounts": ["acct_1"], "dry_run": True}).json
    assert (shown["total"], shown["done"], shown["changed"]) == (1, 0, 0)

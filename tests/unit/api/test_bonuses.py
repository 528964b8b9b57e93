"""Bonuses and nights over HTTP: the ledger with its months, and what the first read of the day settles."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.accounts.accounts import Account, Status
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.kernel.money import Money
from chalicelib.services.nightly_runs.nightly_runs import begin
from chalicelib.services.nightly_runs.settle_partner import settle_partner
from tests.factories import TODAY, a_bonus, a_trial, an_account
from tests.unit.api.conftest import ACME, OTHER

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts

DAY_95 = TODAY - timedelta(days=95)


@pytest.fixture
def operator(caller: Callable[[str], ApiClient]) -> ApiClient:
    return caller("operator")


def earned(ports: FakePorts, account_id: str, **changed: object) -> Bonus:
    """An account of the first partner with an earned bonus."""
    account = an_account(
        partner_id=ACME, account_id=account_id, bonus_status=BonusStatus.EARNED, bonus_earned_on=date(2026, 11, 4)
    )
    bonus = a_bonus(partner_id=ACME, account_id=account_id, **changed)
    ports.book.put(account, bonus)
    return bonus


def test_the_ledger_lists_the_latest_first_with_totals_by_month(admin: ApiClient, ports: FakePorts) -> None:
    earned(ports, "acct_1", earned_on=date(2026, 10, 31))
    earned(ports, "acct_2", earned_on=date(2026, 11, 1), money=Money(5_000, "USD"))
    earned(ports, "acct_3", earned_on=date(2026, 11, 4))
    earned(ports, "acct_4", earned_on=date(2026, 11, 4), money=Money(7_000, "EUR"))
    shown = admin.get("/bonuses").json
    assert [item["account_id"] for item in shown["items"]] == ["acct_4", "acct_3", "acct_2", "acct_1"]
    assert shown["months"] == [
        {"month": "2026-11", "bonuses": 2, "amount": 15_000, "currency": "USD"},
        {"month": "2026-11", "bonuses": 1, "amount": 7_000, "currency": "EUR"},
        {"month": "2026-10", "bonuses": 1, "amount": 10_000, "currency": "USD"},
    ]
    assert "next" not in shown


def test_the_answer_names_the_days_that_the_list_and_its_totals_cover(admin: ApiClient, ports: FakePorts) -> None:
    earned(ports, "acct_1", earned_on=TODAY - timedelta(days=365))
    earned(ports, "acct_2", earned_on=TODAY - timedelta(days=366))
    unasked = admin.get("/bonuses").json
    assert (unasked["earned_from"], unasked["earned_to"]) == ("2025-11-05", "2026-11-05")
    assert [item["account_id"] for item in unasked["items"]] == ["acct_1"]
    asked = admin.get("/bonuses?earned_from=2025-11-01&earned_to=2025-11-30").json
    assert (asked["earned_from"], asked["earned_to"]) == ("2025-11-01", "2025-11-30")
    assert len(asked["items"]) == 2


def test_the_ledger_comes_in_pages_and_only_of_the_days_asked_for(admin: ApiClient, ports: FakePorts) -> None:
    for day in range(1, 5):
        earned(ports, f"acct_{day}", earned_on=date(2026, 11, day))
    first = admin.get("/bonuses?earned_from=2026-11-01&earned_to=2026-11-03&limit=2").json
    assert [item["account_id"] for item in first["items"]] == ["acct_3", "acct_2"]
    assert first["months"][0]["bonuses"] == 3
    last = admin.get(f"/bonuses?earned_from=2026-11-01&earned_to=2026-11-03&limit=2&cursor={first['next']}").json
    assert [item["account_id"] for item in last["items"]] == ["acct_1"]
    assert "months" not in last
    assert "next" not in last


def test_an_empty_ledger_is_empty_and_another_partners_bonus_is_not_in_it(admin: ApiClient, ports: FakePorts) -> None:
    ports.book.put(a_bonus(partner_id=OTHER))
    shown = admin.get("/bonuses").json
    assert (shown["items"], shown["months"]) == ([], [])


def test_the_first_read_of_the_day_settles_the_partner(admin: ApiClient, ports: FakePorts) -> None:
    ports.book.put(
        an_account(partner_id=ACME, initial_upgrade_on=DAY_95), a_trial(partner_id=ACME, trial_ends_on=TODAY)
    )
    shown = admin.get("/summary").json
    assert (shown["by_status"]["T"]["total"], shown["by_status"]["E"]["total"]) == (0, 1)
    assert shown["settled_on"] == TODAY.isoformat()
    assert len(ports.book.all(Bonus)) == 1
    ports.book.assert_counted()


def test_reading_one_account_settles_it_alone(admin: ApiClient, ports: FakePorts) -> None:
    read, left = (a_trial(partner_id=ACME, trial_ends_on=TODAY) for _ in range(2))
    ports.book.put(read, left)
    assert admin.get(f"/accounts/{read.account_id}").json["status"] == "E"
    stored = {item.account_id: item.status for item in ports.book.all(Account)}
    assert stored == {read.account_id: Status.EXPIRED_TRIAL, left.account_id: Status.TRIAL}
    (entry,) = ports.book.all(AuditEntry)
    assert (entry.kind, entry.subject) == ("account.settled", "system")


def test_operators_follow_the_nights_and_a_night_that_never_began_is_missing(
    operator: ApiClient, ports: FakePorts
) -> None:
    ports.book.put(an_account(partner_id=ACME, initial_upgrade_on=DAY_95))
    begin(ports)
    settle_partner(ports, ACME, TODAY)
    (night,) = operator.get("/nightly-runs").json["items"]
    assert (night["date"], night["partners"], night["done"]) == (TODAY.isoformat(), 2, 1)
    assert (night["settled"], night["bonuses"], night["failures"]) == (1, 1, 0)
    assert night["finished_at"] is None
    assert operator.get("/nightly-runs?until=2026-11-04").json["items"] == []

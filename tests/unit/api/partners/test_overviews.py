"""The overview of all partners: by name, page by page, for the platform's staff alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import Cancellation, Status
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.nightly_runs import PartnerSettlement
from chalicelib.domain.report_runs import transitions
from chalicelib.domain.report_runs.report_runs import ReportRequest
from chalicelib.services.partners import overview
from tests.factories import a_bonus, a_departure, an_account
from tests.unit.api.conftest import ACME, OTHER

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts

OCTOBER = date(2026, 10, 20)


@pytest.fixture
def operator(caller: Callable[[str], ApiClient]) -> ApiClient:
    return caller("operator")


def a_book(ports: FakePorts) -> None:
    """Two accounts, one of which has left; bonuses in two currencies; a night with a failure; a failed report."""
    left = Cancellation(ports.today, CancelReason.POOR_RESULTS)
    for account in (
        an_account(partner_id=ACME, created_on=OCTOBER),
        an_account(partner_id=ACME, created_on=date(2026, 1, 1), status=Status.CANCELLED, cancellation=left),
    ):
        ports.book.put(account)
    ports.book.put(a_departure(partner_id=ACME, effective_on=ports.today))
    ports.book.put(a_bonus(partner_id=ACME, money=Money(10_000, "USD")))
    ports.book.put(a_bonus(partner_id=ACME, money=Money(9_000, "EUR")))
    ports.book.put(a_bonus(partner_id=ACME, paid_on=ports.today))
    night = PartnerSettlement(date=ports.today - timedelta(days=1), partner_id=ACME, settled=4, bonuses=2, failures=1)
    ports.book.put(night)
    run = transitions.requested(
        Actor("ann", Role.PARTNER_ADMIN, ACME), ReportRequest(report="portfolio", formats=("csv",)), ports.now
    )
    ports.book.put(transitions.failed(run, ports.now, "No."))


def test_a_partner_s_figures_are_those_of_its_own_book(operator: ApiClient, ports: FakePorts) -> None:
    a_book(ports)
    acme, other = operator.get("/partner-overviews").json["items"]
    assert acme["accounts"] == {"O": 1, "T": 0, "E": 0, "C": 1, "total": 2}
    assert acme["this_month"] == {"created": 0, "departed": 1, "net": -1, "churn": 0.5, "at_least": False}
    assert acme["last_month"] == {"created": 1, "departed": 0, "net": 1, "churn": 0.0, "at_least": False}
    assert acme["unpaid_bonuses"] == [
        {"currency": "EUR", "amount": 9_000, "bonuses": 1},
        {"currency": "USD", "amount": 10_000, "bonuses": 1},
    ]
    assert acme["last_night"] == {"date": "2026-11-04", "settled": 4, "bonuses": 2, "failures": 1, "done_at": None}
    assert acme["failures"]["report_runs"] == {"count": 1, "more": False}
    assert acme["failures"]["imports"] == acme["failures"]["deliveries"] == {"count": 0, "more": False}
    assert (other["accounts"]["total"], other["unpaid_bonuses"], other["last_night"]) == (0, [], None)


def test_today_s_night_counts_once_it_has_begun(operator: ApiClient, ports: FakePorts) -> None:
    a_book(ports)
    ports.book.put(PartnerSettlement(date=ports.today, partner_id=ACME, done_at=ports.now))
    night = operator.get("/partner-overviews").json["items"][0]["last_night"]
    assert (night["date"], night["done_at"]) == ("2026-11-05", "2026-11-05T12:00:00.000Z")


def test_partners_come_by_name_page_by_page(operator: ApiClient, ports: FakePorts) -> None:
    ports.book.put(replace(ports.partners.get(OTHER), name="aardvark"))
    first = operator.get("/partner-overviews?limit=1").json
    assert [item["partner_id"] for item in first["items"]] == [OTHER]
    second = operator.get(f"/partner-overviews?limit=1&cursor={first['next']}").json
    assert [item["partner_id"] for item in second["items"]] == [ACME]
    assert "next" not in second
    assert operator.get("/partner-overviews?limit=51").status == 422


def test_more_than_is_counted_is_said_to_be_more(
    operator: ApiClient, ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_book(ports)
    monkeypatch.setattr(overview, "MAX_BONUSES", 1)
    monkeypatch.setattr(overview, "MAX_FAILURES", 0)
    monkeypatch.setattr(overview, "MAX_DAYS", 0)
    acme = operator.get("/partner-overviews").json["items"][0]
    assert (acme["unpaid_at_least"], sum(item["bonuses"] for item in acme["unpaid_bonuses"])) == (True, 1)
    assert acme["failures"]["report_runs"] == {"count": 0, "more": True}
    assert (acme["this_month"]["at_least"], acme["this_month"]["churn"]) == (True, None)


def test_the_overview_is_the_platform_s_staff_s_alone(caller: Callable[[str], ApiClient]) -> None:
    for subject in ("admin", "manager", "viewer", "stranger", "platform"):
        assert caller(subject).get("/partner-overviews").status == 403, subject

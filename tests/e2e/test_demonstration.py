"""`make run` two years on: a first start moves the sample to that day, and every page has something to show."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from infra.local.demonstration.portfolio import SOURCE_DAY
from infra.local.ports import free_port
from infra.local.settings import StackConfig
from tests.e2e.stack import running

if TYPE_CHECKING:
    from pathlib import Path

    from infra.local.api import Api

pytestmark = [pytest.mark.stack, pytest.mark.long]

TWO_YEARS_ON = SOURCE_DAY + timedelta(2 * 365)
LONGEST_START = 90
"""Seconds on two cores that do nothing else."""


def test_a_first_start_two_years_on_has_living_numbers_on_every_page(tmp_path: Path) -> None:
    place = StackConfig(free_port(), tmp_path, TWO_YEARS_ON.isoformat())
    began = time.monotonic()
    with running(place) as stack:
        print(f"\nfirst start: {time.monotonic() - began:.0f} s (at most {LONGEST_START})")
        admin, operator = stack.http("partner_admin"), stack.http("operator")
        summary = admin.get("/summary").json()
        assert all(row["total"] > 0 for row in summary["by_status"].values())
        months = admin.get("/bonuses").json()["months"]
        assert len(months) >= 12
        assert months[0]["month"] == f"{TWO_YEARS_ON:%Y-%m}"
        assert tracking(found(admin, "/accounts?nab_status=tracking&limit=50", 1))
        assert {item["reason"] for item in admin.get("/departures").json()["items"]} >= {"doing_it_in_house"}
        for page, least in (
            ("/accounts?hold=balance_due", 9),
            ("/accounts?hold=compliance", 2),
            ("/accounts?list_size_max=0", 50),
            ("/service-requests", 8),
            ("/report-schedules", 2),
            ("/reports", 5),
            ("/deliveries", 1),
            ("/imports", 1),
            ("/audit", 50),
        ):
            assert len(found(admin, page, least)) >= least, page
        invite = admin.get("/invite").json()
        assert (invite["visits"], invite["sign_ups"]) == (40, 4)
        assert {partner["name"] for partner in operator.get("/partners").json()["items"]} >= {"Maple & Main Marketing"}
        assert operator.get("/nightly-runs").json()
        waiting = {item["status"] for item in found(operator, "/sms-registrations", 3)}
        assert waiting == {"submitted", "in_review"}


def found(api: Api, path: str, least: int) -> list[dict[str, Any]]:
    """At least so many of a list, if there are: a page of a filtered list may be short, with more behind it."""
    items: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None and len(items) < least:
        more = f"{'&' if '?' in path else '?'}cursor={cursor}" if cursor else ""
        answer = api.get(path + more)
        assert answer.status == 200, answer.content
        page = answer.json()
        items += page["items"]
        cursor = page.get("next")
    return items


def tracking(accounts: list[dict[str, Any]]) -> list[date]:
    """The days on which accounts that are on their way to a bonus paid first: within the last 95."""
    days = [date.fromisoformat(account["initial_upgrade_on"]) for account in accounts]
    assert all(timedelta(0) <= TWO_YEARS_ON - day < timedelta(95) for day in days)
    return days

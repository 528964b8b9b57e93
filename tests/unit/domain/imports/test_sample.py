"""The sample portfolio: every row is right, and what becomes of each follows from the file alone."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from chalicelib.domain.imports.accounts_from_rows import ImportedAccount, account_of_row
from chalicelib.domain.imports.columns import ImportKind
from chalicelib.domain.imports.file import rows_after, validate_file
from chalicelib.domain.imports.imports import Offset
from chalicelib.domain.imports.portfolio_row import PortfolioRow
from chalicelib.domain.partners.partners import Partner

SAMPLE = Path(__file__).parents[4] / "sample" / "portfolio.csv"
TODAY = date(2026, 11, 1)
PARTNER = Partner(partner_id="part_1", name="Bright", created_at=datetime(2025, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def table() -> list[dict[str, str]]:
    with SAMPLE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def imported() -> list[ImportedAccount]:
    found = list(rows_after(Offset(), ImportKind.PORTFOLIO, [SAMPLE.read_bytes()], TODAY))
    assert [row.problems for row in found if row.problems] == []
    return [
        account_of_row(row.read, PARTNER, f"acct_{row.line}", TODAY)
        for row in found
        if isinstance(row.read, PortfolioRow)
    ]


def test_no_row_of_the_sample_is_rejected(imported: list[ImportedAccount]) -> None:
    assert len(imported) == validate_file(ImportKind.PORTFOLIO, [SAMPLE.read_bytes()])[0] == 7_043


def test_the_sample_counts_as_its_description_says(imported: list[ImportedAccount]) -> None:
    standings = Counter(f"{item.account.status}{item.account.account_type}" for item in imported)
    assert standings == {
        "Omanaged": 2706, "Oreferred": 2318, "Tmanaged": 9, "Treferred": 2,
        "Emanaged": 18, "Ereferred": 121, "Cmanaged": 669, "Creferred": 1200,
    }  # fmt: skip


def test_the_adjusted_rows_are_those_with_something_that_their_state_forbids(
    imported: list[ImportedAccount], table: list[dict[str, str]]
) -> None:
    forbidden = [
        row["username"] for row in table if row["status"] != "O" and (row["add_ons"] or row["billing_mode"] != "direct")
    ]
    assert [item.account.username for item in imported if item.adjusted] == forbidden
    assert len(forbidden) == 1_212


def test_bonuses_follow_from_first_payment_and_cancellation(
    imported: list[ImportedAccount], table: list[dict[str, str]]
) -> None:
    expected: Counter[str] = Counter()
    for row in table:
        if not row["initial_upgrade_on"]:
            expected["not_started"] += 1
            continue
        day_95 = date.fromisoformat(row["initial_upgrade_on"]) + timedelta(days=95)
        left = date.fromisoformat(row["cancelled_on"]) if row["cancelled_on"] else None
        if left is not None and left < day_95:
            expected["disqualified"] += 1
        else:
            expected["earned" if day_95 <= TODAY else "tracking"] += 1
    assert Counter(item.account.bonus_status.value for item in imported) == expected
    assert sum(item.bonus is not None for item in imported) == expected["earned"]


def test_every_cancelled_account_has_its_departure(
    imported: list[ImportedAccount], table: list[dict[str, str]]
) -> None:
    departures = {item.departure.username: str(item.departure.effective_on) for item in imported if item.departure}
    assert departures == {row["username"]: row["cancelled_on"] for row in table if row["status"] == "C"}

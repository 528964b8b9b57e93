"""The demonstration's portfolio: living names and dates, and otherwise what the source has."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date, timedelta

import pytest

from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.imports.columns import ImportKind
from chalicelib.domain.imports.file import rows_after, validate_file
from chalicelib.domain.imports.imports import Offset
from infra.local.demonstration.portfolio import SOURCE_DAY, as_csv, living, smaller_book, source

SOURCE = source()
LIVING = living(SOURCE, SOURCE_DAY)
TWO_YEARS_ON = SOURCE_DAY + timedelta(2 * 365)
KEPT = ("username", "partner_account_id", "account_type", "billing_mode", "plan", "status", "add_ons", "login_count")


@pytest.mark.parametrize("today", [SOURCE_DAY, TWO_YEARS_ON])
def test_the_import_takes_every_row(today: date) -> None:
    content = as_csv(living(SOURCE, today))
    assert validate_file(ImportKind.PORTFOLIO, [content])[0] == len(SOURCE)
    outcomes = list(rows_after(Offset(), ImportKind.PORTFOLIO, [content], today))
    assert [outcome for outcome in outcomes if outcome.problems] == []


def test_what_the_source_has_of_plans_statuses_and_tenure_stays() -> None:
    for before, after in zip(SOURCE, living(SOURCE, TWO_YEARS_ON), strict=True):
        assert [before[name] for name in KEPT] == [after[name] for name in KEPT]
        if before["cancelled_on"]:
            assert days(before, "created_on", "cancelled_on") == days(after, "created_on", "cancelled_on")


def days(row: dict[str, str], first: str, last: str) -> int:
    return (date.fromisoformat(row[last]) - date.fromisoformat(row[first])).days


def test_dates_move_by_whole_weeks_to_the_day_of_the_first_start() -> None:
    for before, after in zip(SOURCE, living(SOURCE, TWO_YEARS_ON), strict=True):
        moved = days({"from": before["created_on"], "to": after["created_on"]}, "from", "to")
        assert moved % 7 == 0
        assert before["cancelled_on"] or moved == 728
    assert living(SOURCE, SOURCE_DAY + timedelta(6)) == LIVING


def test_departures_lie_in_eighteen_months_and_have_every_reason() -> None:
    gone = [row for row in LIVING if row["cancelled_on"]]
    assert {row["cancel_reason"] for row in gone} == set(CancelReason)
    assert len({row["cancelled_on"][:7] for row in gone}) >= 18
    assert Counter(row["cancel_reason"] for row in gone).most_common(1)[0][0] == "cost_too_high"


def test_names_are_the_same_every_time_and_of_several_scripts() -> None:
    assert living(SOURCE, SOURCE_DAY) == LIVING
    names = "".join(row["organization"] for row in LIVING)
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in names if letter.isalpha()}
    assert scripts >= {"LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "CJK", "HIRAGANA", "HANGUL", "DEVANAGARI"}
    assert len({row["owner_email"] for row in LIVING}) == len(LIVING)
    assert all(row["owner_email"].endswith(".example") for row in LIVING)
    assert not any(row["organization"].startswith("Client ") for row in LIVING)


def test_another_partner_s_book_has_accounts_of_its_own() -> None:
    book = smaller_book(LIVING, 400, "qs")
    assert len(book) == len({row["username"] for row in book}) == 400
    assert not {row["username"] for row in book} & {row["username"] for row in LIVING}
    assert {row["status"] for row in book} == set("OTEC")

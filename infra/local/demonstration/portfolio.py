"""The sample portfolio as the demonstration shows it: dates that move with the day of the first start, living names,
departures over eighteen months with all reasons; and smaller books for other partners."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from infra.local.demonstration.names import named
from infra.package import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCE = ROOT / "sample/portfolio.csv"
SOURCE_DAY = date(2026, 11, 5)
"""The day that the source's dates are of: nothing in it happened later."""
WEEK = 7
WEEKS_OF_DEPARTURES = 78
RARE_REASONS = (
    "something_missing_or_not_working",
    "doing_it_in_house",
    "too_difficult_to_use",
    "cancelled_online_by_customer",
    "dissatisfied_with_billing_policies",
)
"""Reasons that the source never gives; one departure in six has one of them here."""

Row = dict[str, str]


def source() -> list[Row]:
    """Return the rows as they are in the source."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def living(rows: Iterable[Row], today: date) -> list[Row]:
    """Return the rows as they are shown on a first start on this day; the same day gives the same."""
    later = max(0, (today - SOURCE_DAY).days // WEEK * WEEK)
    return [_living(row, later) for row in rows]


def _living(row: Row, later: int) -> Row:
    draw = random.Random(f"life of {row['username']}")
    who = named(row["username"])
    names = {
        "organization": who.organization,
        "owner_first_name": who.first_name,
        "owner_last_name": who.last_name,
        "owner_email": who.email,
    }
    return {**row, **names, **_departed(row, draw), **_listless(row, draw), **_moved(row, later - _back(row, draw))}


def _back(row: Row, draw: random.Random) -> int:
    """Return by how many days a departed account's whole life lies earlier: most left lately, and each stayed as long
    as in the source."""
    return WEEK * int(WEEKS_OF_DEPARTURES * draw.random() ** 1.4) if row["cancelled_on"] else 0


def _moved(row: Row, days: int) -> Row:
    return {
        name: (date.fromisoformat(value) + timedelta(days)).isoformat()
        for name, value in row.items()
        if name.endswith("_on") and value
    }


def _departed(row: Row, draw: random.Random) -> Row:
    rare = row["cancel_reason"] and draw.randrange(6) == 0
    return {"cancel_reason": draw.choice(RARE_REASONS)} if rare else {}


def _listless(row: Row, draw: random.Random) -> Row:
    """Some who never sent anything have no list either."""
    return {"list_size": "0"} if row["campaigns_sent"] == "0" and draw.randrange(12) == 0 else {}


def smaller_book(rows: list[Row], number: int, prefix: str) -> list[Row]:
    """Return a book of so many accounts like these for another partner, one in twenty on trial: usernames are unique in
    the program."""
    trials = [row for row in rows if row["status"] == "T"][: number // 20 + 1]
    step = len(rows) // number
    others = [row for row in rows[step // 2 :: step] if row["status"] != "T"]
    return [_other(row, prefix) for row in [*trials, *others][:number]]


def _other(row: Row, prefix: str) -> Row:
    username = f"{prefix}-{row['username']}"
    who = named(username)
    return {
        **row,
        "username": username,
        "organization": who.organization,
        "owner_first_name": who.first_name,
        "owner_last_name": who.last_name,
        "owner_email": who.email,
    }


def as_csv(rows: list[Row]) -> bytes:
    """Return the rows as a file that the import takes."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()

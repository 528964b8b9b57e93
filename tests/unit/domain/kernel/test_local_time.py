"""Instants in the partner's zone, and that each says which zone that is."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest

from chalicelib.domain.kernel.files import attachment
from chalicelib.domain.kernel.local_time import instant_for_file_name, instant_in, local_day_text, short_instant_in

AT = datetime(2026, 11, 5, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("time_zone", "text"),
    [
        ("UTC", "5 November 2026, 18:00 UTC"),
        ("America/New_York", "5 November 2026, 13:00 EST"),
        ("Pacific/Auckland", "6 November 2026, 07:00 NZDT"),
        ("America/Sao_Paulo", "5 November 2026, 15:00 UTC-03:00"),
        ("Asia/Kathmandu", "5 November 2026, 23:45 UTC+05:45"),
    ],
)
def test_an_instant_is_told_with_its_zone(time_zone: str, text: str) -> None:
    assert instant_in(AT, time_zone) == text
    day, _, zone = text.partition(",")
    assert local_day_text(AT, time_zone) == f"{day} {zone[7:]}"


def test_a_list_of_instants_names_the_zone_of_each() -> None:
    assert short_instant_in(AT, "Pacific/Auckland") == "2026-11-06 07:00 NZDT"


def test_every_zone_gives_a_file_name_that_stays_as_it_is() -> None:
    names = {zone: f"{instant_for_file_name(AT, zone)}.csv" for zone in available_timezones()}
    assert names["Etc/GMT+5"] != names["Etc/GMT-5"]
    assert [name for name in names.values() if f'filename="{name}"' not in attachment(name)] == []

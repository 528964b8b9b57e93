"""Nightly runs on DynamoDB: one partition a night, with the run itself and every partner's night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.nights import NightlyRun, PartnerNight
from chalicelib.storage.codec import flat
from chalicelib.storage.selection import Selection
from chalicelib.storage.tables.nights import NightlyRuns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chalicelib.storage.reader import Reader

THE_RUN = "-"
"""The sort key of the run itself; it comes before every partner's id."""

NIGHTLY_RUN = flat(NightlyRun, NightlyRuns, derive=lambda _: {"partner_id": THE_RUN})
PARTNER_NIGHT = flat(PartnerNight, NightlyRuns)


class DynamoNights:
    """A NightStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def run(self, day: date) -> NightlyRun | None:
        """That night's run."""
        return self._reader.get(NIGHTLY_RUN, day, THE_RUN)

    def partner(self, day: date, partner_id: str) -> PartnerNight | None:
        """The partner's night."""
        return self._reader.get(PARTNER_NIGHT, day, partner_id)

    def partners(self, day: date) -> Iterator[PartnerNight]:
        """Every partner's night of that day, as far as begun."""
        after = Selection(table=NightlyRuns, partition=day, consistent=True).after(THE_RUN)
        return self._reader.all(PARTNER_NIGHT, after)

"""Nightly runs on DynamoDB: one partition a night, with the run itself and every partner's night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.nightly_runs import NightlyRun, PartnerSettlement
from chalicelib.storage.dynamo.attributes import DateAttribute, InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import KeyQuery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chalicelib.storage.dynamo.reader import Reader


class NightlyRuns(Model):
    """Each night's run, and what it did for each partner."""

    class Meta:
        table_name = "nightly-runs"

    date = DateAttribute(hash_key=True)
    partner_id = UnicodeAttribute(range_key=True)
    started_at = InstantAttribute(null=True)
    partners = NumberAttribute(null=True)
    finished_at = InstantAttribute(null=True)
    settled = NumberAttribute(null=True)
    bonuses = NumberAttribute(null=True)
    failures = NumberAttribute(null=True)
    done_at = InstantAttribute(null=True)


THE_RUN = "-"
"""The sort key of the run itself; it comes before every partner's id."""

NIGHTLY_RUN = dataclass_mapper(NightlyRun, NightlyRuns, derive=lambda _: {"partner_id": THE_RUN})
PARTNER_SETTLEMENT = dataclass_mapper(PartnerSettlement, NightlyRuns)


class DynamoNightlyRuns:
    """A NightlyRunStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def run(self, day: date) -> NightlyRun | None:
        """That night's run."""
        return self._reader.get(NIGHTLY_RUN, day, THE_RUN)

    def partner(self, day: date, partner_id: str) -> PartnerSettlement | None:
        """Return the partner's night."""
        return self._reader.get(PARTNER_SETTLEMENT, day, partner_id)

    def partners(self, day: date) -> Iterator[PartnerSettlement]:
        """Yield every partner's night of that day, as far as begun."""
        after = KeyQuery(table=NightlyRuns, partition=day, consistent=True).after(THE_RUN)
        return self._reader.all(PARTNER_SETTLEMENT, after)

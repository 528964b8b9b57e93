"""Departures on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.accounts.accounts import AccountType
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.accounts.departures import Consent, Departure, Event
from chalicelib.domain.accounts.plans import Plan
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, DateAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import HIGHEST, KeyQuery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chalicelib.storage.dynamo.reader import Reader


class DeparturesByAccount(GlobalSecondaryIndex["Departures"]):
    """An account's departures, from whichever partner."""

    class Meta:
        index_name = "by_account"
        projection = AllProjection()

    account_id = UnicodeAttribute(hash_key=True)
    departure = UnicodeAttribute(range_key=True)


class Departures(Model):
    """Accounts that left a partner; the range key is `effective_on#account_id#event`."""

    class Meta:
        table_name = "departures"

    by_account: ClassVar = DeparturesByAccount()

    partner_id = UnicodeAttribute(hash_key=True)
    departure = UnicodeAttribute(range_key=True)
    account_id = UnicodeAttribute()
    event = ChoiceAttribute(Event)
    effective_on = DateAttribute()
    username = UnicodeAttribute()
    organization = UnicodeAttribute()
    account_type = ChoiceAttribute(AccountType)
    plan = ChoiceAttribute(Plan)
    reason = ChoiceAttribute(CancelReason, null=True)
    client_since = DateAttribute()
    consent = UnicodeAttribute(null=True)


def _key(departure: Departure) -> dict[str, str]:
    return {"departure": f"{departure.effective_on.isoformat()}#{departure.account_id}#{departure.event}"}


DEPARTURE = dataclass_mapper(Departure, Departures, derive=_key, json={"consent": Consent})


def _window(partner_id: str, first: date, last: date) -> KeyQuery:
    return KeyQuery(
        table=Departures,
        partition=partner_id,
        lower=first.isoformat(),
        upper=f"{last.isoformat()}#{HIGHEST}",
        consistent=True,
    )


class DynamoDepartures:
    """A DepartureStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def same(self, departure: Departure) -> Departure | None:
        """Return the one kept under the same partner, account, event and day, read strongly consistent."""
        return self._reader.get(DEPARTURE, departure.partner_id, _key(departure)["departure"])

    def between(self, partner_id: str, first: date, last: date) -> Iterator[Departure]:
        """Departures effective on these days, both included, oldest first."""
        return self._reader.stream.all(DEPARTURE, _window(partner_id, first, last))

    def days(self, partner_id: str, first: date, last: date, limit: int) -> list[date]:
        """Return the effective day of each departure on these days, both included, at most so many."""
        rows: Any = self._reader.rows(_window(partner_id, first, last), limit)
        return [row.effective_on for row in rows]

    def of_account(self, account_id: str) -> list[Departure]:
        """Return every departure of this account, from whichever partner, oldest first."""
        return list(self._reader.all(DEPARTURE, KeyQuery(table=Departures, partition=account_id, index="by_account")))

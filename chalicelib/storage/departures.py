"""Departures on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.departures import Consent, Departure
from chalicelib.storage.codec import flat
from chalicelib.storage.selection import HIGHEST, Selection
from chalicelib.storage.tables.departures import Departures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chalicelib.storage.reader import Reader


def _key(departure: Departure) -> dict[str, str]:
    return {"departure": f"{departure.effective_on.isoformat()}#{departure.account_id}#{departure.event}"}


DEPARTURE = flat(Departure, Departures, derive=_key, json={"consent": Consent})


class DynamoDepartures:
    """A DepartureStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def same(self, departure: Departure) -> Departure | None:
        """The one kept under the same partner, account, event and day, read strongly consistent."""
        return self._reader.get(DEPARTURE, departure.partner_id, _key(departure)["departure"])

    def between(self, partner_id: str, first: date, last: date) -> Iterator[Departure]:
        """Departures effective on these days, both included, oldest first."""
        window = Selection(
            table=Departures,
            partition=partner_id,
            first=first.isoformat(),
            last=f"{last.isoformat()}#{HIGHEST}",
            consistent=True,
        )
        return self._reader.all(DEPARTURE, window)

    def of_account(self, account_id: str) -> list[Departure]:
        """Every departure of this account, from whichever partner, oldest first."""
        return list(self._reader.all(DEPARTURE, Selection(table=Departures, partition=account_id, index="by_account")))

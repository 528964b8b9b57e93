"""Erasures on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalicelib.domain.erasures import Erasure, ErasureState
from chalicelib.storage.codec import flat
from chalicelib.storage.selection import Selection
from chalicelib.storage.tables.attributes import sortable_instant
from chalicelib.storage.tables.erasures import Erasures

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.storage.reader import Reader

RUNNING = "running"


def _open(erasure: Erasure) -> dict[str, Any]:
    running = erasure.state is ErasureState.RUNNING
    return {
        "open_bucket": RUNNING if running else None,
        "since": sortable_instant(erasure.last_heartbeat_at) if running else None,
    }


ERASURE = flat(Erasure, Erasures, derive=_open)


class DynamoErasures:
    """An ErasureStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, account_id: str) -> Erasure | None:
        """The account's erasure with this partner, read strongly consistent."""
        return self._reader.get(ERASURE, partner_id, account_id)

    def of_partner(self, partner_id: str) -> list[Erasure]:
        """Every erasure with this partner, read strongly consistent."""
        return list(self._reader.all(ERASURE, Selection(table=Erasures, partition=partner_id, consistent=True)))

    def of_account(self, account_id: str) -> list[Erasure]:
        """The account's erasures with all the partners it has been with."""
        return list(self._reader.all(ERASURE, Selection(table=Erasures, partition=account_id, index="by_account")))

    def running(self, until: datetime, limit: int) -> list[Erasure]:
        """Those that run and were last heard of by then, the longest first."""
        running = Selection(table=Erasures, partition=RUNNING, index="by_open", last=sortable_instant(until))
        return self._reader.first(ERASURE, running, limit)

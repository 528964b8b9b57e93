"""Deliveries on DynamoDB."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.domain.deliveries import OPEN, Delivery
from chalicelib.domain.errors import NotFound
from chalicelib.storage.codec import flat
from chalicelib.storage.selection import Selection
from chalicelib.storage.tables.attributes import sortable_instant
from chalicelib.storage.tables.deliveries import Deliveries

if TYPE_CHECKING:
    from datetime import datetime

    from pynamodb.expressions.condition import Condition

    from chalicelib.domain.deliveries import DeliveryQuery
    from chalicelib.domain.paging import Page
    from chalicelib.storage.reader import Reader

WAITING = "waiting"
KEPT = timedelta(days=400)
"""As long it can be seen what was mailed to whom; then the address goes with the delivery."""
ASKED_FOR = ("state", "kind", "report_run_id")


def _open(delivery: Delivery) -> dict[str, Any]:
    waiting = delivery.state in OPEN
    return {
        "open_bucket": WAITING if waiting else None,
        "since": sortable_instant(delivery.heard_at) if waiting else None,
        "ttl": int((delivery.queued_at + KEPT).timestamp()),
    }


DELIVERY = flat(Delivery, Deliveries, derive=_open)


class DynamoDeliveries:
    """A DeliveryStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, delivery_id: str) -> Delivery:
        """The delivery, read strongly consistent; `NotFound` also for another partner's."""
        delivery = self._reader.get(DELIVERY, partner_id, delivery_id)
        if delivery is None:
            raise NotFound("There is no such delivery.")
        return delivery

    def page(self, partner_id: str, query: DeliveryQuery, after: str | None, limit: int) -> Page[Delivery]:
        """The latest first."""
        its = Selection(table=Deliveries, partition=partner_id, only=_asked_for(query), backwards=True)
        return self._reader.page(DELIVERY, its.after(after), limit)

    def quiet(self, until: datetime, limit: int) -> list[Delivery]:
        """Deliveries queued or being sent that nothing has happened to since then, the longest first."""
        waiting = Selection(table=Deliveries, partition=WAITING, index="by_open", last=sortable_instant(until))
        return self._reader.first(DELIVERY, waiting, limit)

    def by_message(self, message_id: str) -> Delivery | None:
        """The delivery that the mail service knows by this id."""
        its = Selection(table=Deliveries, partition=message_id, index="by_message")
        return next(iter(self._reader.first(DELIVERY, its, 1)), None)


def _asked_for(query: DeliveryQuery) -> Condition | None:
    only: Condition | None = None
    for name in ASKED_FOR:
        wanted = getattr(query, name)
        if wanted is not None:
            same = Deliveries.get_attributes()[name] == wanted
            only = same if only is None else only & same
    return only

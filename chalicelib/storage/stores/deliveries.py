"""Deliveries on DynamoDB."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.mail.deliveries import FAILED, OPEN, Delivery, DeliveryKind, DeliveryStatus
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, InstantAttribute, sortable_instant
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import KeyQuery
from chalicelib.storage.stores.failures import failed_of

if TYPE_CHECKING:
    from datetime import datetime

    from pynamodb.expressions.condition import Condition

    from chalicelib.domain.kernel.paging import BoundedCount, Page
    from chalicelib.domain.mail.deliveries import DeliveryQuery
    from chalicelib.storage.dynamo.reader import Reader


class DeliveriesByOpen(GlobalSecondaryIndex["Deliveries"]):
    """Those that are not done, the longest waiting first, and by partner those that failed; sparse."""

    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_bucket = UnicodeAttribute(hash_key=True)
    since = UnicodeAttribute(range_key=True)


class DeliveriesByMessage(GlobalSecondaryIndex["Deliveries"]):
    """The mail a bounce tells of."""

    class Meta:
        index_name = "by_message"
        projection = AllProjection()

    message_id = UnicodeAttribute(hash_key=True)


class Deliveries(Model):
    """E-mails."""

    class Meta:
        table_name = "deliveries"

    by_open: ClassVar = DeliveriesByOpen()
    by_message: ClassVar = DeliveriesByMessage()

    partner_id = UnicodeAttribute(hash_key=True)
    delivery_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    kind = ChoiceAttribute(DeliveryKind)
    address = UnicodeAttribute(null=True)
    account_id = UnicodeAttribute(null=True)
    report_run_id = UnicodeAttribute(null=True)
    invitation_id = UnicodeAttribute(null=True)
    requested_by = UnicodeAttribute(null=True)
    recurring = BooleanAttribute()
    status = ChoiceAttribute(DeliveryStatus)
    queued_at = InstantAttribute()
    last_heartbeat_at = InstantAttribute()
    attempts = NumberAttribute()
    worker = UnicodeAttribute(null=True)
    sent_at = InstantAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    open_bucket = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)
    ttl = NumberAttribute(null=True)


WAITING = "waiting"
KEPT = timedelta(days=400)
"""As long it can be seen what was mailed to whom; then the address goes with the delivery."""
ASKED_FOR = ("status", "kind", "report_run_id")


def _bucket(delivery: Delivery) -> str | None:
    if delivery.status in FAILED:
        return failed_of(delivery.partner_id)
    return WAITING if delivery.status in OPEN else None


def _open(delivery: Delivery) -> dict[str, Any]:
    bucket = _bucket(delivery)
    return {
        "open_bucket": bucket,
        "since": sortable_instant(delivery.last_heartbeat_at) if bucket else None,
        "ttl": int((delivery.queued_at + KEPT).timestamp()),
    }


DELIVERY = dataclass_mapper(Delivery, Deliveries, derive=_open)


class DynamoDeliveries:
    """A DeliveryStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, delivery_id: str) -> Delivery:
        """Return the delivery, read strongly consistent; `NotFound` also for another partner's."""
        delivery = self._reader.get(DELIVERY, partner_id, delivery_id)
        if delivery is None:
            raise NotFound("There is no such delivery.")
        return delivery

    def page(self, partner_id: str, query: DeliveryQuery, after: str | None, limit: int) -> Page[Delivery]:
        """Return the latest first."""
        key_query = KeyQuery(table=Deliveries, partition=partner_id, filter=_asked_for(query), descending=True)
        return self._reader.page(DELIVERY, key_query.after(after), limit)

    def stale(self, until: datetime, limit: int) -> list[Delivery]:
        """Deliveries queued or being sent that nothing has happened to since then, the longest first."""
        waiting = KeyQuery(table=Deliveries, partition=WAITING, index="by_open", upper=sortable_instant(until))
        return self._reader.first(DELIVERY, waiting, limit)

    def count_failed(self, partner_id: str, since: datetime, limit: int) -> BoundedCount:
        """Count the partner's deliveries that have failed since then, up to the limit."""
        failed = KeyQuery(
            table=Deliveries, partition=failed_of(partner_id), index="by_open", lower=sortable_instant(since)
        )
        return self._reader.count(failed, limit)

    def by_message(self, message_id: str) -> Delivery | None:
        """Return the delivery that the mail service knows by this id."""
        key_query = KeyQuery(table=Deliveries, partition=message_id, index="by_message")
        return next(iter(self._reader.first(DELIVERY, key_query, 1)), None)


def _asked_for(query: DeliveryQuery) -> Condition | None:
    only: Condition | None = None
    for name in ASKED_FOR:
        wanted = getattr(query, name)
        if wanted is not None:
            same = Deliveries.get_attributes()[name] == wanted
            only = same if only is None else only & same
    return only

"""The table of e-mails."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.deliveries import DeliveryKind, DeliveryState
from chalicelib.storage.tables.attributes import ChoiceAttribute, InstantAttribute


class DeliveriesByOpen(GlobalSecondaryIndex["Deliveries"]):
    """Those that are not done, the longest waiting first; sparse."""

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
    state = ChoiceAttribute(DeliveryState)
    queued_at = InstantAttribute()
    heard_at = InstantAttribute()
    attempts = NumberAttribute()
    worker = UnicodeAttribute(null=True)
    sent_at = InstantAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    open_bucket = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)
    ttl = NumberAttribute(null=True)

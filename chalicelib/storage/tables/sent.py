"""The tables of what is sent out: e-mails, addresses that get none, links."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.storage.tables.attributes import InstantAttribute


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
    open_bucket = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)
    message_id = UnicodeAttribute(null=True)


class DownloadsByRun(GlobalSecondaryIndex["Downloads"]):
    """The links to a run's files."""

    class Meta:
        index_name = "by_run"
        projection = AllProjection()

    report_run_id = UnicodeAttribute(hash_key=True)
    token_hash = UnicodeAttribute(range_key=True)


class Downloads(Model):
    """Links to files, by the hash of their token."""

    class Meta:
        table_name = "downloads"

    by_run: ClassVar = DownloadsByRun()

    token_hash = UnicodeAttribute(hash_key=True)
    report_run_id = UnicodeAttribute(null=True)
    ttl = NumberAttribute()


class SignInLinks(Model):
    """One-time links into accounts; an account has one."""

    class Meta:
        table_name = "sign-in-links"

    account_id = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute()
    token_hash = UnicodeAttribute()
    subject = UnicodeAttribute()
    role = UnicodeAttribute()
    issued_at = InstantAttribute()
    expires_at = InstantAttribute()
    ttl = NumberAttribute()


class Suppressions(Model):
    """Addresses that get no mail any more."""

    class Meta:
        table_name = "suppressions"

    address = UnicodeAttribute(hash_key=True)

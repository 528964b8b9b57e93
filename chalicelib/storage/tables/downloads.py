"""The table of what tokens in e-mails open."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.storage.tables.attributes import InstantAttribute


class DownloadsByRun(GlobalSecondaryIndex["Downloads"]):
    """The links to a run's files."""

    class Meta:
        index_name = "by_run"
        projection = AllProjection()

    report_run_id = UnicodeAttribute(hash_key=True)
    token_hash = UnicodeAttribute(range_key=True)


class Downloads(Model):
    """What the tokens in mails open, by their hash: files, and ways out of recurring mail."""

    class Meta:
        table_name = "downloads"

    by_run: ClassVar = DownloadsByRun()

    token_hash = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute()
    report_run_id = UnicodeAttribute(null=True)
    format = UnicodeAttribute(null=True)
    recipient = UnicodeAttribute(null=True)
    subject = UnicodeAttribute(null=True)
    address = UnicodeAttribute(null=True)
    delivery_id = UnicodeAttribute(null=True)
    issued_at = InstantAttribute()
    expires_at = InstantAttribute(null=True)
    uses = NumberAttribute(null=True)
    ttl = NumberAttribute()

"""Links in mails on DynamoDB: only the hashes of their tokens are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.report_runs.downloads import Download
from chalicelib.storage.dynamo.attributes import InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.single_update import update_one

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


class DownloadsByRun(GlobalSecondaryIndex["Downloads"]):
    """The links to a run's files."""

    class Meta:
        index_name = "by_run"
        projection = AllProjection()

    report_run_id = UnicodeAttribute(hash_key=True)
    token_hash = UnicodeAttribute(range_key=True)


class Downloads(Model):
    """Links in mails by their token's hash: to files, and to unsubscribe from recurring mail."""

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


GRACE = timedelta(days=90)
"""Between a link's end and its being cleared away: as long it is told that it has expired."""

DOWNLOAD = dataclass_mapper(
    Download, Downloads, derive=lambda link: {"ttl": int((link.expires_at + GRACE).timestamp())}, write_once_id=True
)


class DynamoDownloads:
    """A DownloadStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, token_hash: str) -> Download | None:
        """Return the link, read strongly consistent, expired or not."""
        return self._reader.get(DOWNLOAD, token_hash)

    def used(self, download: Download) -> None:
        """Count one use."""
        item, one_more = Downloads(download.token_hash), [Downloads.uses.add(1)]
        update_one(self._reader.connection, item, one_more, Downloads.token_hash.exists())

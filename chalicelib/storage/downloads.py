"""Links in mails on DynamoDB: only the hashes of their tokens are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.downloads import Download
from chalicelib.storage.codec import flat
from chalicelib.storage.single_update import update_one
from chalicelib.storage.tables.downloads import Downloads

if TYPE_CHECKING:
    from chalicelib.storage.reader import Reader

GRACE = timedelta(days=90)
"""Between a link's end and its being cleared away: as long it is told that it has expired."""

DOWNLOAD = flat(
    Download, Downloads, derive=lambda link: {"ttl": int((link.expires_at + GRACE).timestamp())}, proof=True
)


class DynamoDownloads:
    """A DownloadStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, token_hash: str) -> Download | None:
        """The link, read strongly consistent, expired or not."""
        return self._reader.get(DOWNLOAD, token_hash)

    def used(self, download: Download) -> None:
        """Count one use."""
        item, one_more = Downloads(download.token_hash), [Downloads.uses.add(1)]
        update_one(self._reader.connection, item, one_more, Downloads.token_hash.exists())

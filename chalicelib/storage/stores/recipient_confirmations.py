"""Confirmation links on DynamoDB, in the table of mailed tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.mail.recipient_confirmations import ConfirmationLink
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.stores.downloads import Downloads

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader

GRACE = timedelta(days=30)
"""How long a link that has expired can still say so."""

CONFIRMATION_LINK = dataclass_mapper(
    ConfirmationLink,
    Downloads,
    derive=lambda link: {"ttl": int((link.expires_at + GRACE).timestamp())},
    write_once_id=True,
)


class DynamoConfirmationLinks:
    """A ConfirmationLinkStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, token_hash: str) -> ConfirmationLink | None:
        """Return what this token confirms."""
        return self._reader.get(CONFIRMATION_LINK, token_hash)

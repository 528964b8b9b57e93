"""Sign-in links on DynamoDB: an account has one, so that asking again replaces it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.sign_in_links import SignInLink
from chalicelib.storage.codec import flat
from chalicelib.storage.tables.sign_in_links import SignInLinks

if TYPE_CHECKING:
    from chalicelib.storage.reader import Reader

GRACE = timedelta(days=1)
"""Between a link's end and its being cleared away."""

SIGN_IN_LINK = flat(SignInLink, SignInLinks, derive=lambda link: {"ttl": int((link.expires_at + GRACE).timestamp())})


class DynamoSignInLinks:
    """A SignInLinkStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, account_id: str) -> SignInLink | None:
        """The account's link, read strongly consistent, expired or not."""
        return self._reader.get(SIGN_IN_LINK, account_id)

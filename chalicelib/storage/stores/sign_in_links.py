"""Sign-in links on DynamoDB: an account has one, so that asking again replaces it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.sign_in_links import SignInLink
from chalicelib.storage.dynamo.attributes import InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


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


GRACE = timedelta(days=1)
"""Between a link's end and its being cleared away."""

SIGN_IN_LINK = dataclass_mapper(
    SignInLink, SignInLinks, derive=lambda link: {"ttl": int((link.expires_at + GRACE).timestamp())}
)


class DynamoSignInLinks:
    """A SignInLinkStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, account_id: str) -> SignInLink | None:
        """Return the account's link, read strongly consistent, expired or not."""
        return self._reader.get(SIGN_IN_LINK, account_id)

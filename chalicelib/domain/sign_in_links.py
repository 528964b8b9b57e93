"""Log in to the account: a link that signs its bearer in to one managed account, once, within a minute."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel.clock import HasClock
from chalicelib.domain.kernel.errors import Gone
from chalicelib.domain.kernel.ids import hashed_token, new_token

if TYPE_CHECKING:
    from datetime import datetime

VALID_FOR = timedelta(seconds=60)
TOKEN = re.compile(r"[A-Za-z0-9_]{1,64}\.[A-Za-z0-9_-]{43}")
USED_UP = "This sign-in link has been used, replaced, or is older than 60 seconds. Ask for a new one."


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLink:
    """The account's one living link; asking again replaces it. The token itself is not kept."""

    account_id: str
    partner_id: str
    token_hash: str
    subject: str
    """Who asked for it, and who signs in."""
    role: str
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Issued:
    """A fresh link and its token, which is told once."""

    link: SignInLink
    token: str


def issue(partner_id: str, account_id: str, subject: str, role: str, at: datetime) -> Issued:
    """Return a new link for this account."""
    token = f"{account_id}.{new_token()}"
    link = SignInLink(
        account_id=account_id,
        partner_id=partner_id,
        token_hash=hashed_token(token),
        subject=subject,
        role=role,
        issued_at=at,
        expires_at=at + VALID_FOR,
    )
    return Issued(link, token)


def account_of(token: str) -> str:
    """Return the account a token says it is for; raises `Gone` for what was never a token."""
    if not TOKEN.fullmatch(token):
        raise Gone(USED_UP)
    return token.partition(".")[0]


def require_redeemable(link: SignInLink | None, token: str, at: datetime) -> SignInLink:
    """Return the link, if this token redeems it now; raises `Gone`, the same for every reason."""
    if link is None or at >= link.expires_at or not hmac.compare_digest(link.token_hash, hashed_token(token)):
        raise Gone(USED_UP)
    return link


class SignInLinkStore(Protocol):
    """Living sign-in links."""

    def get(self, account_id: str) -> SignInLink | None:
        """Return the account's link, read strongly consistent, expired or not."""
        ...


class HasSignInLinks(HasClock, Protocol):
    """Links into an account."""

    @property
    def sign_in_links(self) -> SignInLinkStore: ...

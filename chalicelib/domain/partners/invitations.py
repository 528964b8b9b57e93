"""Invitations to a partner's team: a record of the partner alone until the invited person accepts it.

An invitation names an address and binds it to nothing: it makes no sign-in, changes none and reserves no address. The
link in its mail carries a token, of which the hash is kept; a mail sent again carries a new one. It can be used once,
because accepting or revoking an invitation removes it.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel.errors import Gone
from chalicelib.domain.kernel.ids import hashed_token, new_token, ordered_id

if TYPE_CHECKING:
    from chalicelib.domain.access import Role

LIFETIME = timedelta(days=7)
NO_LONGER_VALID = "This invitation is no longer valid. Ask whoever invited you for a new one."
SEPARATOR = "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One address that is invited to one team."""

    partner_id: str
    invitation_id: str
    email: str
    name: str
    role: Role
    invited_by: str
    """The subject of who invites."""
    invited_at: datetime
    expires_at: datetime
    token_hash: str | None = None
    """Of the secret in the last mail; None until one was written."""
    version: int = 1


@dataclass(frozen=True, slots=True)
class IssuedInvitation:
    """An invitation whose mail is being written, and the token that only the mail has."""

    invitation: Invitation
    token: str


def invitation_for(
    partner_id: str, email: str, name: str, role: Role, invited_by: str, invited_at: datetime
) -> Invitation:
    """Make an invitation that can be accepted for seven days."""
    return Invitation(
        partner_id=partner_id,
        invitation_id=ordered_id("inv", invited_at),
        email=email,
        name=name,
        role=role,
        invited_by=invited_by,
        invited_at=invited_at,
        expires_at=invited_at + LIFETIME,
    )


def renewed(current: Invitation, at: datetime) -> Invitation:
    """Extend it by another seven days; the link mailed before stops working."""
    return replace(current, expires_at=at + LIFETIME, token_hash=None, version=current.version + 1)


def issue(current: Invitation) -> IssuedInvitation:
    """Give it a new token, for one mail."""
    secret = new_token()
    updated = replace(current, token_hash=hashed_token(secret), version=current.version + 1)
    return IssuedInvitation(updated, SEPARATOR.join((current.partner_id, current.invitation_id, secret)))


def key_of(token: str) -> tuple[str, str]:
    """Read which invitation a token is of; raises `Gone` where it has not the form of one."""
    parts = token.split(SEPARATOR)
    if len(parts) != 3 or not all(parts):
        raise Gone(NO_LONGER_VALID)
    return parts[0], parts[1]


def require_valid(invitation: Invitation | None, token: str, at: datetime) -> Invitation:
    """Return the invitation if the token opens it now; raises `Gone`."""
    secret = token.rpartition(SEPARATOR)[2]
    if (
        invitation is None
        or invitation.token_hash is None
        or not hmac.compare_digest(invitation.token_hash, hashed_token(secret))
        or at >= invitation.expires_at
    ):
        raise Gone(NO_LONGER_VALID)
    return invitation


def first_password(token: str) -> str:
    """Derive the password for the very first sign-in, so that following the link again leads to the same one."""
    return f"Aa1-{sha256(f'first password of {token}'.encode()).hexdigest()}"


class InvitationStore(Protocol):
    """Invitations, pending or expired; writes go through a `TransactionWriter`."""

    def get(self, partner_id: str, invitation_id: str) -> Invitation | None:
        """Return the invitation, read strongly consistent."""
        ...

    def of_partner(self, partner_id: str) -> list[Invitation]:
        """Return the partner's invitations, the oldest first, read strongly consistent."""
        ...

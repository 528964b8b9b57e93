"""Invitations on DynamoDB."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.invitations import Invitation
from chalicelib.storage.codec import flat
from chalicelib.storage.selection import Selection
from chalicelib.storage.tables.invitations import Invitations

if TYPE_CHECKING:
    from chalicelib.storage.reader import Reader

GRACE = timedelta(days=30)
"""Between an invitation's end and its being cleared away: as long it is listed as expired and can be sent again."""

INVITATION = flat(Invitation, Invitations, derive=lambda each: {"ttl": int((each.expires_at + GRACE).timestamp())})


class DynamoInvitations:
    """An InvitationStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, invitation_id: str) -> Invitation | None:
        """The invitation, read strongly consistent."""
        return self._reader.get(INVITATION, partner_id, invitation_id)

    def of_partner(self, partner_id: str) -> list[Invitation]:
        """The partner's invitations, the oldest first, read strongly consistent."""
        return list(self._reader.all(INVITATION, Selection(table=Invitations, partition=partner_id, consistent=True)))

"""Invitations on DynamoDB."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.access import Role
from chalicelib.domain.partners.invitations import Invitation
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import KeyQuery

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


class Invitations(Model):
    """Who is invited to which team, until it is accepted, revoked or long expired."""

    class Meta:
        table_name = "invitations"

    partner_id = UnicodeAttribute(hash_key=True)
    invitation_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    email = UnicodeAttribute()
    name = UnicodeAttribute()
    role = ChoiceAttribute(Role)
    invited_by = UnicodeAttribute()
    invited_at = InstantAttribute()
    expires_at = InstantAttribute()
    token_hash = UnicodeAttribute(null=True)
    ttl = NumberAttribute()


GRACE = timedelta(days=30)
"""Between an invitation's end and its being cleared away: as long it is listed as expired and can be sent again."""

INVITATION = dataclass_mapper(
    Invitation, Invitations, derive=lambda item: {"ttl": int((item.expires_at + GRACE).timestamp())}
)


class DynamoInvitations:
    """An InvitationStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, invitation_id: str) -> Invitation | None:
        """Return the invitation, read strongly consistent."""
        return self._reader.get(INVITATION, partner_id, invitation_id)

    def of_partner(self, partner_id: str) -> list[Invitation]:
        """Return the partner's invitations, the oldest first, read strongly consistent."""
        return list(self._reader.all(INVITATION, KeyQuery(table=Invitations, partition=partner_id, consistent=True)))

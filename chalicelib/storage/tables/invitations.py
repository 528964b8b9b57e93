"""The table of invitations to teams."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.access import Role
from chalicelib.storage.tables.attributes import ChoiceAttribute, InstantAttribute


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

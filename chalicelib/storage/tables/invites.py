"""The tables of invites and of their slugs."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.storage.tables.attributes import InstantAttribute


class Invites(Model):
    """What a partner's link shows, and how often it was visited and signed up through."""

    class Meta:
        table_name = "invites"

    partner_id = UnicodeAttribute(hash_key=True)
    slug_count = NumberAttribute(null=True)
    version = NumberAttribute()
    slug = UnicodeAttribute()
    greeting = UnicodeAttribute()
    logo_url = UnicodeAttribute(null=True)
    changed_at = InstantAttribute(null=True)
    visits = NumberAttribute(null=True)
    sign_ups = NumberAttribute(null=True)


class InviteSlugs(Model):
    """Who has a slug."""

    class Meta:
        table_name = "invite-slugs"

    slug = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute()

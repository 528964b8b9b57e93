"""Invites, their slugs and their counts on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.partners.invites import Invite, InviteCounts, SlugClaim
from chalicelib.storage.dynamo.attributes import InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.single_update import update_one

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


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


INVITE = dataclass_mapper(Invite, Invites)
SLUG = dataclass_mapper(SlugClaim, InviteSlugs)
COUNTS = dataclass_mapper(InviteCounts, Invites)
"""The same item as the invite's; only ever added to."""


class DynamoInvites:
    """An InviteStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of_partner(self, partner_id: str) -> Invite | None:
        """Return the partner's invite."""
        return self._reader.get(INVITE, partner_id)

    def claim(self, slug: str) -> SlugClaim | None:
        """Return whose slug it is."""
        return self._reader.get(SLUG, slug)

    def counts(self, partner_id: str) -> InviteCounts:
        """Return how often it was visited and signed up through."""
        return self._reader.get(COUNTS, partner_id) or InviteCounts()

    def visited(self, partner_id: str) -> None:
        """Count one visit."""
        visit = [Invites.visits.add(1)]
        update_one(self._reader.connection, Invites(partner_id), visit, Invites.partner_id.exists())

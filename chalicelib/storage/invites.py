"""Invites, their slugs and their counts on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.invites import Invite, InviteCounts, SlugClaim
from chalicelib.storage.codec import flat
from chalicelib.storage.single_update import update_one
from chalicelib.storage.tables.invites import Invites, InviteSlugs

if TYPE_CHECKING:
    from chalicelib.storage.reader import Reader

INVITE = flat(Invite, Invites)
SLUG = flat(SlugClaim, InviteSlugs)
COUNTS = flat(InviteCounts, Invites)
"""The same item as the invite's; only ever added to."""


class DynamoInvites:
    """An InviteStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of_partner(self, partner_id: str) -> Invite | None:
        """The partner's invite."""
        return self._reader.get(INVITE, partner_id)

    def claim(self, slug: str) -> SlugClaim | None:
        """Whose slug it is."""
        return self._reader.get(SLUG, slug)

    def counts(self, partner_id: str) -> InviteCounts:
        """How often it was visited and signed up through."""
        return self._reader.get(COUNTS, partner_id) or InviteCounts()

    def visited(self, partner_id: str) -> None:
        """Count one visit."""
        visit = [Invites.visits.add(1)]
        update_one(self._reader.connection, Invites(partner_id), visit, Invites.partner_id.exists())

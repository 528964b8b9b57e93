"""Members on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.members import Member
from chalicelib.storage.codec import flat
from chalicelib.storage.selection import Selection
from chalicelib.storage.tables.members import Members

if TYPE_CHECKING:
    from chalicelib.storage.reader import Reader

MEMBER = flat(Member, Members, derive=lambda member: {"role_subject": f"{member.role}#{member.subject}"})


class DynamoMembers:
    """A MemberStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, subject: str, partner_id: str) -> Member | None:
        """The person's membership of this partner's team, read strongly consistent."""
        return self._reader.get(MEMBER, subject, partner_id)

    def of_subject(self, subject: str) -> list[Member]:
        """The person's memberships, read strongly consistent."""
        return list(self._reader.all(MEMBER, Selection(table=Members, partition=subject, consistent=True)))

    def of_partner(self, partner_id: str) -> list[Member]:
        """The partner's team, by role."""
        team = Selection(table=Members, partition=partner_id, index="by_partner")
        return list(self._reader.all(MEMBER, team))

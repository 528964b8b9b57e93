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

    def get(self, subject: str) -> Member | None:
        """The member, read strongly consistent."""
        return self._reader.get(MEMBER, subject)

    def of_partner(self, partner_id: str) -> list[Member]:
        """The partner's team, by role."""
        team = Selection(table=Members, partition=partner_id, index="by_partner")
        return list(self._reader.all(MEMBER, team))

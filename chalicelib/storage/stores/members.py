"""Members on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.access import Role
from chalicelib.domain.partners.members import Member
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import KeyQuery

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


class MembersByPartner(GlobalSecondaryIndex["Members"]):
    """A partner's team, by role."""

    class Meta:
        index_name = "by_partner"
        projection = AllProjection()

    partner_id = UnicodeAttribute(hash_key=True)
    role_subject = UnicodeAttribute(range_key=True)


class Members(Model):
    """Who may act for whom, in which role."""

    class Meta:
        table_name = "members"

    by_partner: ClassVar = MembersByPartner()

    subject = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    partner_id = UnicodeAttribute(range_key=True)
    role = ChoiceAttribute(Role)
    role_subject = UnicodeAttribute()
    email = UnicodeAttribute()
    name = UnicodeAttribute()
    since = InstantAttribute()


MEMBER = dataclass_mapper(Member, Members, derive=lambda member: {"role_subject": f"{member.role}#{member.subject}"})


class DynamoMembers:
    """A MemberStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, subject: str, partner_id: str) -> Member | None:
        """Return the person's membership of this partner's team, read strongly consistent."""
        return self._reader.get(MEMBER, subject, partner_id)

    def of_subject(self, subject: str) -> list[Member]:
        """Return the person's memberships, read strongly consistent."""
        return list(self._reader.all(MEMBER, KeyQuery(table=Members, partition=subject, consistent=True)))

    def of_partner(self, partner_id: str) -> list[Member]:
        """Return the partner's team, by role."""
        team = KeyQuery(table=Members, partition=partner_id, index="by_partner")
        return list(self._reader.all(MEMBER, team))

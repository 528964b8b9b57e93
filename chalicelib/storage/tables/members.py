"""The table of members."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.access import Role
from chalicelib.storage.tables.attributes import ChoiceAttribute, InstantAttribute


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

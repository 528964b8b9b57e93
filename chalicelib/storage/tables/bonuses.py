"""The table of earned bonuses."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.storage.tables.attributes import DateAttribute


class BonusesByPartner(GlobalSecondaryIndex["Bonuses"]):
    """A partner's bonuses, the oldest first."""

    class Meta:
        index_name = "by_partner"
        projection = AllProjection()

    partner_id = UnicodeAttribute(hash_key=True)
    earned = UnicodeAttribute(range_key=True)


class UnannouncedBonuses(GlobalSecondaryIndex["Bonuses"]):
    """A partner's bonuses whose mail has not been seen to; sparse."""

    class Meta:
        index_name = "unannounced"
        projection = AllProjection()

    unannounced_partner = UnicodeAttribute(hash_key=True)
    earned = UnicodeAttribute(range_key=True)


class Bonuses(Model):
    """Earned bonuses; the account is the key, so that it earns one in its whole life."""

    class Meta:
        table_name = "bonuses"

    by_partner: ClassVar = BonusesByPartner()
    unannounced: ClassVar = UnannouncedBonuses()

    account_id = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute()
    version = NumberAttribute()
    earned = UnicodeAttribute()
    unannounced_partner = UnicodeAttribute(null=True)
    username = UnicodeAttribute()
    organization = UnicodeAttribute()
    initial_upgrade_on = DateAttribute()
    earned_on = DateAttribute()
    amount = NumberAttribute()
    currency = UnicodeAttribute()
    paid_on = DateAttribute(null=True)
    payment_reference = UnicodeAttribute(null=True)

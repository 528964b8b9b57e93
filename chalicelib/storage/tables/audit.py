"""The table of audit entries."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.storage.tables.attributes import InstantAttribute


class AuditByAccount(GlobalSecondaryIndex["Audit"]):
    """What was changed of one account of a partner."""

    class Meta:
        index_name = "by_account"
        projection = AllProjection()

    partner_account = UnicodeAttribute(hash_key=True)
    audit_id = UnicodeAttribute(range_key=True)


class Audit(Model):
    """Who changed what, when and for whom."""

    class Meta:
        table_name = "audit"

    by_account: ClassVar = AuditByAccount()

    partner_id = UnicodeAttribute(hash_key=True)
    audit_id = UnicodeAttribute(range_key=True)
    at = InstantAttribute()
    kind = UnicodeAttribute()
    subject = UnicodeAttribute()
    role = UnicodeAttribute()
    acting_for = UnicodeAttribute(null=True)
    account_id = UnicodeAttribute(null=True)
    partner_account = UnicodeAttribute(null=True)
    changes = UnicodeAttribute(null=True)

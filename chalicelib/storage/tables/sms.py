"""The table of SMS registrations."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.sms import RegistrationState
from chalicelib.storage.tables.attributes import ChoiceAttribute, InstantAttribute


class RegistrationsByReview(GlobalSecondaryIndex["SmsRegistrations"]):
    """Registrations that wait for review, the longest waiting first; sparse."""

    class Meta:
        index_name = "by_review"
        projection = AllProjection()

    review_bucket = UnicodeAttribute(hash_key=True)
    submitted = UnicodeAttribute(range_key=True)


class SmsRegistrations(Model):
    """SMS registrations, one an account."""

    class Meta:
        table_name = "sms-registrations"

    by_review: ClassVar = RegistrationsByReview()

    partner_id = UnicodeAttribute(hash_key=True)
    account_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    state = ChoiceAttribute(RegistrationState)
    form = UnicodeAttribute()
    started_at = InstantAttribute()
    submitted_at = InstantAttribute(null=True)
    reviewed_at = InstantAttribute(null=True)
    reviewed_by = UnicodeAttribute(null=True)
    rejection = UnicodeAttribute(null=True)
    review_bucket = UnicodeAttribute(null=True)
    submitted = UnicodeAttribute(null=True)

"""SMS registrations on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.sms.form import RegistrationForm
from chalicelib.domain.sms.sms_registrations import WAITING, Registration
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, InstantAttribute, sortable_instant
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import KeyQuery

if TYPE_CHECKING:
    from chalicelib.domain.kernel.paging import BoundedCount, Page
    from chalicelib.storage.dynamo.reader import Reader


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
    status = ChoiceAttribute(RegistrationStatus)
    form = UnicodeAttribute()
    started_at = InstantAttribute()
    submitted_at = InstantAttribute(null=True)
    reviewed_at = InstantAttribute(null=True)
    reviewed_by = UnicodeAttribute(null=True)
    rejection = UnicodeAttribute(null=True)
    review_bucket = UnicodeAttribute(null=True)
    submitted = UnicodeAttribute(null=True)


WAITING_BUCKET = "waiting"


def _waiting(registration: Registration) -> dict[str, Any]:
    """Return the index of those that wait for review, by the instant they were submitted."""
    if registration.status not in WAITING or registration.submitted_at is None:
        return {}
    since = sortable_instant(registration.submitted_at)
    return {"review_bucket": WAITING_BUCKET, "submitted": f"{since}#{registration.account_id}"}


REGISTRATION = dataclass_mapper(Registration, SmsRegistrations, derive=_waiting, json={"form": RegistrationForm})


class DynamoRegistrations:
    """A RegistrationStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, account_id: str) -> Registration | None:
        """Return the account's registration, read strongly consistent."""
        return self._reader.get(REGISTRATION, partner_id, account_id)

    def waiting(self, after: str | None, limit: int) -> Page[Registration]:
        """Return those of all partners that wait for review, the longest waiting first."""
        return self._reader.page(REGISTRATION, _for_review().after(after), limit)

    def count_waiting(self, limit: int) -> BoundedCount:
        """Count those of all partners that wait for review, up to the limit."""
        return self._reader.count(_for_review(), limit)


def _for_review() -> KeyQuery:
    return KeyQuery(table=SmsRegistrations, partition=WAITING_BUCKET, index="by_review")

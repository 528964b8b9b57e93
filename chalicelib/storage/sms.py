"""SMS registrations on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalicelib.domain.sms import WAITING, Registration
from chalicelib.domain.sms_form import RegistrationForm
from chalicelib.storage.codec import flat
from chalicelib.storage.selection import Selection
from chalicelib.storage.tables.attributes import sortable_instant
from chalicelib.storage.tables.sms import SmsRegistrations

if TYPE_CHECKING:
    from chalicelib.domain.paging import Page
    from chalicelib.storage.reader import Reader

WAITING_BUCKET = "waiting"


def _waiting(registration: Registration) -> dict[str, Any]:
    """The index of those that wait for review, by the instant they were handed in."""
    if registration.state not in WAITING or registration.submitted_at is None:
        return {}
    since = sortable_instant(registration.submitted_at)
    return {"review_bucket": WAITING_BUCKET, "submitted": f"{since}#{registration.account_id}"}


REGISTRATION = flat(Registration, SmsRegistrations, derive=_waiting, json={"form": RegistrationForm})


class DynamoRegistrations:
    """A RegistrationStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, account_id: str) -> Registration | None:
        """The account's registration, read strongly consistent."""
        return self._reader.get(REGISTRATION, partner_id, account_id)

    def waiting(self, after: str | None, limit: int) -> Page[Registration]:
        """Those of all partners that wait for review, the longest waiting first."""
        waiting = Selection(table=SmsRegistrations, partition=WAITING_BUCKET, index="by_review")
        return self._reader.page(REGISTRATION, waiting.after(after), limit)

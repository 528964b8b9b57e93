"""SMS registration: the states it goes through, and who moves it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.kernel.errors import Conflict

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.kernel.paging import BoundedCount, Page
    from chalicelib.domain.sms.form import RegistrationForm

MONTHLY_LIMIT_WITHOUT_EIN = 500


EDITABLE = frozenset({RegistrationStatus.NOT_STARTED, RegistrationStatus.DRAFT, RegistrationStatus.REJECTED})
WAITING = frozenset({RegistrationStatus.SUBMITTED, RegistrationStatus.IN_REVIEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One account's SMS registration."""

    partner_id: str
    account_id: str
    status: RegistrationStatus
    form: RegistrationForm
    started_at: datetime
    submitted_at: datetime | None = None
    reviewed_at: datetime | None = None
    reviewed_by: str | None = None
    rejection: str | None = None
    """What the reviewer asks to be changed."""
    version: int = 1

    @property
    def monthly_limit(self) -> int | None:
        """Messages a month; None is no limit of the registration's."""
        return MONTHLY_LIMIT_WITHOUT_EIN if self.form.sole_proprietor_without_ein else None


def edited(registration: Registration, form: RegistrationForm) -> Registration:
    """Return the registration with another form: a draft, or a rejected one being edited."""
    if registration.status not in EDITABLE:
        raise Conflict(f"The registration is {_words(registration.status)} and cannot be edited now.")
    return replace(registration, form=form, version=registration.version + 1)


def submitted(registration: Registration, at: datetime) -> Registration:
    """Return the registration submitted for review."""
    if registration.status not in EDITABLE:
        raise Conflict(f"The registration is {_words(registration.status)} already.")
    return replace(
        registration,
        status=RegistrationStatus.SUBMITTED,
        submitted_at=at,
        rejection=None,
        version=registration.version + 1,
    )


def taken_up(registration: Registration, at: datetime, by: str) -> Registration:
    """Return the registration a reviewer has begun with."""
    if registration.status is not RegistrationStatus.SUBMITTED:
        raise Conflict(f"Only a submitted registration can be taken up; this one is {_words(registration.status)}.")
    return _reviewed(registration, RegistrationStatus.IN_REVIEW, at, by)


def approved(registration: Registration, at: datetime, by: str) -> Registration:
    """Return the registration approved: from now on its sender name is fixed."""
    _require_waiting(registration)
    return _reviewed(registration, RegistrationStatus.APPROVED, at, by)


def rejected(registration: Registration, reason: str, at: datetime, by: str) -> Registration:
    """Return the registration sent back, with what is to be changed."""
    _require_waiting(registration)
    return replace(_reviewed(registration, RegistrationStatus.REJECTED, at, by), rejection=reason)


def _require_waiting(registration: Registration) -> None:
    if registration.status not in WAITING:
        raise Conflict(
            f"Only a registration waiting for review can be answered; this one is {_words(registration.status)}."
        )


def _reviewed(registration: Registration, status: RegistrationStatus, at: datetime, by: str) -> Registration:
    return replace(registration, status=status, reviewed_at=at, reviewed_by=by, version=registration.version + 1)


def _words(status: RegistrationStatus) -> str:
    return status.value.replace("_", " ")


class RegistrationStore(Protocol):
    """SMS registrations."""

    def get(self, partner_id: str, account_id: str) -> Registration | None:
        """Return the account's registration, read strongly consistent."""
        ...

    def waiting(self, after: str | None, limit: int) -> Page[Registration]:
        """Return those of all partners that wait for review, the longest waiting first: for operators."""
        ...

    def count_waiting(self, limit: int) -> BoundedCount:
        """Count those of all partners that wait for review, up to the limit."""
        ...

"""The audit trail: who changed what, when and for whom. Of personal data it keeps that it changed, not the values."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.domain.kernel.ids import ordered_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.access import Actor
    from chalicelib.domain.kernel.paging import Page

PERSONAL = frozenset(
    (
        "owner email name phone first_name last_name recipients confirmed_recipients email_to filters brief given_by "
        "evidence hold_reason rejection website partner_account_id legal_business_name ein street city zip_code "
        "facebook_page privacy_policy_url terms_url contact_name contact_phone contact_email sample_message sender_name"
    ).split()
)
"""Fields that hold what people are known by, or what somebody typed of them."""
UNTOLD = frozenset({"version", "changed_at", "activity"})
"""Fields that move with every change, or that are no audit event."""


class AuditKind(StrEnum):
    """What was done, as `<thing>.<what was done>`."""

    ACCOUNT_CREATED = "account.created"
    ACCOUNT_PROFILE_CHANGED = "account.profile_changed"
    ACCOUNT_PLAN_CHANGED = "account.plan_changed"
    ACCOUNT_CANCELLATION_SET = "account.cancellation_set"
    ACCOUNT_CANCELLED = "account.cancelled"
    ACCOUNT_CANCELLATION_WITHDRAWN = "account.cancellation_withdrawn"
    ACCOUNT_BILLING_CHANGED = "account.billing_changed"
    ACCOUNT_MADE_REFERRED = "account.made_referred"
    ACCOUNT_HOLD_PLACED = "account.hold_placed"
    ACCOUNT_HOLD_LIFTED = "account.hold_lifted"
    ACCOUNT_SETTLED = "account.settled"
    ACCOUNT_MOVED_IN = "account.moved_in"
    ACCOUNT_MOVED_OUT = "account.moved_out"
    ACCOUNT_PERSON_ERASED = "account.person_erased"
    ADD_ON_ACTIVATED = "add_on.activated"
    ADD_ON_DEACTIVATED = "add_on.deactivated"
    SMS_REGISTRATION_EDITED = "sms_registration.edited"
    SMS_REGISTRATION_SUBMITTED = "sms_registration.submitted"
    SMS_REGISTRATION_IN_REVIEW = "sms_registration.in_review"
    SMS_REGISTRATION_APPROVED = "sms_registration.approved"
    SMS_REGISTRATION_REJECTED = "sms_registration.rejected"
    PERMISSION_REQUESTED = "permission.requested"
    PERMISSION_APPROVED = "permission.approved"
    PERMISSION_DECLINED = "permission.declined"
    PERMISSION_WITHDRAWN = "permission.withdrawn"
    SIGN_IN_LINK_ISSUED = "sign_in_link.issued"
    SIGN_IN_LINK_USED = "sign_in_link.used"
    BONUS_PAID = "bonus.paid"
    BONUS_PAYMENT_VOIDED = "bonus.payment_voided"
    BULK_OPERATION_REQUESTED = "bulk_operation.requested"
    BULK_OPERATION_DONE = "bulk_operation.done"
    BULK_OPERATION_STOPPED = "bulk_operation.stopped"
    BULK_OPERATION_FAILED = "bulk_operation.failed"
    REPORT_REQUESTED = "report.requested"
    REPORT_DELETED = "report.deleted"
    REPORT_LINKS_REVOKED = "report.links_revoked"
    REPORT_SCHEDULE_CREATED = "report_schedule.created"
    REPORT_SCHEDULE_CHANGED = "report_schedule.changed"
    REPORT_SCHEDULE_DELETED = "report_schedule.deleted"
    REPORT_SCHEDULE_PERSON_ERASED = "report_schedule.person_erased"
    MAIL_RESENT = "mail.resent"
    RECIPIENT_ASKED_AGAIN = "recipient.asked_again"
    RECIPIENT_CONFIRMED = "recipient.confirmed"
    IMPORT_REQUESTED = "import.requested"
    IMPORT_STARTED = "import.started"
    IMPORT_ACCOUNTS_WRITTEN = "import.accounts_written"
    IMPORT_DONE = "import.done"
    IMPORT_FAILED = "import.failed"
    INVITE_CHANGED = "invite.changed"
    SERVICE_REQUESTED = "service.requested"
    SERVICE_CHANGED = "service.changed"
    INVITATION_SENT = "invitation.sent"
    INVITATION_RESENT = "invitation.resent"
    INVITATION_REVOKED = "invitation.revoked"
    MEMBER_JOINED = "member.joined"
    MEMBER_CHANGED = "member.changed"
    MEMBER_REMOVED = "member.removed"
    PARTNER_CREATED = "partner.created"
    PARTNER_CHANGED = "partner.changed"
    SETTINGS_CHANGED = "settings.changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's old and new value as text; both None where the field is personal."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One change."""

    audit_id: str
    partner_id: str
    at: datetime
    kind: str
    """An `AuditKind`; text, as an old entry may be of a kind that is no more."""
    subject: str
    role: str
    acting_for: str | None = None
    account_id: str | None = None
    bulk_operation_id: str | None = None
    """The bulk operation that the change is part of."""
    changes: tuple[FieldChange, ...] = ()


def text(value: Any) -> str | None:
    """Return a value as the trail shows it."""
    if value is None or value == "":
        return None
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (frozenset, tuple, list)):
        return ", ".join(sorted(filter(None, map(text, value)))) or None
    if is_dataclass(value):
        names = [field.name for field in fields(value) if field.name not in PERSONAL]
        return ", ".join(f"{name}: {text(getattr(value, name))}" for name in names)
    return str(value)


def differences(before: Any | None, after: Any | None) -> tuple[FieldChange, ...]:
    """Return the fields in which two values of one kind differ, parts of parts too; None stands for nothing there."""
    shape = after if after is not None else before
    names = [] if shape is None else [field.name for field in fields(shape) if field.name not in UNTOLD]
    return tuple(
        change for name in names for change in _changes(name, getattr(before, name, None), getattr(after, name, None))
    )


def _changes(name: str, old: Any, new: Any) -> Iterator[FieldChange]:
    if old == new:
        return
    if name.rpartition(".")[2] in PERSONAL:
        if old or new:
            yield FieldChange(name, None, None)
    elif is_dataclass(old) and type(old) is type(new):
        for field in fields(old):
            yield from _changes(f"{name}.{field.name}", getattr(old, field.name), getattr(new, field.name))
    else:
        yield FieldChange(name, text(old), text(new))


def entry(
    actor: Actor,
    at: datetime,
    kind: AuditKind,
    *,
    before: Any | None = None,
    after: Any | None = None,
    account_id: str | None = None,
    partner_id: str | None = None,
    extra_changes: tuple[FieldChange, ...] = (),
) -> AuditEntry:
    """Return the entry for one change of one thing; `extra_changes` says what no field of it shows."""
    return AuditEntry(
        audit_id=ordered_id("aud", at),
        partner_id=partner_id or actor.partner_id,
        at=at,
        kind=kind,
        subject=actor.subject,
        role=actor.role.value,
        acting_for=actor.acting_for,
        account_id=account_id,
        bulk_operation_id=actor.bulk_operation_id,
        changes=(*differences(before, after), *extra_changes),
    )


def redacted(entry: AuditEntry, renamed_to: str | None = None) -> AuditEntry:
    """Return the entry without the values of personal fields, which earlier versions kept of some.

    Where the account's username was an address, it stands under its new one.
    """
    changes = tuple(_redacted(change, renamed_to) for change in entry.changes)
    acting_for = renamed_to if entry.acting_for and renamed_to else entry.acting_for
    return replace(entry, changes=changes, acting_for=acting_for)


def _redacted(change: FieldChange, renamed_to: str | None) -> FieldChange:
    name = change.field.rpartition(".")[2]
    if name in PERSONAL or (name == "username" and renamed_to):
        return FieldChange(change.field, None, None)
    return change


class AuditStore(Protocol):
    """The trail of one partner."""

    def page(self, partner_id: str, query: AuditQuery, cursor: str | None, limit: int) -> Page[AuditEntry]:
        """Return the latest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """Which entries are asked for."""

    account_id: str | None = None
    subject: str | None = None
    kind: AuditKind | None = None
    bulk_operation_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None

"""The audit trail: who changed what, when and for whom. Of personal data it keeps that it changed, not the values."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.domain.kernel.ids import ordered_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.access import Actor
    from chalicelib.domain.kernel.paging import Page

PERSONAL = frozenset(
    (
        "owner email name phone first_name last_name recipients confirmed_recipients email_to filters brief given_by "
        "evidence rejection website partner_account_id legal_business_name ein street city zip_code facebook_page "
        "privacy_policy_url terms_url contact_name contact_phone contact_email sample_message sender_name"
    ).split()
)
"""Fields that hold what people are known by, or what somebody typed of them."""
UNTOLD = frozenset({"version", "changed_at", "activity"})
"""Fields that move with every change, or that are no audit event."""


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
    """What was done, such as `account.created`."""
    subject: str
    role: str
    acting_for: str | None = None
    account_id: str | None = None
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
        yield FieldChange(name, None, None)
    elif is_dataclass(old) and type(old) is type(new):
        for field in fields(old):
            yield from _changes(f"{name}.{field.name}", getattr(old, field.name), getattr(new, field.name))
    else:
        yield FieldChange(name, text(old), text(new))


def entry(
    actor: Actor,
    at: datetime,
    kind: str,
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
    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None

"""The partner's audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Next, PageQuery, next_cursor, start_after
from chalicelib.api.http.operation import Instant, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.schema_hints import one_of
from chalicelib.api.http.text_fields import Reference
from chalicelib.domain.audit import AuditEntry, AuditKind, AuditQuery
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Invalid

blueprint = Blueprint(__name__)

Name = Annotated[Reference, Meta(min_length=1, max_length=128)]


class AuditListQuery(PageQuery):
    account_id: Name | UnsetType = UNSET
    """Only changes to this account."""
    subject: Name | UnsetType = UNSET
    """Who acted."""
    kind: AuditKind | UnsetType = UNSET
    """Only changes of this kind."""
    bulk_operation_id: Name | UnsetType = UNSET
    """Only what this bulk operation changed."""
    since: datetime | UnsetType = UNSET
    """Only changes at this instant or later."""
    until: datetime | UnsetType = UNSET
    """Only changes before this instant."""


class FieldChangeView(View):
    """One field's change."""

    field: str
    old: str | None
    new: str | None


class AuditEntryView(View):
    """One change, and who made it."""

    audit_id: str
    at: Instant
    kind: Annotated[str, one_of(AuditKind)]
    """What was done, such as `account.created`."""
    subject: str
    role: str
    acting_for: str | None
    """The client for whom the platform acted."""
    account_id: str | None
    bulk_operation_id: str | None
    """The bulk operation that the change is part of."""
    changes: list[FieldChangeView]
    """Of personal data only that it changed."""


class AuditList(View):
    """A page of the audit trail, the latest first."""

    items: list[AuditEntryView]
    next: Next = UNSET


@blueprint.operation("list_audit", "GET /audit")
def list_audit(request: Request[None, AuditListQuery]) -> AuditList:
    """List who changed what, the latest first."""
    query, partner_id = request.query, request.partner.partner_id
    page = request.ports.audit.page(partner_id, _asked(query), start_after(query, partner_id), query.limit)
    return AuditList(items=[_view(entry) for entry in page.items], next=next_cursor(query, partner_id, page.next))


def _asked(query: AuditListQuery) -> AuditQuery:
    return AuditQuery(
        account_id=query.account_id or None,
        subject=query.subject or None,
        kind=query.kind or None,
        bulk_operation_id=query.bulk_operation_id or None,
        since=_instant("since", query.since),
        until=_instant("until", query.until),
    )


def _instant(name: str, instant: datetime | UnsetType) -> datetime | None:
    if instant is UNSET:
        return None
    if instant.tzinfo is None:
        raise Invalid.field(name, "An instant needs its offset, such as 2026-11-05T09:30:00Z.")
    return instant


def _view(entry: AuditEntry) -> AuditEntryView:
    return AuditEntryView(
        audit_id=entry.audit_id,
        at=instant_text(entry.at),
        kind=entry.kind,
        subject=entry.subject,
        role=entry.role,
        acting_for=entry.acting_for,
        account_id=entry.account_id,
        bulk_operation_id=entry.bulk_operation_id,
        changes=[FieldChangeView(field=change.field, old=change.old, new=change.new) for change in entry.changes],
    )

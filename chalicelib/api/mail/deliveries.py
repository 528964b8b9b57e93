"""Mails: what became of each, and sending one again."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Next, PageQuery, next_cursor, start_after
from chalicelib.api.http.operation import Instant, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_fields import Reference
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Conflict
from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind, DeliveryQuery, DeliveryStatus
from chalicelib.services.mail import deliveries

blueprint = Blueprint(__name__)


class DeliveryListQuery(PageQuery):
    status: DeliveryStatus | UnsetType = UNSET
    """Only mails that are so far."""
    kind: DeliveryKind | UnsetType = UNSET
    """Only mails about this."""
    report_run_id: Annotated[Reference, Meta(max_length=64)] | UnsetType = UNSET
    """Only mails about this report run."""


class DeliveryView(View):
    """One mail and how far it is."""

    delivery_id: str
    kind: DeliveryKind
    """What the mail is about."""
    status: DeliveryStatus
    """`unsure`: something broke while it was being sent, so it may have arrived; it is not sent again by itself."""
    to: str | None
    """Null where it goes to the client of the account."""
    account_id: str | None
    report_run_id: str | None
    queued_at: Instant
    sent_at: Instant | None
    attempts: int
    reason: str | None
    """Why it has not arrived, or may not have."""
    resendable: bool


class DeliveryList(View):
    """A page of mails, the newest first."""

    items: list[DeliveryView]
    next: Next = UNSET


def present(delivery: Delivery) -> DeliveryView:
    """Return the mail as an answer."""
    return DeliveryView(
        delivery_id=delivery.delivery_id,
        kind=delivery.kind,
        status=delivery.status,
        to=delivery.address,
        account_id=delivery.account_id,
        report_run_id=delivery.report_run_id,
        queued_at=instant_text(delivery.queued_at),
        sent_at=instant_text(delivery.sent_at) if delivery.sent_at else None,
        attempts=delivery.attempts,
        reason=delivery.reason,
        resendable=delivery.resendable,
    )


@blueprint.operation("list_deliveries", "GET /deliveries")
def list_deliveries(request: Request[None, DeliveryListQuery]) -> DeliveryList:
    """List mails, the newest first."""
    query, partner_id = request.query, request.partner.partner_id
    asked = DeliveryQuery(
        status=None if query.status is UNSET else query.status,
        kind=None if query.kind is UNSET else query.kind,
        report_run_id=None if query.report_run_id is UNSET else query.report_run_id,
    )
    page = deliveries.page(request.ports, request.actor, asked, start_after(query, partner_id), query.limit)
    return DeliveryList(items=list(map(present, page.items)), next=next_cursor(query, partner_id, page.next))


@blueprint.operation("resend_delivery", "POST /deliveries/{delivery_id}/resend", status=202, refusals=(Conflict,))
def resend_delivery(request: Request[None, NoQuery], delivery_id: str) -> Answer[DeliveryView]:
    """Send a mail again, whatever became of it; links in it are new, those mailed before stay as they are.

    At most five mails are sent again to an address an hour.
    """
    return request.execute(
        lambda: deliveries.resend(request.ports, request.actor, delivery_id),
        present,
    )

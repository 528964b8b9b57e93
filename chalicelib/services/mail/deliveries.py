"""Deliveries: enqueues them, lists them, sends one again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain.access import require
from chalicelib.domain.audit import AuditKind, FieldChange, entry
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.domain.kernel.usage_limits import RESENDS
from chalicelib.domain.mail import deliveries
from chalicelib.domain.mail.deliveries import DeliveryKind
from chalicelib.domain.mail.suppressions import suppression_key
from chalicelib.services.usage_limits import count, require_mail_budget

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.kernel.paging import Page
    from chalicelib.domain.mail.deliveries import Delivery, DeliveryQuery
    from chalicelib.domain.ports import HasMail, HasQueues
    from chalicelib.services.ports import MailPorts

RESENDING = {
    DeliveryKind.TEAM_INVITATION: "resend_invitation",
    DeliveryKind.PERMISSION_REQUEST: "request_permission",
}
"""What it takes to send a mail of this kind again: the right to send it at all."""


def enqueue(ports: HasQueues, *waiting: Delivery) -> None:
    """Give deliveries to the workers. Where a message is lost, the sweeper sends another."""
    for item in waiting:
        message = {"partner_id": item.partner_id, "delivery_id": item.delivery_id}
        with suppress(Unavailable):
            ports.delivery_queue.send(item.partner_id, message)


def page(ports: HasMail, actor: Actor, query: DeliveryQuery, after: str | None, limit: int) -> Page[Delivery]:
    """Return the partner's deliveries, the latest first."""
    return ports.deliveries.page(actor.partner_id, query, after, limit)


def resend(ports: MailPorts, actor: Actor, delivery_id: str) -> Change[Delivery]:
    """Queue a mail again because a person wants it."""
    current = ports.deliveries.get(actor.partner_id, delivery_id)
    require(actor.role, RESENDING.get(current.kind, "resend_delivery"))
    at = ports.clock()
    updated = deliveries.resent(current, at)
    extra_changes = (FieldChange("delivery", None, delivery_id),)
    audited = entry(actor, at, AuditKind.MAIL_RESENT, account_id=current.account_id, extra_changes=extra_changes)
    require_mail_budget(ports, ports.partners.get(current.partner_id))
    counted = count(
        ports,
        current.partner_id,
        RESENDS,
        suppression_key(current.address or current.account_id or "", current.partner_id),
    )
    return Change((Replace(current, updated), counted, Insert(audited)), updated, (lambda: enqueue(ports, updated),))

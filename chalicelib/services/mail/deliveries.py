"""Deliveries: handing them to the workers, listing them, sending one again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain.access import require
from chalicelib.domain.audit import FieldChange, entry
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.kernel.errors import Busy
from chalicelib.domain.kernel.usage_limits import RESENDS
from chalicelib.domain.mail import deliveries
from chalicelib.domain.mail.deliveries import DeliveryKind
from chalicelib.domain.mail.suppressions import suppression_key
from chalicelib.services.usage_limits import count, require_mail_budget

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.kernel.paging import Page
    from chalicelib.domain.mail.deliveries import Delivery, DeliveryQuery
    from chalicelib.domain.ports import Ports

RESENDING = {
    DeliveryKind.TEAM_INVITATION: "resend_invitation",
    DeliveryKind.PERMISSION_REQUEST: "request_permission",
}
"""What it takes to send a mail of this kind again: the right to send it at all."""


def hand_over(ports: Ports, *waiting: Delivery) -> None:
    """Give deliveries to the workers. Where a message is lost, the sweeper sends another."""
    for each in waiting:
        message = {"partner_id": each.partner_id, "delivery_id": each.delivery_id}
        with suppress(Busy):
            ports.delivery_queue.send(each.partner_id, message)


def page(ports: Ports, actor: Actor, query: DeliveryQuery, after: str | None, limit: int) -> Page[Delivery]:
    """The partner's deliveries, the latest first."""
    return ports.deliveries.page(actor.partner_id, query, after, limit)


def resend(ports: Ports, actor: Actor, delivery_id: str) -> Change[Delivery]:
    """Queue a mail again because a person wants it; hand it over once it is written."""
    was = ports.deliveries.get(actor.partner_id, delivery_id)
    require(actor.role, RESENDING.get(was.kind, "resend_delivery"))
    at = ports.clock()
    now = deliveries.resent(was, at)
    told = (FieldChange("delivery", None, delivery_id),)
    audited = entry(actor, at, "mail.resent", account_id=was.account_id, told=told)
    require_mail_budget(ports, ports.partners.get(was.partner_id))
    counted = count(
        ports, was.partner_id, RESENDS, suppression_key(was.address or was.account_id or "", was.partner_id)
    )
    return Change((Replace(was, now), counted, Insert(audited)), now)

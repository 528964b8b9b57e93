"""Professional services as use cases: asking, quoting, pricing, and following the work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain import service_requests
from chalicelib.domain.access import Role
from chalicelib.domain.accounts.lifecycle import require_serviceable
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.errors import Conflict, Forbidden, StaleVersion
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.service_requests import ServiceRequest, ServiceRequestStatus
from chalicelib.services.accounts import changes

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.ports import HasPartners
    from chalicelib.domain.service_requests import ServiceKind
    from chalicelib.services.ports import ServiceRequestPorts


@dataclass(frozen=True, slots=True, kw_only=True)
class NewServiceRequest:
    """What a partner asks for; amounts are in the minor unit of the partner's currency."""

    account_id: str
    kind: ServiceKind
    brief: str
    budget: int | None = None
    may_contact_client: bool = False


def ask(ports: ServiceRequestPorts, actor: Actor, new: NewServiceRequest) -> Change[ServiceRequest]:
    """Ask for work on one account."""
    account = changes.load(ports, actor, new.account_id).account
    require_serviceable(account)
    budget = _money(ports, actor, new.budget)
    service_requests.require_valid(new.brief, budget)
    at = ports.clock()
    asked = ServiceRequest(
        service_request_id=ids.ordered_id("svc", at),
        partner_id=account.partner_id,
        account_id=account.account_id,
        username=account.username,
        organization=account.organization,
        kind=new.kind,
        brief=new.brief,
        requested_by=actor.subject,
        requested_at=at,
        changed_at=at,
        budget=budget,
        may_contact_client=new.may_contact_client,
    )
    audited = entry(actor, at, AuditKind.SERVICE_REQUESTED, after=asked, account_id=account.account_id)
    return Change((Insert(asked), Insert(audited)), asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceChange:
    """What is to change; None leaves it. Quotes are the platform's, prices and answers the partner's."""

    status: ServiceRequestStatus | None = None
    quote: int | None = None
    price: int | None = None
    may_contact_client: bool | None = None


def change(
    ports: ServiceRequestPorts, actor: Actor, service_request_id: str, version: int, wanted: ServiceChange
) -> Change[ServiceRequest]:
    """Quote, price, answer or move on a request."""
    current = ports.service_requests.get(actor.partner_id, service_request_id)
    if current.version != version:
        raise StaleVersion("The request has changed since you read it. Read it again and repeat your change.")
    changes.load(ports, actor, current.account_id)
    updated = (
        _by_operator(ports, actor, current, wanted)
        if actor.role is Role.OPERATOR
        else _by_partner(ports, current, wanted)
    )
    if updated == current:
        return Change((), current)
    at = ports.clock()
    updated = replace(updated, changed_at=at, version=current.version + 1)
    audited = entry(actor, at, AuditKind.SERVICE_CHANGED, before=current, after=updated, account_id=current.account_id)
    return Change((Replace(current, updated), Insert(audited)), updated)


def _by_operator(ports: HasPartners, actor: Actor, current: ServiceRequest, wanted: ServiceChange) -> ServiceRequest:
    if wanted.price is not None or wanted.may_contact_client is not None:
        raise Forbidden("The price and the leave to contact the client are the partner's to set.")
    updated = current
    quote = _money(ports, actor, wanted.quote)
    if quote is not None:
        updated = service_requests.quoted(updated, quote)
    if wanted.status is None or wanted.status is updated.status:
        return updated
    if wanted.status is ServiceRequestStatus.QUOTED:
        raise Conflict("A request becomes quoted with its quote: send the quote.")
    return service_requests.moved(updated, wanted.status, by_operator=True)


def _by_partner(ports: HasPartners, current: ServiceRequest, wanted: ServiceChange) -> ServiceRequest:
    if wanted.quote is not None:
        raise Forbidden("A quote is the platform's to give.")
    price = current.price
    if wanted.price is not None:
        price = Money(wanted.price, ports.partners.get(current.partner_id).terms.bonus.currency)
        service_requests.require_valid(current.brief, price)
    contact = current.may_contact_client if wanted.may_contact_client is None else wanted.may_contact_client
    updated = replace(current, price=price, may_contact_client=contact)
    if wanted.status is None or wanted.status is updated.status:
        return updated
    return service_requests.moved(updated, wanted.status, by_operator=False)


def _money(ports: HasPartners, actor: Actor, amount: int | None) -> Money | None:
    if amount is None:
        return None
    return Money(amount, ports.partners.get(actor.partner_id).terms.bonus.currency)

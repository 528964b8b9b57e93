"""Professional services: asking for work on an account and following it."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Cursor, Limit, Next, PageQuery, next_cursor, start_after
from chalicelib.api.http.money import MoneyView, money_view
from chalicelib.api.http.operation import Body, Instant, Key, NoQuery, Query, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_fields import Brief
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Conflict
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.kernel.paging import DEFAULT_LIMIT
from chalicelib.domain.service_requests import ServiceKind, ServiceRequest, ServiceRequestStatus
from chalicelib.services import service_requests

blueprint = Blueprint(__name__)

Amount = Annotated[int, Meta(ge=1, le=100_000_000, description="In the minor unit (cents) of the partner's currency.")]


class NewServiceRequest(Body):
    """Work to ask for."""

    account_id: Key
    kind: ServiceKind
    """What kind of work is wanted."""
    brief: Brief
    budget: Amount | None = None
    may_contact_client: bool = False


class ServiceChange(Body):
    """Quotes and the work's progress are operators' to set; price, leave to contact and answers the partner's."""

    status: ServiceRequestStatus | None = None
    quote: Amount | None = None
    price: Amount | None = None
    may_contact_client: bool | None = None


class ServiceRequestView(View):
    """Work that a partner has asked the platform's staff for."""

    service_request_id: str
    partner_id: str
    account_id: str
    username: str
    organization: str
    kind: ServiceKind
    """What kind of work is wanted."""
    brief: str
    budget: MoneyView | None
    may_contact_client: bool
    quote: MoneyView | None
    price: MoneyView | None
    margin: MoneyView | None
    """What the partner keeps: its price less the quote."""
    status: ServiceRequestStatus
    """How far it is."""
    requested_at: Instant
    changed_at: Instant
    version: int


class QueueQuery(Query):
    status: Literal["requested", "accepted", "in_progress"] = "requested"
    """What they wait for: a quote, a start, or to be done."""
    limit: Limit = DEFAULT_LIMIT
    cursor: Cursor = UNSET


class ServiceRequestList(View):
    """A page of service requests."""

    items: list[ServiceRequestView]
    next: Next = UNSET


def present(asked: ServiceRequest) -> ServiceRequestView:
    """Return the request as an answer."""
    return ServiceRequestView(
        service_request_id=asked.service_request_id,
        partner_id=asked.partner_id,
        account_id=asked.account_id,
        username=asked.username,
        organization=asked.organization,
        kind=asked.kind,
        brief=asked.brief,
        budget=_money(asked.budget),
        may_contact_client=asked.may_contact_client,
        quote=_money(asked.quote),
        price=_money(asked.price),
        margin=_money(asked.margin),
        status=asked.status,
        requested_at=instant_text(asked.requested_at),
        changed_at=instant_text(asked.changed_at),
        version=asked.version,
    )


def _money(money: Money | None) -> MoneyView | None:
    return money_view(money) if money else None


@blueprint.operation("list_service_requests", "GET /service-requests")
def list_service_requests(request: Request[None, PageQuery]) -> ServiceRequestList:
    """List service requests, the latest first."""
    query, partner_id = request.query, request.partner.partner_id
    page = request.ports.service_requests.page(partner_id, start_after(query, partner_id), query.limit)
    return ServiceRequestList(
        items=[present(entry) for entry in page.items], next=next_cursor(query, partner_id, page.next)
    )


@blueprint.operation("request_service", "POST /service-requests", status=201, refusals=(Conflict,))
def request_service(request: Request[NewServiceRequest, NoQuery]) -> Answer[ServiceRequestView]:
    """Ask for work on one account."""
    body = request.body
    new = service_requests.NewServiceRequest(
        account_id=body.account_id,
        kind=body.kind,
        brief=body.brief,
        budget=body.budget,
        may_contact_client=body.may_contact_client,
    )

    def requested(asked: ServiceRequest) -> Answer[ServiceRequestView]:
        return Answer(present(asked), location=f"/service-requests/{asked.service_request_id}")

    return request.execute(lambda: service_requests.ask(request.ports, request.actor, new), requested)


@blueprint.operation("get_service_request", "GET /service-requests/{service_request_id}")
def get_service_request(request: Request[None, NoQuery], service_request_id: str) -> ServiceRequestView:
    """Get a service request."""
    return present(request.ports.service_requests.get(request.partner.partner_id, service_request_id))


@blueprint.operation(
    "change_service_request", "PATCH /service-requests/{service_request_id}", versioned=True, refusals=(Conflict,)
)
def change_service_request(
    request: Request[ServiceChange, NoQuery], service_request_id: str
) -> Answer[ServiceRequestView]:
    """Quote, price, answer, withdraw or move on a request."""
    body = request.body
    wanted = service_requests.ServiceChange(
        status=body.status, quote=body.quote, price=body.price, may_contact_client=body.may_contact_client
    )
    return request.execute(
        lambda: service_requests.change(request.ports, request.actor, service_request_id, request.version, wanted),
        present,
    )


@blueprint.operation("list_waiting_service_requests", "GET /waiting-service-requests", partner_scoped=False)
def list_waiting_service_requests(request: Request[None, QueueQuery]) -> ServiceRequestList:
    """List the requests of all partners that wait for the platform's staff, the longest waiting first."""
    query = request.query
    status = ServiceRequestStatus(query.status)
    page = request.ports.service_requests.waiting(status, start_after(query, ""), query.limit)
    return ServiceRequestList(items=[present(entry) for entry in page.items], next=next_cursor(query, "", page.next))

"""Professional services: work that a partner asks for on one account, its quote, its price and its state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel import field_rules
from chalicelib.domain.kernel.clock import HasClock
from chalicelib.domain.kernel.errors import Conflict, FieldError, Invalid
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.kernel.text_rules import problems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from chalicelib.domain.kernel.paging import BoundedCount, Page

MAX_AMOUNT = 100_000_000


class ServiceKind(StrEnum):
    """What kind of work is wanted."""

    CAMPAIGN_CREATION = "campaign_creation"
    TEMPLATE_DESIGN = "template_design"
    AUTOMATION_SETUP = "automation_setup"
    LIST_MIGRATION = "list_migration"
    SOCIAL_MEDIA = "social_media"
    CONSULTING = "consulting"


class ServiceRequestStatus(StrEnum):
    """How far a service request is."""

    REQUESTED = "requested"
    QUOTED = "quoted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    WITHDRAWN = "withdrawn"


PARTNER_MOVES = {
    ServiceRequestStatus.REQUESTED: frozenset({ServiceRequestStatus.WITHDRAWN}),
    ServiceRequestStatus.QUOTED: frozenset(
        {ServiceRequestStatus.ACCEPTED, ServiceRequestStatus.DECLINED, ServiceRequestStatus.WITHDRAWN}
    ),
    ServiceRequestStatus.ACCEPTED: frozenset({ServiceRequestStatus.WITHDRAWN}),
}
OPERATOR_MOVES = {
    ServiceRequestStatus.REQUESTED: frozenset({ServiceRequestStatus.QUOTED}),
    ServiceRequestStatus.QUOTED: frozenset({ServiceRequestStatus.QUOTED}),
    ServiceRequestStatus.ACCEPTED: frozenset({ServiceRequestStatus.IN_PROGRESS}),
    ServiceRequestStatus.IN_PROGRESS: frozenset({ServiceRequestStatus.DONE}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequest:
    """One piece of work."""

    service_request_id: str
    partner_id: str
    account_id: str
    username: str
    organization: str
    kind: ServiceKind
    brief: str
    requested_by: str
    requested_at: datetime
    changed_at: datetime
    budget: Money | None = None
    may_contact_client: bool = False
    """The platform's staff contact the client only where this says so."""
    quote: Money | None = None
    """What the work costs the partner."""
    price: Money | None = None
    """What the partner charges its client; its own business."""
    status: ServiceRequestStatus = ServiceRequestStatus.REQUESTED
    version: int = 1

    @property
    def margin(self) -> Money | None:
        """What the partner keeps."""
        if self.quote is None or self.price is None or self.quote.currency != self.price.currency:
            return None
        return Money(self.price.amount - self.quote.amount, self.price.currency)


def require_valid(brief: str, budget: Money | None) -> None:
    """Raise `Invalid` with everything that is wrong."""
    Invalid.unless_none(list(_problems(brief, budget)))


def _problems(brief: str, budget: Money | None) -> Iterator[FieldError]:
    yield from problems({"brief": brief}, {"brief": field_rules.BRIEF})
    if budget is not None and not 0 < budget.amount <= MAX_AMOUNT:
        yield FieldError("/budget", f"A budget is 1 to {MAX_AMOUNT} in the currency's minor unit (cents).")


def moved(request: ServiceRequest, to: ServiceRequestStatus, *, by_operator: bool) -> ServiceRequest:
    """Return the request in its next state, if this side may take it there."""
    allowed = (OPERATOR_MOVES if by_operator else PARTNER_MOVES).get(request.status, frozenset())
    if to not in allowed:
        names = ", ".join(sorted(allowed)) or "none"
        raise Conflict(f"A request that is {request.status.value} cannot become {to.value}; possible now: {names}.")
    return replace(request, status=to)


def quoted(request: ServiceRequest, quote: Money) -> ServiceRequest:
    """Return the request with what it costs."""
    return replace(moved(request, ServiceRequestStatus.QUOTED, by_operator=True), quote=quote)


class ServiceRequestStore(Protocol):
    """Service requests of one partner, and those of all partners that wait for the platform's staff."""

    def get(self, partner_id: str, service_request_id: str) -> ServiceRequest:
        """Return the request, read strongly consistent; raises `NotFound`."""
        ...

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[ServiceRequest]:
        """Return the latest first."""
        ...

    def waiting(self, status: ServiceRequestStatus, after: str | None, limit: int) -> Page[ServiceRequest]:
        """Return those of all partners in this state, the longest waiting first: for operators."""
        ...

    def count_waiting(self, status: ServiceRequestStatus, limit: int) -> BoundedCount:
        """Count those of all partners in this state, up to the limit."""
        ...


class HasServiceRequests(HasClock, Protocol):
    """Requests for a service."""

    @property
    def service_requests(self) -> ServiceRequestStore: ...

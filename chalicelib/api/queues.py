"""How much waits for the platform's staff, over all partners."""

from __future__ import annotations

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.domain.kernel.paging import BoundedCount
from chalicelib.domain.service_requests import ServiceRequestStatus

blueprint = Blueprint(__name__)

MAX_COUNTED = 200
"""Of each queue: beyond that it is enough to know that there are more."""


class CountView(View):
    """How many wait."""

    count: int
    """How many wait, or at least do."""
    more: bool
    """Whether there are more, which were not counted."""


class QueueCountsView(View):
    """How many wait in each queue."""

    sms_registrations: CountView
    """Registrations to review."""
    service_quotes: CountView
    """Service requests that wait for a quote."""
    service_starts: CountView
    """Service requests that are accepted and not begun."""
    service_work: CountView
    """Service requests in progress, to be done."""


@blueprint.operation("count_queues", "GET /queues", partner_scoped=False)
def count_queues(request: Request[None, NoQuery]) -> QueueCountsView:
    """Count what waits for the platform's staff in each queue, up to 200."""
    ports = request.ports

    def services(status: ServiceRequestStatus) -> CountView:
        return _view(ports.service_requests.count_waiting(status, MAX_COUNTED))

    return QueueCountsView(
        sms_registrations=_view(ports.sms_registrations.count_waiting(MAX_COUNTED)),
        service_quotes=services(ServiceRequestStatus.REQUESTED),
        service_starts=services(ServiceRequestStatus.ACCEPTED),
        service_work=services(ServiceRequestStatus.IN_PROGRESS),
    )


def _view(counted: BoundedCount) -> CountView:
    return CountView(counted.count, counted.more)

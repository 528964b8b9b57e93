"""What waits for the platform's staff, over all partners: counted, and listed the longest waiting first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.kernel import ids
from chalicelib.domain.service_requests import ServiceKind, ServiceRequest, ServiceRequestStatus
from chalicelib.domain.sms.form import RegistrationForm
from chalicelib.domain.sms.sms_registrations import Registration
from tests.unit.api.conftest import ACME, OTHER

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts


@pytest.fixture
def operator(caller: Callable[[str], ApiClient]) -> ApiClient:
    return caller("operator")


def asked(ports: FakePorts, partner_id: str, hours: int, status: ServiceRequestStatus) -> ServiceRequest:
    """A service request in the book."""
    at = ports.now + timedelta(hours=hours)
    request = ServiceRequest(
        service_request_id=ids.ordered_id("svc", at),
        partner_id=partner_id,
        account_id="acct_1",
        username="ada-bakes",
        organization="Ada's Bakery",
        kind=ServiceKind.CONSULTING,
        brief="Help",
        requested_by="grace",
        requested_at=at,
        changed_at=at,
        status=status,
    )
    ports.book.put(request)
    return request


def test_the_queues_of_all_partners_are_counted_by_what_they_wait_for(operator: ApiClient, ports: FakePorts) -> None:
    for n, status in enumerate(ServiceRequestStatus):
        asked(ports, (ACME, OTHER)[n % 2], n, status)
    asked(ports, OTHER, 9, ServiceRequestStatus.REQUESTED)
    ports.book.put(
        Registration(
            partner_id=OTHER,
            account_id="acct_1",
            status=RegistrationStatus.SUBMITTED,
            form=RegistrationForm(),
            started_at=ports.now,
            submitted_at=ports.now,
        )
    )
    assert operator.get("/queues").json == {
        "sms_registrations": {"count": 1, "more": False},
        "service_quotes": {"count": 2, "more": False},
        "service_starts": {"count": 1, "more": False},
        "service_work": {"count": 1, "more": False},
    }


def test_a_long_queue_is_counted_up_to_a_limit_and_says_that_there_are_more(
    operator: ApiClient, ports: FakePorts
) -> None:
    for n in range(201):
        asked(ports, OTHER, n, ServiceRequestStatus.REQUESTED)
    assert operator.get("/queues").json["service_quotes"] == {"count": 200, "more": True}


@pytest.mark.parametrize("status", ["requested", "accepted", "in_progress"])
def test_a_queue_lists_the_requests_of_all_partners_the_longest_waiting_first(
    operator: ApiClient, ports: FakePorts, status: str
) -> None:
    later = asked(ports, ACME, 2, ServiceRequestStatus(status))
    first = asked(ports, OTHER, 1, ServiceRequestStatus(status))
    asked(ports, OTHER, 0, ServiceRequestStatus.DONE)
    page = operator.get(f"/waiting-service-requests?status={status}&limit=1").json
    assert [(item["service_request_id"], item["partner_id"]) for item in page["items"]] == [
        (first.service_request_id, OTHER)
    ]
    rest = operator.get(f"/waiting-service-requests?status={status}&limit=1&cursor={page['next']}").json
    assert [item["service_request_id"] for item in rest["items"]] == [later.service_request_id]
    assert "next" not in rest


def test_a_state_in_which_nobody_waits_is_no_queue(operator: ApiClient) -> None:
    assert operator.get("/waiting-service-requests?status=done").status == 422


@pytest.mark.parametrize("path", ["/queues", "/waiting-service-requests"])
def test_queues_are_the_platform_s_staff_s_alone(caller: Callable[[str], ApiClient], path: str) -> None:
    for subject in ("admin", "manager", "viewer", "stranger", "platform"):
        answer: Any = caller(subject).get(path)
        assert answer.status == 403, subject

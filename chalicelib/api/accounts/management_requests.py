"""Permission to manage a referred account."""

from __future__ import annotations

from datetime import date

from chalicelib.api.accounts.accounts import present
from chalicelib.api.accounts.views import AccountView
from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, Instant, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.domain.accounts.management_requests import ManagementRequest, ManagementRequestStatus
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Conflict
from chalicelib.services.accounts import management_requests

blueprint = Blueprint(__name__)


class PermissionRequestView(View):
    """A request for permission to manage a referred account."""

    account_id: str
    status: ManagementRequestStatus
    requested_at: Instant
    expires_on: date
    """From this day on it can no longer be answered."""


class PermissionAnswer(Body):
    """The client's answer."""

    approved: bool


def asked(request: ManagementRequest) -> PermissionRequestView:
    """Return the request as an answer."""
    return PermissionRequestView(
        account_id=request.account_id,
        status=request.status,
        requested_at=instant_text(request.requested_at),
        expires_on=request.expires_on,
    )


@blueprint.operation("request_permission", "PUT /accounts/{account_id}/permission-request", refusals=(Conflict,))
def request_permission(request: Request[None, NoQuery], account_id: str) -> Answer[PermissionRequestView]:
    """Ask the client of a referred account for permission to manage it; asking again gives the pending request.

    After a request was declined or withdrawn, the client is asked again seven days later at the earliest.
    """
    return request.execute(
        lambda: management_requests.request(request.ports, request.actor, account_id),
        asked,
    )


@blueprint.operation(
    "withdraw_permission_request", "DELETE /accounts/{account_id}/permission-request", refusals=(Conflict,)
)
def withdraw_permission_request(request: Request[None, NoQuery], account_id: str) -> Answer[AccountView]:
    """Take a pending request back."""
    return request.execute(
        lambda: management_requests.withdraw(request.ports, request.actor, account_id),
        lambda account: present(request, account),
    )


@blueprint.operation(
    "answer_permission_request", "PUT /accounts/{account_id}/permission-request/answer", refusals=(Conflict,)
)
def answer_permission_request(request: Request[PermissionAnswer, NoQuery], account_id: str) -> Answer[AccountView]:
    """Pass on the client's answer; approval makes the account managed."""
    return request.execute(
        lambda: management_requests.answer(request.ports, request.actor, account_id, approved=request.body.approved),
        lambda account: present(request, account),
    )

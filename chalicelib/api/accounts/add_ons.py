"""Add-ons of one account: activating and deactivating."""

from __future__ import annotations

from chalicelib.api.accounts.accounts import present
from chalicelib.api.accounts.views import AccountView
from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import NoQuery
from chalicelib.api.http.request import Request
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.kernel.errors import Conflict
from chalicelib.services.accounts import add_ons

blueprint = Blueprint(__name__)


@blueprint.operation("activate_add_on", "PUT /accounts/{account_id}/add-ons/{add_on}", refusals=(Conflict,))
def activate_add_on(request: Request[None, NoQuery], account_id: str, add_on: AddOn) -> Answer[AccountView]:
    """Activate an add-on; activating what is active changes nothing.

    SMS can be used only after its registration: `next_steps` says what is still to be done. An account that is billed
    directly is changed inside the account: `POST /accounts/{account_id}/sign-in-links` gives the link to it.
    """
    return request.execute(
        lambda: add_ons.activate(request.ports, request.actor, account_id, add_on),
        lambda account: present(request, account),
    )


@blueprint.operation("deactivate_add_on", "DELETE /accounts/{account_id}/add-ons/{add_on}", refusals=(Conflict,))
def deactivate_add_on(request: Request[None, NoQuery], account_id: str, add_on: AddOn) -> Answer[AccountView]:
    """Deactivate an add-on; deactivating what is inactive changes nothing.

    Deactivating SMS discards its registration.
    """
    return request.execute(
        lambda: add_ons.deactivate(request.ports, request.actor, account_id, add_on),
        lambda account: present(request, account),
    )

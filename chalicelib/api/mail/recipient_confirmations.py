"""Recipients outside the team: the page that their confirmation link opens, and asking one of them again."""

from __future__ import annotations

from chalicelib.api.http import html_responses
from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import AnyQuery, Body, NoQuery
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_fields import Email
from chalicelib.api.mail import deliveries as delivery_views
from chalicelib.domain.kernel.errors import Conflict, Gone
from chalicelib.domain.partners.partners import Partner
from chalicelib.services.mail import recipient_confirmations

blueprint = Blueprint(__name__)


class ConfirmationRequest(Body):
    """Who is to be asked to confirm again."""

    address: Email
    """A recipient in the settings."""


@blueprint.operation(
    "request_recipient_confirmation",
    "POST /recipient-confirmations",
    status=202,
    refusals=(Conflict,),
)
def request_recipient_confirmation(
    request: Request[ConfirmationRequest, NoQuery],
) -> Answer[delivery_views.DeliveryView]:
    """Ask a recipient in the settings to confirm once more.

    Confirming also lets mail go again to an address that bounced or unsubscribed. One that complained is not asked.
    """
    return request.execute(
        lambda: recipient_confirmations.request_again(request.ports, request.actor, request.body.address),
        delivery_views.present,
    )


@blueprint.operation(
    "look_at_recipient_confirmation",
    "GET /recipient-confirmations/{token}",
    refusals=(Gone,),
    media_type=html_responses.HTML,
    for_browsers=True,
)
def look_at_recipient_confirmation(request: Request[None, AnyQuery], token: str) -> str:
    """Get a page with a button; looking changes nothing, so that a mail scanner confirms nothing."""
    partner = recipient_confirmations.sender(request.ports, token)
    question = (
        f"{partner.name} will send its reports and bonus mail to your address. Each mail can be unsubscribed from."
    )
    return html_responses.page(f"Get mail from {partner.name}?", question, button="Confirm")


@blueprint.operation(
    "confirm_recipient",
    "POST /recipient-confirmations/{token}",
    keyed=False,
    ignore_body=True,
    refusals=(Gone,),
    media_type=html_responses.HTML,
    for_browsers=True,
)
def confirm_recipient(request: Request[None, AnyQuery], token: str) -> Answer[str]:
    """Confirm that this address wants the partner's mail."""

    def confirmed(partner: Partner) -> str:
        return html_responses.page("Confirmed", f"Your address gets the mail of {partner.name} from now on.")

    return request.execute(lambda: recipient_confirmations.confirm(request.ports, token), confirmed)

"""Ending recurring mail, from the link in it (RFC 8058) or by the button on the page that the link opens."""

from __future__ import annotations

from chalicelib.api.http import html_responses
from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import AnyQuery
from chalicelib.api.http.request import Request
from chalicelib.domain.partners.partners import Partner
from chalicelib.services.mail import unsubscribes

blueprint = Blueprint(__name__)


@blueprint.operation(
    "ask_to_unsubscribe", "GET /unsubscribes/{token}", media_type=html_responses.HTML, for_browsers=True
)
def ask_to_unsubscribe(request: Request[None, AnyQuery], token: str) -> str:
    """Get a page with a button; looking changes nothing, so that a mail scanner unsubscribes nobody."""
    sender = unsubscribes.sender(request.ports, token)
    sentence = f"You will get no more bonus mail and no more scheduled reports of {sender.name} at your address."
    return html_responses.page("Unsubscribe?", sentence, button="Unsubscribe")


@blueprint.operation(
    "unsubscribe",
    "POST /unsubscribes/{token}",
    keyed=False,
    ignore_body=True,
    media_type=html_responses.HTML,
    for_browsers=True,
)
def unsubscribe(request: Request[None, AnyQuery], token: str) -> Answer[str]:
    """End such mail to this recipient; a mail program may do it with one click."""

    def done(sender: Partner) -> str:
        return html_responses.page(
            "You are unsubscribed", f"Your address gets no more recurring mail of {sender.name}."
        )

    return request.execute(lambda: unsubscribes.unsubscribe(request.ports, token), done)

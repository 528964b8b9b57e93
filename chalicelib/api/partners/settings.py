"""The partner's own settings."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType, structs

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.schema_hints import one_of, within
from chalicelib.api.http.text_fields import Email, Reference
from chalicelib.domain.mail.recipient_confirmations import RecipientStatus
from chalicelib.domain.mail.suppressions import SuppressionReason
from chalicelib.domain.partners import rules
from chalicelib.domain.partners.partners import MAX_RECIPIENTS, Partner
from chalicelib.services.mail import recipient_confirmations
from chalicelib.services.partners import partners
from chalicelib.services.ports import MailPorts

blueprint = Blueprint(__name__)

TrackerFormat = Annotated[Reference, one_of(rules.TRACKER_FORMATS)]


class SettingsChange(Body):
    """What is left out stays."""

    recipients: Annotated[list[Email], Meta(extra_json_schema={"maxItems": MAX_RECIPIENTS})] | UnsetType = UNSET
    """At most 10 e-mail addresses that bonus mail and reports go to."""
    time_zone: Reference | UnsetType = UNSET
    """An IANA name, such as Europe/Berlin."""
    country: Reference | UnsetType = UNSET
    report_retention_days: Annotated[int, within(rules.RETENTION_DAYS)] | UnsetType = UNSET
    link_days: Annotated[int, within(rules.LINK_DAYS)] | UnsetType = UNSET
    """How long a link in an e-mail works."""
    tracker_formats: list[TrackerFormat] | UnsetType = UNSET
    """The formats of the bonus tracker that the nightly mail links to."""


class RecipientView(View):
    """A recipient of the settings, and whether mail goes to it."""

    address: str
    """The recipient's e-mail address."""
    status: RecipientStatus
    """`pending`: it has been asked to confirm, and gets no other mail until it has."""
    reason: SuppressionReason | None
    """Why a suppressed recipient gets no mail. One that bounced or unsubscribed can be asked to confirm again."""


class SettingsView(View):
    """The partner's settings."""

    recipients: list[str]
    recipient_states: list[RecipientView]
    """The same recipients, in the same order, and whether mail goes to them."""
    time_zone: str
    country: str
    report_retention_days: int
    link_days: int
    tracker_formats: list[TrackerFormat]
    version: int


def present(ports: MailPorts, partner: Partner) -> SettingsView:
    """Return the partner's settings as an answer."""
    settings = partner.settings
    states = recipient_confirmations.states(ports, partner)
    return SettingsView(
        recipients=list(settings.recipients),
        recipient_states=[RecipientView(address=s.address, status=s.status, reason=s.reason) for s in states],
        time_zone=settings.time_zone,
        country=settings.country,
        report_retention_days=settings.report_retention_days,
        link_days=settings.link_days,
        tracker_formats=list(settings.tracker_formats),
        version=partner.version,
    )


@blueprint.operation("get_settings", "GET /settings")
def get_settings(request: Request[None, NoQuery]) -> SettingsView:
    """Get the partner's settings."""
    return present(request.ports, request.partner)


@blueprint.operation("change_settings", "PATCH /settings", versioned=True)
def change_settings(request: Request[SettingsChange, NoQuery]) -> Answer[SettingsView]:
    """Change the partner's settings, within the platform's limits.

    A new recipient outside the team is mailed a link by which it confirms; until then it gets no other mail. The
    address of one that is taken out leaves scheduled reports, report runs and deliveries within minutes, unless it is a
    member's. A scheduled report that is left without an address is paused.
    """
    changed_values = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in structs.asdict(request.body).items()
        if value is not UNSET
    }

    return request.execute(
        lambda: partners.change_settings(request.ports, request.actor, request.version, changed_values),
        lambda partner: present(request.ports, partner),
    )

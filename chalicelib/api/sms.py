"""SMS registration: its form, its submission, and its review."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, structs

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Next, PageQuery, next_cursor, start_after
from chalicelib.api.http.operation import Body, Instant, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_fields import (
    ContactEmail,
    Ein,
    Phone,
    ReviewReason,
    SampleMessage,
    SenderName,
    SmsLine,
    SmsWebAddress,
    ZipCode,
)
from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Conflict
from chalicelib.domain.sms.form import BusinessType, OptInType, RegistrationForm, UseCase
from chalicelib.domain.sms.sms_registrations import Registration
from chalicelib.services.accounts import sms_registrations

blueprint = Blueprint(__name__)


class RegistrationBody(Body):
    """A draft may have gaps; a submission needs them filled."""

    legal_business_name: SmsLine = ""
    """The business's name in the register."""
    business_type: BusinessType | None = None
    """The kind of business; null while it is not known."""
    ein: Ein = ""
    """9 digits; needed for all but a sole proprietor."""
    street: SmsLine = ""
    """The street and number of the address."""
    city: SmsLine = ""
    """The city of the address."""
    state: SmsLine = ""
    """A US state, two capital letters; not PR or VI."""
    zip_code: ZipCode = ""
    """The ZIP code, 5 digits or ZIP+4."""
    website: SmsWebAddress = ""
    """The business's website; it or a Facebook page is needed."""
    facebook_page: SmsWebAddress = ""
    """The business's Facebook page."""
    privacy_policy_url: SmsWebAddress = ""
    """Where the privacy policy stands."""
    terms_url: SmsWebAddress = ""
    """Where the terms of the messages stand."""
    contact_name: SmsLine = ""
    """Whom the carriers may ask."""
    contact_phone: Phone = ""
    """The contact's phone number."""
    contact_email: ContactEmail = ""
    """Not at a free mailbox provider."""
    opt_in_type: OptInType | None = None
    """How people agree to get messages; null while it is not known."""
    use_case: UseCase | None = None
    """What the messages are for; null while it is not known."""
    sample_message: SampleMessage = ""
    """A message as it will be sent."""
    sender_name: SenderName = ""
    """Who the messages say they are from; fixed once approved."""


class RegistrationView(View):
    """An account's SMS registration."""

    account_id: str
    partner_id: str
    status: RegistrationStatus
    form: dict[str, str | None]
    monthly_limit: int | None
    """Messages a month; null without a limit."""
    submitted_at: Instant | None
    reviewed_at: Instant | None
    rejection: str | None
    """What the reviewer asks to be changed."""
    version: int


class RegistrationList(View):
    """A page of SMS registrations."""

    items: list[RegistrationView]
    next: Next = UNSET


class Review(Body):
    """What an operator says of a registration."""

    status: Literal["in_review", "approved", "rejected"]
    """What becomes of the registration."""
    reason: ReviewReason = ""
    """Needed to reject: what is to be changed."""


def present(registration: Registration) -> RegistrationView:
    """Return the registration as an answer."""
    form = registration.form
    return RegistrationView(
        account_id=registration.account_id,
        partner_id=registration.partner_id,
        status=registration.status,
        form={name: getattr(form, name) or None for name in RegistrationBody.__struct_fields__},
        monthly_limit=registration.monthly_limit,
        submitted_at=instant_text(registration.submitted_at) if registration.submitted_at else None,
        reviewed_at=instant_text(registration.reviewed_at) if registration.reviewed_at else None,
        rejection=registration.rejection,
        version=registration.version,
    )


@blueprint.operation("get_sms_registration", "GET /accounts/{account_id}/sms-registration")
def get_sms_registration(request: Request[None, NoQuery], account_id: str) -> RegistrationView:
    """Get an account's SMS registration; one that is not started has an empty form and the ETag "0"."""
    return present(sms_registrations.get(request.ports, request.actor, account_id))


@blueprint.operation(
    "edit_sms_registration", "PUT /accounts/{account_id}/sms-registration", versioned=True, refusals=(Conflict,)
)
def edit_sms_registration(request: Request[RegistrationBody, NoQuery], account_id: str) -> Answer[RegistrationView]:
    """Keep the form: start a draft, go on with it, or edit a rejected one."""
    form = RegistrationForm(**_tidied(request.body))
    return request.execute(
        lambda: sms_registrations.edit(request.ports, request.actor, account_id, request.version, form), present
    )


def _tidied(body: RegistrationBody) -> dict[str, Any]:
    values = structs.asdict(body)
    ein = body.ein
    return {**values, "ein": ein[:2] + ein[3:] if ein[2:3] == "-" else ein}


@blueprint.operation(
    "submit_sms_registration", "POST /accounts/{account_id}/sms-registration/submission", refusals=(Conflict,)
)
def submit_sms_registration(request: Request[None, NoQuery], account_id: str) -> Answer[RegistrationView]:
    """Hand the registration in for review."""
    return request.execute(lambda: sms_registrations.submit(request.ports, request.actor, account_id), present)


@blueprint.operation(
    "review_sms_registration", "POST /accounts/{account_id}/sms-registration/review", refusals=(Conflict,)
)
def review_sms_registration(request: Request[Review, NoQuery], account_id: str) -> Answer[RegistrationView]:
    """Take a registration up, approve it, or send it back."""
    body = request.body
    verdict = RegistrationStatus(body.status)
    return request.execute(
        lambda: sms_registrations.review(request.ports, request.actor, account_id, verdict, body.reason), present
    )


@blueprint.operation("list_sms_registrations", "GET /sms-registrations", partner_scoped=False)
def list_sms_registrations(request: Request[None, PageQuery]) -> RegistrationList:
    """List the registrations of all partners that wait for review, the longest waiting first."""
    page = request.ports.sms_registrations.waiting(start_after(request.query, ""), request.query.limit)
    return RegistrationList(
        items=[present(entry) for entry in page.items], next=next_cursor(request.query, "", page.next)
    )

"""SMS registration: its form, handing it in, and its review."""

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
from chalicelib.domain.sms.registrations import Registration
from chalicelib.services.accounts import sms_registrations

blueprint = Blueprint(__name__)


class RegistrationBody(Body):
    """A draft may have gaps; handing in needs them filled."""

    legal_business_name: SmsLine = ""
    business_type: BusinessType | None = None
    ein: Ein = ""
    """9 digits; needed for all but a sole proprietor."""
    street: SmsLine = ""
    city: SmsLine = ""
    state: SmsLine = ""
    """A US state, two capital letters; not PR or VI."""
    zip_code: ZipCode = ""
    website: SmsWebAddress = ""
    facebook_page: SmsWebAddress = ""
    privacy_policy_url: SmsWebAddress = ""
    terms_url: SmsWebAddress = ""
    contact_name: SmsLine = ""
    contact_phone: Phone = ""
    contact_email: ContactEmail = ""
    """Not at a free mailbox provider."""
    opt_in_type: OptInType | None = None
    use_case: UseCase | None = None
    sample_message: SampleMessage = ""
    sender_name: SenderName = ""


class RegistrationView(View):
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
    items: list[RegistrationView]
    next: Next = UNSET


class Review(Body):
    status: Literal["in_review", "approved", "rejected"]
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
    """Keep the form: start a draft, go on with it, or mend a rejected one."""
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
    page = request.ports.registrations.waiting(start_after(request.query, ""), request.query.limit)
    return RegistrationList(
        items=[present(entry) for entry in page.items], next=next_cursor(request.query, "", page.next)
    )

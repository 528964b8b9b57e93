"""The form of an SMS registration, and every check it must pass before it is submitted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from chalicelib.domain.kernel import field_rules
from chalicelib.domain.kernel.errors import FieldError, Invalid
from chalicelib.domain.kernel.free_mailboxes import is_free_mailbox
from chalicelib.domain.kernel.text_rules import problems

if TYPE_CHECKING:
    from collections.abc import Iterator

FACEBOOK_PAGE = re.compile(r"https?://(?:[a-z]+\.)?(?:facebook|fb)\.com/.")
EXCLUDED_ZIP = re.compile(r"00[6-9]")
"""Where the ZIP codes of Puerto Rico and the US Virgin Islands begin."""
EXCLUDED_TERRITORIES = frozenset({"PR", "VI"})
EXCLUDED = "Registration is not open to addresses in Puerto Rico or the US Virgin Islands."
STATES = frozenset(
    (
        "AL AK AZ AR CA CO CT DC DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY "
        "NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
    ).split()
)


class BusinessType(StrEnum):
    """What kind of business sends the messages."""

    PRIVATE_PROFIT = "private_profit"
    PUBLIC_PROFIT = "public_profit"
    SOLE_PROPRIETOR = "sole_proprietor"
    NON_PROFIT = "non_profit"
    GOVERNMENT = "government"


class OptInType(StrEnum):
    """How people agree to get messages."""

    WEB_FORM = "web_form"
    PAPER_FORM = "paper_form"
    TEXT_KEYWORD = "text_keyword"
    VERBAL = "verbal"
    QR_CODE = "qr_code"


class UseCase(StrEnum):
    """What the messages are for."""

    MARKETING = "marketing"
    ACCOUNT_NOTIFICATION = "account_notification"
    CUSTOMER_CARE = "customer_care"
    EVENTS = "events"
    FUNDRAISING = "fundraising"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationForm:
    """What is asked of a business that sends text messages in the US; an empty text is a value still to come."""

    legal_business_name: str = ""
    business_type: BusinessType | None = None
    ein: str = ""
    """Employer Identification Number, 9 digits; a dash after the second is taken away."""
    street: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""
    website: str = ""
    facebook_page: str = ""
    privacy_policy_url: str = ""
    terms_url: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    opt_in_type: OptInType | None = None
    use_case: UseCase | None = None
    sample_message: str = ""
    sender_name: str = ""

    @property
    def sole_proprietor_without_ein(self) -> bool:
        """The one kind of business that needs no EIN."""
        return self.business_type is BusinessType.SOLE_PROPRIETOR and not self.ein


REQUIRED = {
    "legal_business_name": "the legal name of the business",
    "business_type": "the type of business",
    "street": "the street and number",
    "city": "the city",
    "state": "the US state, two letters",
    "zip_code": "the ZIP code",
    "privacy_policy_url": "the address of the privacy policy",
    "terms_url": "the address of the terms",
    "contact_name": "the name of a person to contact",
    "contact_phone": "a phone number",
    "contact_email": "an e-mail address at the business's own domain",
    "opt_in_type": "how recipients opt in",
    "use_case": "what the messages are for",
    "sample_message": "a sample message",
    "sender_name": "the name that recipients see",
}


def require_draft(form: RegistrationForm) -> None:
    """Raise `Invalid` unless every value that is there may be kept: a draft may have gaps, not nonsense."""
    Invalid.unless_none([*_texts(form), *_places(form), *_mailbox(form.contact_email)])


def require_complete(form: RegistrationForm) -> None:
    """Raise `Invalid` unless the form can be submitted."""
    Invalid.unless_none([*_gaps(form), *_texts(form), *_places(form), *_mailbox(form.contact_email)])


def _gaps(form: RegistrationForm) -> Iterator[FieldError]:
    for name, meaning in REQUIRED.items():
        if not getattr(form, name):
            yield FieldError(f"/{name}", f"This is needed: {meaning}.")
    if not form.ein and form.business_type is not BusinessType.SOLE_PROPRIETOR:
        yield FieldError("/ein", "The 9-digit EIN is needed for every business but a sole proprietor.")
    if not form.website and not form.facebook_page:
        yield FieldError("/website", "A website or a Facebook page is needed.")


def _texts(form: RegistrationForm) -> list[FieldError]:
    return problems({name: getattr(form, name) for name in field_rules.SMS_REGISTRATION}, field_rules.SMS_REGISTRATION)


def _places(form: RegistrationForm) -> Iterator[FieldError]:
    if form.state in EXCLUDED_TERRITORIES:
        yield FieldError("/state", EXCLUDED)
    elif EXCLUDED_ZIP.match(form.zip_code):
        yield FieldError("/zip_code", EXCLUDED)
    elif form.state and form.state not in STATES:
        yield FieldError("/state", "A US state is two capital letters, such as CA.")
    page = form.facebook_page.lower()
    if page and not FACEBOOK_PAGE.match(page):
        yield FieldError("/facebook_page", "A Facebook page is an address such as https://www.facebook.com/name.")


def _mailbox(address: str) -> Iterator[FieldError]:
    if is_free_mailbox(address):
        yield FieldError(
            "/contact_email", "An address at the business's own domain is needed, not at a free mailbox provider."
        )

"""The rule for each text field of the product: API, import and OpenAPI document all take it from here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.person_names import PersonName
from chalicelib.domain.kernel.text_rules import Code, EmailAddress, Line, Paragraphs, PhoneNumber, Reference, WebAddress
from chalicelib.domain.kernel.usernames import PATTERN as USERNAME_PATTERN
from chalicelib.domain.kernel.usernames import RULE as USERNAME_RULE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.domain.kernel.text_rules import TextRule

REFERENCE = Reference()

# An account's profile.
USERNAME = Code(pattern=USERNAME_PATTERN, detail=f"{USERNAME_RULE}.", required=True)
ORGANIZATION = Line(max_length=120, required=True)
OWNER_NAME = Line(max_length=60)
EMAIL = EmailAddress(required=True)
PHONE = PhoneNumber()
WEBSITE = WebAddress(max_length=300)
PARTNER_ACCOUNT_ID = Line(max_length=80)
SEARCH = Line(max_length=120, required=True)

# Partners, their people and their settings.
PARTNER_NAME = Line(max_length=120, required=True)
MEMBER_NAME = PersonName(line=Line(max_length=120, required=True))
GREETING = Paragraphs(max_length=500)
SLUG = Code(
    pattern=re.compile(r"[a-z0-9-]{3,40}"),
    detail="A slug has 3 to 40 of the characters a-z 0-9 and -.",
    required=True,
)
LOGO_URL = WebAddress(max_length=300, schemes=("https",))

# What people write to each other.
BRIEF = Paragraphs(max_length=4000, required=True)
REVIEW_REASON = Paragraphs(max_length=1000)
HOLD_REASON = Line(max_length=300)
CONSENT_GIVEN_BY = Line(max_length=120, required=True)
CONSENT_EVIDENCE = Paragraphs(max_length=500, required=True)

PAYMENT_REFERENCE = Line(max_length=80, required=True)

# The SMS registration; a draft may have gaps, so that nothing is required here.
SMS_LINE = Line(max_length=1000)
SMS_WEB_ADDRESS = WebAddress(max_length=1000)
EIN_AS_TYPED = Code(pattern=re.compile(r"[0-9]{2}-?[0-9]{7}"), detail="An EIN has 9 digits, such as 12-3456789.")
SMS_REGISTRATION: Mapping[str, TextRule] = {
    "legal_business_name": SMS_LINE,
    "ein": Code(pattern=re.compile(r"[0-9]{9}"), detail="An EIN has 9 digits."),
    "street": SMS_LINE,
    "city": SMS_LINE,
    "state": SMS_LINE,
    "zip_code": Code(pattern=re.compile(r"[0-9]{5}(?:-[0-9]{4})?"), detail="A ZIP code has 5 digits, or 5 and 4."),
    "website": SMS_WEB_ADDRESS,
    "facebook_page": SMS_WEB_ADDRESS,
    "privacy_policy_url": SMS_WEB_ADDRESS,
    "terms_url": SMS_WEB_ADDRESS,
    "contact_name": SMS_LINE,
    "contact_phone": PHONE,
    "contact_email": EmailAddress(),
    "sample_message": Paragraphs(max_length=1000),
    "sender_name": Code(
        pattern=re.compile(r"[A-Za-z0-9][A-Za-z0-9 &'.-]{1,29}"),
        detail="A sender name has 2 to 30 letters, digits, spaces and & ' . - signs.",
    ),
}

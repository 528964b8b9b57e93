"""Text fields as bodies and queries declare them; their rules are `domain/field_rules.py`'s."""

from __future__ import annotations

from typing import Annotated

from chalicelib.api.http.text_values import ruled
from chalicelib.domain.kernel import field_rules

Username = Annotated[str, ruled(field_rules.USERNAME, field_rules.USERNAME.detail)]
Organization = Annotated[str, ruled(field_rules.ORGANIZATION)]
OwnerName = Annotated[str, ruled(field_rules.OWNER_NAME)]
Email = Annotated[str, ruled(field_rules.EMAIL, "One that mail can be sent to; its domain may be of any script.")]
Phone = Annotated[str, ruled(field_rules.PHONE, "5 to 15 digits, and spaces and + ( ) . - signs among them.")]
Website = Annotated[str, ruled(field_rules.WEBSITE, "Starts with http:// or https://.")]
PartnerAccountId = Annotated[str, ruled(field_rules.PARTNER_ACCOUNT_ID)]
SearchText = Annotated[
    str,
    ruled(
        field_rules.SEARCH,
        "Words in any order, each the beginning of a word of the username, organization, owner's name, e-mail or your "
        "own id, whatever its case and spelling in Unicode. The account with this whole username or account id comes "
        "first.",
    ),
]
PartnerName = Annotated[str, ruled(field_rules.PARTNER_NAME)]
MemberName = Annotated[str, ruled(field_rules.MEMBER_NAME)]
Slug = Annotated[str, ruled(field_rules.SLUG)]
Greeting = Annotated[str, ruled(field_rules.GREETING)]
LogoUrl = Annotated[str, ruled(field_rules.LOGO_URL, "Starts with https://.")]
Brief = Annotated[str, ruled(field_rules.BRIEF)]
ReviewReason = Annotated[str, ruled(field_rules.REVIEW_REASON)]
HoldReason = Annotated[str, ruled(field_rules.HOLD_REASON)]
ConsentGivenBy = Annotated[str, ruled(field_rules.CONSENT_GIVEN_BY)]
ConsentEvidence = Annotated[str, ruled(field_rules.CONSENT_EVIDENCE)]
PaymentReference = Annotated[str, ruled(field_rules.PAYMENT_REFERENCE)]
Reference = Annotated[str, ruled(field_rules.REFERENCE)]
"""What names something that must exist, or is one of the words that a refusal lists."""

SmsLine = Annotated[str, ruled(field_rules.SMS_LINE)]
SmsWebAddress = Annotated[str, ruled(field_rules.SMS_WEB_ADDRESS)]
Ein = Annotated[str, ruled(field_rules.EIN_AS_TYPED)]
ZipCode = Annotated[str, ruled(field_rules.SMS_REGISTRATION["zip_code"])]
ContactEmail = Annotated[str, ruled(field_rules.SMS_REGISTRATION["contact_email"])]
SampleMessage = Annotated[str, ruled(field_rules.SMS_REGISTRATION["sample_message"])]
SenderName = Annotated[str, ruled(field_rules.SMS_REGISTRATION["sender_name"])]

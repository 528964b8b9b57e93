"""The tables of accounts and of what belongs to one account."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.accounts import AccountType, BillingMode, Hold, Status
from chalicelib.domain.add_ons import AddOn
from chalicelib.domain.bonuses import BonusStatus
from chalicelib.domain.departures import CancelReason, Event
from chalicelib.domain.permissions import PermissionState
from chalicelib.domain.plans import Plan
from chalicelib.domain.sms import RegistrationState
from chalicelib.storage.tables.attributes import ChoiceAttribute, ChoicesAttribute, DateAttribute, InstantAttribute


class AccountsByStanding(GlobalSecondaryIndex["Accounts"]):
    """Accounts in the order of lists."""

    class Meta:
        index_name = "by_standing"
        projection = AllProjection()

    partner_id = UnicodeAttribute(hash_key=True)
    standing = UnicodeAttribute(range_key=True)


class AccountsByDue(GlobalSecondaryIndex["Accounts"]):
    """Accounts that the calendar will change, the next first."""

    class Meta:
        index_name = "by_due"
        projection = AllProjection()

    partner_id = UnicodeAttribute(hash_key=True)
    due = UnicodeAttribute(range_key=True)


class Accounts(Model):
    """One row an account, at most 1 KB where its texts are in Latin letters."""

    class Meta:
        table_name = "accounts"

    by_standing: ClassVar = AccountsByStanding()
    by_due: ClassVar = AccountsByDue()

    partner_id = UnicodeAttribute(hash_key=True)
    account_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    standing = UnicodeAttribute()
    due = UnicodeAttribute(null=True)
    search = UnicodeAttribute()
    username = UnicodeAttribute()
    organization = UnicodeAttribute()
    owner_first_name = UnicodeAttribute(null=True)
    owner_last_name = UnicodeAttribute(null=True)
    owner_email = UnicodeAttribute(null=True)
    owner_phone = UnicodeAttribute(null=True)
    website = UnicodeAttribute(null=True)
    partner_account_id = UnicodeAttribute(null=True)
    account_type = ChoiceAttribute(AccountType)
    billing_mode = ChoiceAttribute(BillingMode)
    plan = ChoiceAttribute(Plan)
    status = ChoiceAttribute(Status)
    holds = ChoicesAttribute(Hold)
    created_on = DateAttribute()
    trial_ends_on = DateAttribute(null=True)
    initial_upgrade_on = DateAttribute(null=True)
    cancelled_on = DateAttribute(null=True)
    cancel_reason = ChoiceAttribute(CancelReason, null=True)
    add_ons = ChoicesAttribute(AddOn)
    sms_registration = ChoiceAttribute(RegistrationState)
    bonus_status = ChoiceAttribute(BonusStatus)
    bonus_earned_on = DateAttribute(null=True)
    permission_ends_on = DateAttribute(null=True)
    erased = BooleanAttribute(null=True)
    list_size = NumberAttribute()
    login_count = NumberAttribute()
    last_login_on = DateAttribute(null=True)
    campaigns_sent = NumberAttribute()
    last_campaign_on = DateAttribute(null=True)
    activity_as_of = InstantAttribute(null=True)


class Usernames(Model):
    """Who has a username; casefolded, so unique whatever its case."""

    class Meta:
        table_name = "usernames"

    username = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute()
    account_id = UnicodeAttribute()


class DeparturesByAccount(GlobalSecondaryIndex["Departures"]):
    """An account's departures, from whichever partner."""

    class Meta:
        index_name = "by_account"
        projection = AllProjection()

    account_id = UnicodeAttribute(hash_key=True)
    departure = UnicodeAttribute(range_key=True)


class Departures(Model):
    """Accounts that left a partner; the range key is `effective_on#account_id#event`."""

    class Meta:
        table_name = "departures"

    by_account: ClassVar = DeparturesByAccount()

    partner_id = UnicodeAttribute(hash_key=True)
    departure = UnicodeAttribute(range_key=True)
    account_id = UnicodeAttribute()
    event = ChoiceAttribute(Event)
    effective_on = DateAttribute()
    username = UnicodeAttribute()
    organization = UnicodeAttribute()
    account_type = ChoiceAttribute(AccountType)
    plan = ChoiceAttribute(Plan)
    reason = ChoiceAttribute(CancelReason, null=True)
    client_since = DateAttribute()
    consent = UnicodeAttribute(null=True)


class BonusesByPartner(GlobalSecondaryIndex["Bonuses"]):
    """A partner's bonuses, the oldest first."""

    class Meta:
        index_name = "by_partner"
        projection = AllProjection()

    partner_id = UnicodeAttribute(hash_key=True)
    earned = UnicodeAttribute(range_key=True)


class UnannouncedBonuses(GlobalSecondaryIndex["Bonuses"]):
    """A partner's bonuses whose mail has not been seen to; sparse."""

    class Meta:
        index_name = "unannounced"
        projection = AllProjection()

    unannounced_partner = UnicodeAttribute(hash_key=True)
    earned = UnicodeAttribute(range_key=True)


class Bonuses(Model):
    """Earned bonuses; the account is the key, so that it earns one in its whole life."""

    class Meta:
        table_name = "bonuses"

    by_partner: ClassVar = BonusesByPartner()
    unannounced: ClassVar = UnannouncedBonuses()

    account_id = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute()
    version = NumberAttribute()
    earned = UnicodeAttribute()
    unannounced_partner = UnicodeAttribute(null=True)
    username = UnicodeAttribute()
    organization = UnicodeAttribute()
    initial_upgrade_on = DateAttribute()
    earned_on = DateAttribute()
    amount = NumberAttribute()
    currency = UnicodeAttribute()
    paid_on = DateAttribute(null=True)
    payment_reference = UnicodeAttribute(null=True)


class RegistrationsByReview(GlobalSecondaryIndex["SmsRegistrations"]):
    """Registrations that wait for review, the longest waiting first; sparse."""

    class Meta:
        index_name = "by_review"
        projection = AllProjection()

    review_bucket = UnicodeAttribute(hash_key=True)
    submitted = UnicodeAttribute(range_key=True)


class SmsRegistrations(Model):
    """SMS registrations, one an account."""

    class Meta:
        table_name = "sms-registrations"

    by_review: ClassVar = RegistrationsByReview()

    partner_id = UnicodeAttribute(hash_key=True)
    account_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    state = ChoiceAttribute(RegistrationState)
    form = UnicodeAttribute()
    started_at = InstantAttribute()
    submitted_at = InstantAttribute(null=True)
    reviewed_at = InstantAttribute(null=True)
    reviewed_by = UnicodeAttribute(null=True)
    rejection = UnicodeAttribute(null=True)
    review_bucket = UnicodeAttribute(null=True)
    submitted = UnicodeAttribute(null=True)


class PermissionRequests(Model):
    """Requests for permission to manage; the range key is `account_id#permission_request_id`."""

    class Meta:
        table_name = "permission-requests"

    partner_id = UnicodeAttribute(hash_key=True)
    account_request = UnicodeAttribute(range_key=True)
    permission_request_id = UnicodeAttribute()
    version = NumberAttribute()
    account_id = UnicodeAttribute()
    requested_by = UnicodeAttribute()
    requested_at = InstantAttribute()
    expires_on = DateAttribute()
    state = ChoiceAttribute(PermissionState)
    ended_at = InstantAttribute(null=True)
    ended_by = UnicodeAttribute(null=True)

"""The table of accounts."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason, RegistrationStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, ChoicesAttribute, DateAttribute, InstantAttribute


class AccountsByListOrder(GlobalSecondaryIndex["Accounts"]):
    """Accounts in the order of lists."""

    class Meta:
        index_name = "by_list_order"
        projection = AllProjection()

    partner_id = UnicodeAttribute(hash_key=True)
    list_sort_key = UnicodeAttribute(range_key=True)


class AccountsByDue(GlobalSecondaryIndex["Accounts"]):
    """Accounts with a scheduled change, the next due first; sparse."""

    class Meta:
        index_name = "by_due"
        projection = AllProjection()

    partner_id = UnicodeAttribute(hash_key=True)
    due = UnicodeAttribute(range_key=True)


NARROWED_BY = ["status", "account_type", "plan", "billing_mode"]
"""What an index that only orders has beside its keys: filters that change seldom."""


class AccountsByCreated(GlobalSecondaryIndex["Accounts"]):
    """Accounts by the day they were created."""

    class Meta:
        index_name = "by_created"
        projection = IncludeProjection(NARROWED_BY)

    partner_id = UnicodeAttribute(hash_key=True)
    created_on = UnicodeAttribute(range_key=True)


class AccountsByListSize(GlobalSecondaryIndex["Accounts"]):
    """Accounts by the size of their list."""

    class Meta:
        index_name = "by_list_size"
        projection = IncludeProjection(NARROWED_BY)

    partner_id = UnicodeAttribute(hash_key=True)
    list_size = NumberAttribute(range_key=True)


class AccountsByLastLogin(GlobalSecondaryIndex["Accounts"]):
    """Accounts by their last login; sparse."""

    class Meta:
        index_name = "by_last_login"
        projection = IncludeProjection(NARROWED_BY)

    partner_id = UnicodeAttribute(hash_key=True)
    last_login_on = UnicodeAttribute(range_key=True)


class AccountsByTrialEnd(GlobalSecondaryIndex["Accounts"]):
    """Accounts by the end of their trial; sparse."""

    class Meta:
        index_name = "by_trial_end"
        projection = IncludeProjection(NARROWED_BY)

    partner_id = UnicodeAttribute(hash_key=True)
    trial_ends_on = UnicodeAttribute(range_key=True)


class AccountsByFirstPayment(GlobalSecondaryIndex["Accounts"]):
    """Accounts by their first payment; sparse."""

    class Meta:
        index_name = "by_first_payment"
        projection = IncludeProjection(NARROWED_BY)

    partner_id = UnicodeAttribute(hash_key=True)
    initial_upgrade_on = UnicodeAttribute(range_key=True)


class Accounts(Model):
    """One row an account, at most 1 KB where its texts are in Latin letters."""

    class Meta:
        table_name = "accounts"

    by_list_order: ClassVar = AccountsByListOrder()
    by_due: ClassVar = AccountsByDue()
    by_created: ClassVar = AccountsByCreated()
    by_list_size: ClassVar = AccountsByListSize()
    by_last_login: ClassVar = AccountsByLastLogin()
    by_trial_end: ClassVar = AccountsByTrialEnd()
    by_first_payment: ClassVar = AccountsByFirstPayment()

    partner_id = UnicodeAttribute(hash_key=True)
    account_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    list_sort_key = UnicodeAttribute()
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
    client_add_ons = ChoicesAttribute(AddOn)
    sms_registration = ChoiceAttribute(RegistrationStatus)
    bonus_status = ChoiceAttribute(BonusStatus)
    bonus_earned_on = DateAttribute(null=True)
    permission_ends_on = DateAttribute(null=True)
    erased = BooleanAttribute(null=True)
    erased_at = InstantAttribute(null=True)
    list_size = NumberAttribute()
    login_count = NumberAttribute()
    last_login_on = DateAttribute(null=True)
    campaigns_sent = NumberAttribute()
    last_campaign_on = DateAttribute(null=True)
    activity_as_of = InstantAttribute(null=True)

"""The table of departures."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.accounts import AccountType
from chalicelib.domain.departures import CancelReason, Event
from chalicelib.domain.plans import Plan
from chalicelib.storage.tables.attributes import ChoiceAttribute, DateAttribute


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

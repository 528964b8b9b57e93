"""The table of erasures."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.erasures import ErasureState
from chalicelib.storage.tables.attributes import ChoiceAttribute, InstantAttribute, TextsAttribute


class ErasuresByOpen(GlobalSecondaryIndex["Erasures"]):
    """Those that are not done, the longest waiting first; sparse."""

    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_bucket = UnicodeAttribute(hash_key=True)
    since = UnicodeAttribute(range_key=True)


class ErasuresByAccount(GlobalSecondaryIndex["Erasures"]):
    """An account's erasures, with whichever partner."""

    class Meta:
        index_name = "by_account"
        projection = AllProjection()

    account_id = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute(range_key=True)


class Erasures(Model):
    """Removals of a person from all that a partner has."""

    class Meta:
        table_name = "erasures"

    by_open: ClassVar = ErasuresByOpen()
    by_account: ClassVar = ErasuresByAccount()

    partner_id = UnicodeAttribute(hash_key=True)
    account_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    requested_by = UnicodeAttribute()
    requested_at = InstantAttribute()
    last_heartbeat_at = InstantAttribute()
    state = ChoiceAttribute(ErasureState)
    traces = TextsAttribute()
    renamed_to = UnicodeAttribute(null=True)
    waiting_for = UnicodeAttribute(null=True)
    finished_at = InstantAttribute(null=True)
    open_bucket = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)

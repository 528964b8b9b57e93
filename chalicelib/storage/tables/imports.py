"""The table of imports."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.access import Role
from chalicelib.domain.import_columns import ImportKind
from chalicelib.domain.import_dates import DateFormat
from chalicelib.domain.imports import ImportState
from chalicelib.storage.tables.attributes import ChoiceAttribute, InstantAttribute


class ImportsByOpen(GlobalSecondaryIndex["Imports"]):
    """Those that are not done, the longest waiting first; sparse."""

    class Meta:
        index_name = "by_open"
        projection = AllProjection()

    open_bucket = UnicodeAttribute(hash_key=True)
    since = UnicodeAttribute(range_key=True)


class Imports(Model):
    """Imports, and of each partner the turn of the one that runs."""

    class Meta:
        table_name = "imports"

    by_open: ClassVar = ImportsByOpen()

    partner_id = UnicodeAttribute(hash_key=True)
    import_id = UnicodeAttribute(range_key=True)
    turn_of = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    kind = ChoiceAttribute(ImportKind, null=True)
    requested_by = UnicodeAttribute(null=True)
    role = ChoiceAttribute(Role, null=True)
    created_at = InstantAttribute(null=True)
    state = ChoiceAttribute(ImportState, null=True)
    started_at = InstantAttribute(null=True)
    finished_at = InstantAttribute(null=True)
    held_until = InstantAttribute(null=True)
    attempts = NumberAttribute(null=True)
    upload = UnicodeAttribute(null=True)
    date_format = ChoiceAttribute(DateFormat, null=True)
    understood = UnicodeAttribute(null=True)
    total_rows = NumberAttribute(null=True)
    reached = UnicodeAttribute(null=True)
    tally = UnicodeAttribute(null=True)
    rejections = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    open_bucket = UnicodeAttribute(null=True)
    since = UnicodeAttribute(null=True)

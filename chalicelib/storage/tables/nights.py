"""The table of nightly runs."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.storage.tables.attributes import DateAttribute, InstantAttribute


class NightlyRuns(Model):
    """Each night's run, and what it did for each partner."""

    class Meta:
        table_name = "nightly-runs"

    date = DateAttribute(hash_key=True)
    partner_id = UnicodeAttribute(range_key=True)
    started_at = InstantAttribute(null=True)
    partners = NumberAttribute(null=True)
    finished_at = InstantAttribute(null=True)
    settled = NumberAttribute(null=True)
    bonuses = NumberAttribute(null=True)
    failures = NumberAttribute(null=True)
    done_at = InstantAttribute(null=True)

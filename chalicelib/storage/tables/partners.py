"""The table of partners."""

from __future__ import annotations

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.storage.tables.attributes import DateAttribute, InstantAttribute, TextsAttribute


class Partners(Model):
    """Partners with their terms and settings."""

    class Meta:
        table_name = "partners"

    partner_id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    name = UnicodeAttribute()
    created_at = InstantAttribute()
    trial_days = NumberAttribute()
    bonus_amount = NumberAttribute()
    bonus_currency = UnicodeAttribute()
    single_bill_enabled = BooleanAttribute()
    permission_days = NumberAttribute()
    daily_mail_budget = NumberAttribute()
    trial_account_limit = NumberAttribute()
    recipients = TextsAttribute()
    confirmed_recipients = TextsAttribute()
    time_zone = UnicodeAttribute()
    report_retention_days = NumberAttribute()
    link_days = NumberAttribute()
    tracker_formats = TextsAttribute()
    suspended = BooleanAttribute()
    admin_count = NumberAttribute()
    settled_on = DateAttribute(null=True)

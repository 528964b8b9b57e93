"""The tables of partners, their members and counters, and of what everything that happens leaves behind."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import BinaryAttribute, BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.access import Role
from chalicelib.storage.tables.attributes import ChoiceAttribute, DateAttribute, InstantAttribute, TextsAttribute


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
    recipients = TextsAttribute()
    time_zone = UnicodeAttribute()
    report_retention_days = NumberAttribute()
    link_days = NumberAttribute()
    tracker_formats = TextsAttribute()
    suspended = BooleanAttribute()
    admin_count = NumberAttribute()
    settled_on = DateAttribute(null=True)


class Counters(Model):
    """How many accounts a partner has, in eight parts; one number a standing, absent while it was never touched."""

    class Meta:
        table_name = "counters"

    partner_id = UnicodeAttribute(hash_key=True)
    shard = UnicodeAttribute(range_key=True)
    open_managed = NumberAttribute(null=True, attr_name="O#managed")
    open_referred = NumberAttribute(null=True, attr_name="O#referred")
    trial_managed = NumberAttribute(null=True, attr_name="T#managed")
    trial_referred = NumberAttribute(null=True, attr_name="T#referred")
    expired_managed = NumberAttribute(null=True, attr_name="E#managed")
    expired_referred = NumberAttribute(null=True, attr_name="E#referred")
    cancelled_managed = NumberAttribute(null=True, attr_name="C#managed")
    cancelled_referred = NumberAttribute(null=True, attr_name="C#referred")


class MembersByPartner(GlobalSecondaryIndex["Members"]):
    """A partner's team, by role."""

    class Meta:
        index_name = "by_partner"
        projection = AllProjection()

    partner_id = UnicodeAttribute(hash_key=True)
    role_subject = UnicodeAttribute(range_key=True)


class Members(Model):
    """Who may act for whom, in which role."""

    class Meta:
        table_name = "members"

    by_partner: ClassVar = MembersByPartner()

    subject = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    partner_id = UnicodeAttribute(null=True)
    role = ChoiceAttribute(Role)
    role_subject = UnicodeAttribute()
    email = UnicodeAttribute()
    name = UnicodeAttribute()
    since = InstantAttribute()


class Invites(Model):
    """What a partner's link shows, and how often it was visited and signed up through."""

    class Meta:
        table_name = "invites"

    partner_id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    slug = UnicodeAttribute()
    greeting = UnicodeAttribute()
    logo_url = UnicodeAttribute(null=True)
    changed_at = InstantAttribute(null=True)
    visits = NumberAttribute(null=True)
    sign_ups = NumberAttribute(null=True)


class InviteSlugs(Model):
    """Who has a slug."""

    class Meta:
        table_name = "invite-slugs"

    slug = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute()


class AuditByAccount(GlobalSecondaryIndex["Audit"]):
    """What was changed of one account of a partner."""

    class Meta:
        index_name = "by_account"
        projection = AllProjection()

    partner_account = UnicodeAttribute(hash_key=True)
    audit_id = UnicodeAttribute(range_key=True)


class Audit(Model):
    """Who changed what, when and for whom."""

    class Meta:
        table_name = "audit"

    by_account: ClassVar = AuditByAccount()

    partner_id = UnicodeAttribute(hash_key=True)
    audit_id = UnicodeAttribute(range_key=True)
    at = InstantAttribute()
    kind = UnicodeAttribute()
    subject = UnicodeAttribute()
    role = UnicodeAttribute()
    acting_for = UnicodeAttribute(null=True)
    account_id = UnicodeAttribute(null=True)
    partner_account = UnicodeAttribute(null=True)
    changes = UnicodeAttribute(null=True)


class Requests(Model):
    """Requests that have had their effect, and what was answered."""

    class Meta:
        table_name = "requests"

    request_hash = UnicodeAttribute(hash_key=True)
    fingerprint = UnicodeAttribute()
    status = NumberAttribute()
    location = UnicodeAttribute(null=True)
    body = BinaryAttribute(legacy_encoding=False)
    at = InstantAttribute()
    expires_at = InstantAttribute()
    ttl = NumberAttribute()

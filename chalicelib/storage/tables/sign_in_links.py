"""The table of sign-in links."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.storage.tables.attributes import InstantAttribute


class SignInLinks(Model):
    """One-time links into accounts; an account has one."""

    class Meta:
        table_name = "sign-in-links"

    account_id = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute()
    token_hash = UnicodeAttribute()
    subject = UnicodeAttribute()
    role = UnicodeAttribute()
    issued_at = InstantAttribute()
    expires_at = InstantAttribute()
    ttl = NumberAttribute()

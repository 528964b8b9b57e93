"""The table of professional services."""

from __future__ import annotations

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.services_desk import ServiceKind, ServiceState
from chalicelib.storage.tables.attributes import ChoiceAttribute, InstantAttribute


class ServiceRequests(Model):
    """Professional services asked for."""

    class Meta:
        table_name = "service-requests"

    partner_id = UnicodeAttribute(hash_key=True)
    service_request_id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    account_id = UnicodeAttribute()
    username = UnicodeAttribute()
    organization = UnicodeAttribute()
    kind = ChoiceAttribute(ServiceKind)
    brief = UnicodeAttribute()
    requested_by = UnicodeAttribute()
    requested_at = InstantAttribute()
    changed_at = InstantAttribute()
    budget = UnicodeAttribute(null=True)
    may_contact_client = BooleanAttribute()
    quote = UnicodeAttribute(null=True)
    price = UnicodeAttribute(null=True)
    state = ChoiceAttribute(ServiceState)

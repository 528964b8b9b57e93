"""The table of requests for permission."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.permissions import PermissionState
from chalicelib.storage.tables.attributes import ChoiceAttribute, DateAttribute, InstantAttribute


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

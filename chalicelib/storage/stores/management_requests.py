"""Requests for permission to manage, on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.accounts.management_requests import PermissionRequest, PermissionState
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, DateAttribute, InstantAttribute
from chalicelib.storage.dynamo.mapper import flat
from chalicelib.storage.dynamo.query import HIGHEST, Selection

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


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


def _key(request: PermissionRequest) -> dict[str, str]:
    return {"account_request": f"{request.account_id}#{request.permission_request_id}"}


PERMISSION = flat(PermissionRequest, PermissionRequests, derive=_key)


class DynamoPermissions:
    """A PermissionStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def latest(self, partner_id: str, account_id: str) -> PermissionRequest | None:
        """The account's last request, read strongly consistent; ids sort by the time they were made."""
        its = Selection(
            table=PermissionRequests,
            partition=partner_id,
            first=f"{account_id}#",
            last=f"{account_id}#{HIGHEST}",
            backwards=True,
            consistent=True,
        )
        return next(iter(self._reader.first(PERMISSION, its, 1)), None)

"""Requests for permission to manage, on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.access import FORMER_NAMES
from chalicelib.domain.accounts.management_requests import ManagementRequest, ManagementRequestStatus
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, DateAttribute, InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import HIGHEST, KeyQuery

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


class ManagementRequests(Model):
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
    status = ChoiceAttribute(ManagementRequestStatus)
    ended_at = InstantAttribute(null=True)
    ended_by = UnicodeAttribute(null=True)


def _key(request: ManagementRequest) -> dict[str, str]:
    return {"account_request": f"{request.account_id}#{request.permission_request_id}"}


MANAGEMENT_REQUEST = dataclass_mapper(
    ManagementRequest, ManagementRequests, derive=_key, former={"ended_by": FORMER_NAMES}
)


class DynamoManagementRequests:
    """A ManagementRequestStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def latest(self, partner_id: str, account_id: str) -> ManagementRequest | None:
        """Return the account's last request, read strongly consistent; ids sort by the time they were made."""
        key_query = KeyQuery(
            table=ManagementRequests,
            partition=partner_id,
            lower=f"{account_id}#",
            upper=f"{account_id}#{HIGHEST}",
            descending=True,
            consistent=True,
        )
        return next(iter(self._reader.first(MANAGEMENT_REQUEST, key_query, 1)), None)

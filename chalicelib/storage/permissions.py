"""Requests for permission to manage, on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.permissions import PermissionRequest
from chalicelib.storage.codec import flat
from chalicelib.storage.selection import HIGHEST, Selection
from chalicelib.storage.tables.permissions import PermissionRequests

if TYPE_CHECKING:
    from chalicelib.storage.reader import Reader


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

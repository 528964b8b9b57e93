"""Service requests on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.errors import NotFound
from chalicelib.domain.money import Money
from chalicelib.domain.services_desk import ServiceRequest
from chalicelib.storage.codec import flat
from chalicelib.storage.selection import Selection
from chalicelib.storage.tables.services_desk import ServiceRequests

if TYPE_CHECKING:
    from chalicelib.domain.paging import Page
    from chalicelib.storage.reader import Reader

SERVICE_REQUEST = flat(
    ServiceRequest, ServiceRequests, json={"budget": Money, "quote": Money, "price": Money}, proof=True
)


class DynamoServiceRequests:
    """A ServiceRequestStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, service_request_id: str) -> ServiceRequest:
        """The request, read strongly consistent."""
        request = self._reader.get(SERVICE_REQUEST, partner_id, service_request_id)
        if request is None:
            raise NotFound("There is no such service request.")
        return request

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[ServiceRequest]:
        """The latest first."""
        its = Selection(table=ServiceRequests, partition=partner_id, backwards=True)
        return self._reader.page(SERVICE_REQUEST, its.after(after), limit)

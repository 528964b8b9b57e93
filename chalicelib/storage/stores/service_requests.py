"""Service requests on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.service_requests import ServiceKind, ServiceRequest, ServiceRequestStatus
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import KeyQuery

if TYPE_CHECKING:
    from chalicelib.domain.kernel.paging import BoundedCount, Page
    from chalicelib.storage.dynamo.reader import Reader


class ServiceRequestsByStatus(GlobalSecondaryIndex["ServiceRequests"]):
    """The requests of all partners in one state, the longest waiting first."""

    class Meta:
        index_name = "by_status"
        projection = AllProjection()

    status = ChoiceAttribute(ServiceRequestStatus, hash_key=True)
    service_request_id = UnicodeAttribute(range_key=True)


class ServiceRequests(Model):
    """Professional services asked for."""

    class Meta:
        table_name = "service-requests"

    by_status: ClassVar = ServiceRequestsByStatus()

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
    status = ChoiceAttribute(ServiceRequestStatus)


SERVICE_REQUEST = dataclass_mapper(
    ServiceRequest, ServiceRequests, json={"budget": Money, "quote": Money, "price": Money}, write_once_id=True
)


class DynamoServiceRequests:
    """A ServiceRequestStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, partner_id: str, service_request_id: str) -> ServiceRequest:
        """Return the request, read strongly consistent."""
        request = self._reader.get(SERVICE_REQUEST, partner_id, service_request_id)
        if request is None:
            raise NotFound("There is no such service request.")
        return request

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[ServiceRequest]:
        """Return the latest first."""
        key_query = KeyQuery(table=ServiceRequests, partition=partner_id, descending=True)
        return self._reader.page(SERVICE_REQUEST, key_query.after(after), limit)

    def waiting(self, status: ServiceRequestStatus, after: str | None, limit: int) -> Page[ServiceRequest]:
        """Return those of all partners in this state, the longest waiting first."""
        return self._reader.page(SERVICE_REQUEST, _in_state(status).after(after), limit)

    def count_waiting(self, status: ServiceRequestStatus, limit: int) -> BoundedCount:
        """Count those of all partners in this state, up to the limit."""
        return self._reader.count(_in_state(status), limit)


def _in_state(status: ServiceRequestStatus) -> KeyQuery:
    return KeyQuery(table=ServiceRequests, partition=status, index="by_status")

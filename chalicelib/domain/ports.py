"""Everything use cases need from outside, as one argument: `bootstrap.Container`, or the tests' fakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.account_query import AccountStore
    from chalicelib.domain.audit import AuditStore
    from chalicelib.domain.bonuses import BonusStore
    from chalicelib.domain.changes import Journal
    from chalicelib.domain.clock import Clock
    from chalicelib.domain.counters import CounterStore
    from chalicelib.domain.departures import DepartureStore
    from chalicelib.domain.files import FileStore
    from chalicelib.domain.idempotency import RequestStore
    from chalicelib.domain.imports import ImportStore
    from chalicelib.domain.invites import InviteStore
    from chalicelib.domain.members import MemberStore
    from chalicelib.domain.partners import PartnerStore
    from chalicelib.domain.permissions import PermissionStore
    from chalicelib.domain.queues import Queue
    from chalicelib.domain.reports import ReportRunStore
    from chalicelib.domain.services_desk import ServiceRequestStore
    from chalicelib.domain.sign_in_links import SignInLinkStore
    from chalicelib.domain.sign_ins import SignIns
    from chalicelib.domain.sms import RegistrationStore
    from chalicelib.domain.usernames import UsernameStore


class Ports(Protocol):
    """One attribute a port, named as the thing it keeps."""

    @property
    def clock(self) -> Clock: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def accounts(self) -> AccountStore: ...
    @property
    def usernames(self) -> UsernameStore: ...
    @property
    def counters(self) -> CounterStore: ...
    @property
    def partners(self) -> PartnerStore: ...
    @property
    def members(self) -> MemberStore: ...
    @property
    def bonuses(self) -> BonusStore: ...
    @property
    def departures(self) -> DepartureStore: ...
    @property
    def audit(self) -> AuditStore: ...
    @property
    def requests(self) -> RequestStore: ...
    @property
    def registrations(self) -> RegistrationStore: ...
    @property
    def permissions(self) -> PermissionStore: ...
    @property
    def invites(self) -> InviteStore: ...
    @property
    def sign_in_links(self) -> SignInLinkStore: ...
    @property
    def service_requests(self) -> ServiceRequestStore: ...
    @property
    def sign_ins(self) -> SignIns: ...
    @property
    def report_runs(self) -> ReportRunStore: ...
    @property
    def report_queue(self) -> Queue: ...
    @property
    def imports(self) -> ImportStore: ...
    @property
    def import_queue(self) -> Queue: ...
    @property
    def import_rows_per_second(self) -> int: ...
    @property
    def spooled_row_limit(self) -> int: ...
    @property
    def files(self) -> FileStore: ...

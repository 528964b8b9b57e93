"""What use cases need from outside: a Protocol for what belongs together, of which a use case names what it needs.

The Protocol of a small thing, such as `HasServiceRequests`, stands beside its store's in the thing's own file.
`services/ports.py` puts together what the use cases of a family need, `bootstrap.Ports` everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel.clock import HasClock as HasClock

if TYPE_CHECKING:
    from chalicelib.domain.accounts.bonuses import BonusStore
    from chalicelib.domain.accounts.counters import CounterStore
    from chalicelib.domain.accounts.departures import DepartureStore
    from chalicelib.domain.accounts.erasures import ErasureStore
    from chalicelib.domain.accounts.management_requests import ManagementRequestStore
    from chalicelib.domain.accounts.query import AccountStore
    from chalicelib.domain.audit import AuditStore
    from chalicelib.domain.bulk_operations.bulk_operations import BulkOperationStore
    from chalicelib.domain.changes import TransactionWriter
    from chalicelib.domain.imports.imports import ImportStore
    from chalicelib.domain.kernel.files import FileStore
    from chalicelib.domain.kernel.idempotency import IdempotencyStore
    from chalicelib.domain.kernel.queues import Queue
    from chalicelib.domain.kernel.usage_limits import UsageStore
    from chalicelib.domain.kernel.usernames import UsernameStore
    from chalicelib.domain.mail.deliveries import DeliveryStore
    from chalicelib.domain.mail.email_messages import Mailer
    from chalicelib.domain.mail.recipient_confirmations import ConfirmationLinkStore
    from chalicelib.domain.mail.suppressions import SuppressionStore
    from chalicelib.domain.partners.identities import SignIns
    from chalicelib.domain.partners.invitations import InvitationStore
    from chalicelib.domain.partners.invites import InviteStore
    from chalicelib.domain.partners.members import MemberStore
    from chalicelib.domain.partners.operators import OperatorStore
    from chalicelib.domain.partners.partners import PartnerStore
    from chalicelib.domain.partners.session_endings import SessionEndingStore
    from chalicelib.domain.partners.sessions import SessionStore
    from chalicelib.domain.report_runs.downloads import DownloadStore
    from chalicelib.domain.report_runs.report_runs import ReportRunStore
    from chalicelib.domain.report_runs.report_schedules import ReportScheduleStore
    from chalicelib.domain.sms.sms_registrations import RegistrationStore


class HasAccounts(HasClock, Protocol):
    """Accounts, and what is kept beside them."""

    @property
    def accounts(self) -> AccountStore: ...
    @property
    def usernames(self) -> UsernameStore: ...
    @property
    def departures(self) -> DepartureStore: ...
    @property
    def management_requests(self) -> ManagementRequestStore: ...
    @property
    def sms_registrations(self) -> RegistrationStore: ...


class HasAudit(HasClock, Protocol):
    """The audit trail."""

    @property
    def audit(self) -> AuditStore: ...


class HasBonuses(HasClock, Protocol):
    """New Account Bonuses."""

    @property
    def bonuses(self) -> BonusStore: ...


class HasBulkOperations(HasClock, Protocol):
    """Bulk operations."""

    @property
    def bulk_operations(self) -> BulkOperationStore: ...


class HasErasures(HasClock, Protocol):
    """Erasures, and how far they are."""

    @property
    def erasures(self) -> ErasureStore: ...


class HasFiles(HasClock, Protocol):
    """The bucket."""

    @property
    def files(self) -> FileStore: ...


class HasIdempotency(HasClock, Protocol):
    """Requests that were answered before."""

    @property
    def requests(self) -> IdempotencyStore: ...


class HasImports(HasClock, Protocol):
    """Imports, and how fast they may write."""

    @property
    def imports(self) -> ImportStore: ...
    @property
    def import_rows_per_second(self) -> int: ...


class HasInvites(HasClock, Protocol):
    """Invites."""

    @property
    def invites(self) -> InviteStore: ...


class HasMail(HasClock, Protocol):
    """Deliveries, and who wants none."""

    @property
    def deliveries(self) -> DeliveryStore: ...
    @property
    def suppressions(self) -> SuppressionStore: ...
    @property
    def confirmation_links(self) -> ConfirmationLinkStore: ...


class HasMailer(HasClock, Protocol):
    """The mail service."""

    @property
    def mailer(self) -> Mailer: ...


class HasPartners(HasClock, Protocol):
    """Partners, how many accounts they have, and who may do what for them."""

    @property
    def partners(self) -> PartnerStore: ...
    @property
    def counters(self) -> CounterStore: ...
    @property
    def members(self) -> MemberStore: ...
    @property
    def operators(self) -> OperatorStore: ...


class HasQueues(HasClock, Protocol):
    """What workers are asked with; `usage` is the budget of mail."""

    @property
    def report_queue(self) -> Queue: ...
    @property
    def import_queue(self) -> Queue: ...
    @property
    def bulk_queue(self) -> Queue: ...
    @property
    def settle_queue(self) -> Queue: ...
    @property
    def delivery_queue(self) -> Queue: ...
    @property
    def usage(self) -> UsageStore: ...


class HasReportRuns(HasClock, Protocol):
    """Report runs, and the links to their files."""

    @property
    def report_runs(self) -> ReportRunStore: ...
    @property
    def downloads(self) -> DownloadStore: ...
    @property
    def spooled_row_limit(self) -> int: ...


class HasReportSchedules(HasClock, Protocol):
    """Report schedules."""

    @property
    def report_schedules(self) -> ReportScheduleStore: ...


class HasTeam(HasClock, Protocol):
    """Invitations to a team, and the sign-ins and sessions of its members."""

    @property
    def invitations(self) -> InvitationStore: ...
    @property
    def sign_ins(self) -> SignIns: ...
    @property
    def session_endings(self) -> SessionEndingStore: ...
    @property
    def sessions(self) -> SessionStore: ...


class HasWriter(HasClock, Protocol):
    """For workers, which write by themselves; the use case of a request returns its change instead."""

    @property
    def transaction_writer(self) -> TransactionWriter: ...

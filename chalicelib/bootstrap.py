"""Ports and their adapters, put together once per process; clients are made when they are first used."""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from chalicelib.config import Settings, settings
from chalicelib.domain import ports
from chalicelib.domain.kernel.clock import Clock, clock_on
from chalicelib.domain.nightly_runs import HasNightlyRuns
from chalicelib.domain.service_requests import HasServiceRequests
from chalicelib.domain.sign_in_links import HasSignInLinks

if TYPE_CHECKING:
    from chalicelib.domain.kernel.files import FileStore
    from chalicelib.domain.kernel.queues import Queue
    from chalicelib.domain.mail.email_messages import Mailer
    from chalicelib.domain.partners.identities import SignIns
    from chalicelib.storage.dynamo.connection import Connection
    from chalicelib.storage.dynamo.reader import Reader
    from chalicelib.storage.stores.accounts import DynamoAccounts
    from chalicelib.storage.stores.audit import DynamoAudit
    from chalicelib.storage.stores.bonuses import DynamoBonuses
    from chalicelib.storage.stores.bulk_operations import DynamoBulkOperations
    from chalicelib.storage.stores.counters import DynamoCounters
    from chalicelib.storage.stores.deliveries import DynamoDeliveries
    from chalicelib.storage.stores.departures import DynamoDepartures
    from chalicelib.storage.stores.downloads import DynamoDownloads
    from chalicelib.storage.stores.erasures import DynamoErasures
    from chalicelib.storage.stores.full_scan import DynamoFullScan
    from chalicelib.storage.stores.idempotency import DynamoIdempotencyRecords
    from chalicelib.storage.stores.imports import DynamoImports
    from chalicelib.storage.stores.invitations import DynamoInvitations
    from chalicelib.storage.stores.invites import DynamoInvites
    from chalicelib.storage.stores.management_requests import DynamoManagementRequests
    from chalicelib.storage.stores.members import DynamoMembers
    from chalicelib.storage.stores.nightly_runs import DynamoNightlyRuns
    from chalicelib.storage.stores.operators import DynamoOperators
    from chalicelib.storage.stores.partners import DynamoPartners
    from chalicelib.storage.stores.recipient_confirmations import DynamoConfirmationLinks
    from chalicelib.storage.stores.report_runs import DynamoReportRuns
    from chalicelib.storage.stores.report_schedules import DynamoReportSchedules
    from chalicelib.storage.stores.service_requests import DynamoServiceRequests
    from chalicelib.storage.stores.session_endings import DynamoSessionEndings
    from chalicelib.storage.stores.sessions import DynamoSessions
    from chalicelib.storage.stores.sign_in_links import DynamoSignInLinks
    from chalicelib.storage.stores.sms_registrations import DynamoRegistrations
    from chalicelib.storage.stores.suppressions import DynamoSuppressions
    from chalicelib.storage.stores.usage_limits import DynamoUsage
    from chalicelib.storage.stores.usernames import DynamoUsernames
    from chalicelib.storage.transactions.writer import DynamoTransactionWriter

S = TypeVar("S")
CONNECT_SECONDS = 1
READ_SECONDS = 5
ATTEMPTS = 3
"""In all; their time-outs together are less than the API's own, so that a caller is told and not cut off."""


class Ports(
    ports.HasAccounts,
    ports.HasAudit,
    ports.HasBonuses,
    ports.HasBulkOperations,
    ports.HasErasures,
    ports.HasFiles,
    ports.HasIdempotency,
    ports.HasImports,
    ports.HasInvites,
    ports.HasMail,
    ports.HasMailer,
    HasNightlyRuns,
    ports.HasPartners,
    ports.HasQueues,
    ports.HasReportRuns,
    ports.HasReportSchedules,
    HasServiceRequests,
    HasSignInLinks,
    ports.HasTeam,
    ports.HasWriter,
    Protocol,
):
    """Every port, for the edges alone: they hand it to use cases, and each of those names what it needs."""


class Stored(Generic[S]):
    """A store on DynamoDB, imported and made when it is first asked for: no function uses all of them."""

    def __init__(self, where: str) -> None:
        self.where = where
        """Its module in `storage/stores`, and its class."""

    def __set_name__(self, container: type, name: str) -> None:
        self._name = name

    def __get__(self, container: Container, kind: type[Container]) -> S:
        module, _, name = self.where.partition(".")
        store: S = getattr(import_module(f"chalicelib.storage.stores.{module}"), name)(container._reader)  # noqa: SLF001
        container.__dict__[self._name] = store
        return store


class Container:
    """Every port of the product, each made once."""

    accounts: Stored[DynamoAccounts] = Stored("accounts.DynamoAccounts")
    usernames: Stored[DynamoUsernames] = Stored("usernames.DynamoUsernames")
    counters: Stored[DynamoCounters] = Stored("counters.DynamoCounters")
    partners: Stored[DynamoPartners] = Stored("partners.DynamoPartners")
    members: Stored[DynamoMembers] = Stored("members.DynamoMembers")
    operators: Stored[DynamoOperators] = Stored("operators.DynamoOperators")
    invitations: Stored[DynamoInvitations] = Stored("invitations.DynamoInvitations")
    session_endings: Stored[DynamoSessionEndings] = Stored("session_endings.DynamoSessionEndings")
    sessions: Stored[DynamoSessions] = Stored("sessions.DynamoSessions")
    bonuses: Stored[DynamoBonuses] = Stored("bonuses.DynamoBonuses")
    full_scan: Stored[DynamoFullScan] = Stored("full_scan.DynamoFullScan")
    departures: Stored[DynamoDepartures] = Stored("departures.DynamoDepartures")
    audit: Stored[DynamoAudit] = Stored("audit.DynamoAudit")
    requests: Stored[DynamoIdempotencyRecords] = Stored("idempotency.DynamoIdempotencyRecords")
    sms_registrations: Stored[DynamoRegistrations] = Stored("sms_registrations.DynamoRegistrations")
    management_requests: Stored[DynamoManagementRequests] = Stored("management_requests.DynamoManagementRequests")
    invites: Stored[DynamoInvites] = Stored("invites.DynamoInvites")
    sign_in_links: Stored[DynamoSignInLinks] = Stored("sign_in_links.DynamoSignInLinks")
    service_requests: Stored[DynamoServiceRequests] = Stored("service_requests.DynamoServiceRequests")
    report_runs: Stored[DynamoReportRuns] = Stored("report_runs.DynamoReportRuns")
    imports: Stored[DynamoImports] = Stored("imports.DynamoImports")
    bulk_operations: Stored[DynamoBulkOperations] = Stored("bulk_operations.DynamoBulkOperations")
    nightly_runs: Stored[DynamoNightlyRuns] = Stored("nightly_runs.DynamoNightlyRuns")
    report_schedules: Stored[DynamoReportSchedules] = Stored("report_schedules.DynamoReportSchedules")
    deliveries: Stored[DynamoDeliveries] = Stored("deliveries.DynamoDeliveries")
    downloads: Stored[DynamoDownloads] = Stored("downloads.DynamoDownloads")
    erasures: Stored[DynamoErasures] = Stored("erasures.DynamoErasures")
    suppressions: Stored[DynamoSuppressions] = Stored("suppressions.DynamoSuppressions")
    confirmation_links: Stored[DynamoConfirmationLinks] = Stored("recipient_confirmations.DynamoConfirmationLinks")
    usage: Stored[DynamoUsage] = Stored("usage_limits.DynamoUsage")

    def __init__(self, chosen: Settings) -> None:
        self.settings = chosen

    @cached_property
    def clock(self) -> Clock:
        return clock_on(self.settings.today)

    @cached_property
    def _connection(self) -> Connection:
        from chalicelib.storage.dynamo.connection import Connection

        return Connection(self.settings.table_prefix)

    @cached_property
    def _reader(self) -> Reader:
        from chalicelib.storage.dynamo.reader import Reader

        return Reader(self._connection)

    @cached_property
    def transaction_writer(self) -> DynamoTransactionWriter:
        from chalicelib.storage.transactions.writer import DynamoTransactionWriter

        return DynamoTransactionWriter(self._connection, self._reader)

    @cached_property
    def files(self) -> FileStore:
        from chalicelib.storage.s3.files import CLIENT_OPTIONS, S3Files

        return S3Files(aws_client("s3", **CLIENT_OPTIONS), self.settings.files_bucket)

    @cached_property
    def report_queue(self) -> Queue:
        return self._queue(self.settings.report_queue_url)

    @cached_property
    def import_queue(self) -> Queue:
        return self._queue(self.settings.import_queue_url)

    @cached_property
    def bulk_queue(self) -> Queue:
        return self._queue(self.settings.bulk_queue_url)

    @cached_property
    def settle_queue(self) -> Queue:
        return self._queue(self.settings.settle_queue_url)

    @cached_property
    def delivery_queue(self) -> Queue:
        return self._queue(self.settings.delivery_queue_url)

    @cached_property
    def mailer(self) -> Mailer:
        from chalicelib.notifications.email import SesMailer
        from chalicelib.notifications.templates.messages import BaseUrls

        chosen = self.settings
        places = BaseUrls(chosen.api_url, chosen.console_url, chosen.platform_url)
        client = aws_client("ses", attempts=1)
        return SesMailer(client, chosen.mail_from, places, chosen.mail_configuration_set)

    @cached_property
    def sign_ins(self) -> SignIns:
        from chalicelib.notifications.identity import CognitoSignIns

        return CognitoSignIns(aws_client("cognito-idp"), self.settings.user_pool_id, self.settings.console_client_id)

    @property
    def spooled_row_limit(self) -> int:
        return self.settings.spooled_row_limit

    @property
    def import_rows_per_second(self) -> int:
        return self.settings.import_rows_per_second

    def _queue(self, url: str) -> Queue:
        from chalicelib.notifications.queue import SqsQueue

        return SqsQueue(self._sqs, url)

    @cached_property
    def _sqs(self) -> Any:
        return aws_client("sqs")


def aws_client(service: str, *, attempts: int = ATTEMPTS, **options: Any) -> Any:
    """Return a client that gives up in time; botocore's own session spares importing boto3."""
    from botocore.config import Config
    from botocore.session import get_session

    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": attempts},
        **options,
    )
    return get_session().create_client(service, config=config)


@lru_cache(maxsize=1)
def container() -> Ports:
    """Return this process's ports."""
    return Container(settings())

"""Ports and their adapters, put together once per process; clients are made when they are first used."""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from chalicelib.config import Settings, settings
from chalicelib.domain.clock import Clock, clock_on

if TYPE_CHECKING:
    from chalicelib.domain.files import FileStore
    from chalicelib.domain.letters import Mailer
    from chalicelib.domain.ports import Ports
    from chalicelib.domain.queues import Queue
    from chalicelib.domain.sign_ins import SignIns
    from chalicelib.storage.accounts import DynamoAccounts
    from chalicelib.storage.audit import DynamoAudit
    from chalicelib.storage.bonuses import DynamoBonuses
    from chalicelib.storage.connection import Connection
    from chalicelib.storage.counters import DynamoCounters
    from chalicelib.storage.deliveries import DynamoDeliveries
    from chalicelib.storage.departures import DynamoDepartures
    from chalicelib.storage.downloads import DynamoDownloads
    from chalicelib.storage.erasures import DynamoErasures
    from chalicelib.storage.imports import DynamoImports
    from chalicelib.storage.invitations import DynamoInvitations
    from chalicelib.storage.invites import DynamoInvites
    from chalicelib.storage.journal import DynamoJournal
    from chalicelib.storage.members import DynamoMembers
    from chalicelib.storage.nights import DynamoNights
    from chalicelib.storage.operators import DynamoOperators
    from chalicelib.storage.partners import DynamoPartners
    from chalicelib.storage.permissions import DynamoPermissions
    from chalicelib.storage.reader import Reader
    from chalicelib.storage.recipient_confirmations import DynamoConfirmationLinks
    from chalicelib.storage.report_runs import DynamoReportRuns
    from chalicelib.storage.report_schedules import DynamoReportSchedules
    from chalicelib.storage.requests import DynamoRequests
    from chalicelib.storage.services_desk import DynamoServiceRequests
    from chalicelib.storage.session_endings import DynamoSessionEndings
    from chalicelib.storage.shelves import DynamoShelves
    from chalicelib.storage.sign_in_links import DynamoSignInLinks
    from chalicelib.storage.sms import DynamoRegistrations
    from chalicelib.storage.suppressions import DynamoSuppressions
    from chalicelib.storage.usage import DynamoUsage
    from chalicelib.storage.usernames import DynamoUsernames

S = TypeVar("S")
CONNECT_SECONDS = 1
READ_SECONDS = 5
ATTEMPTS = 3
"""In all; their time-outs together are less than the API's own, so that a caller is told and not cut off."""


class Stored(Generic[S]):
    """A store on DynamoDB, imported and made when it is first asked for: no function uses all of them."""

    def __init__(self, where: str) -> None:
        self.where = where
        """Its module in `storage`, and its class."""

    def __set_name__(self, container: type, name: str) -> None:
        self._name = name

    def __get__(self, container: Container, kind: type[Container]) -> S:
        module, _, name = self.where.partition(".")
        store: S = getattr(import_module(f"chalicelib.storage.{module}"), name)(container._reader)  # noqa: SLF001
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
    bonuses: Stored[DynamoBonuses] = Stored("bonuses.DynamoBonuses")
    shelves: Stored[DynamoShelves] = Stored("shelves.DynamoShelves")
    departures: Stored[DynamoDepartures] = Stored("departures.DynamoDepartures")
    audit: Stored[DynamoAudit] = Stored("audit.DynamoAudit")
    requests: Stored[DynamoRequests] = Stored("requests.DynamoRequests")
    registrations: Stored[DynamoRegistrations] = Stored("sms.DynamoRegistrations")
    permissions: Stored[DynamoPermissions] = Stored("permissions.DynamoPermissions")
    invites: Stored[DynamoInvites] = Stored("invites.DynamoInvites")
    sign_in_links: Stored[DynamoSignInLinks] = Stored("sign_in_links.DynamoSignInLinks")
    service_requests: Stored[DynamoServiceRequests] = Stored("services_desk.DynamoServiceRequests")
    report_runs: Stored[DynamoReportRuns] = Stored("report_runs.DynamoReportRuns")
    imports: Stored[DynamoImports] = Stored("imports.DynamoImports")
    nights: Stored[DynamoNights] = Stored("nights.DynamoNights")
    report_schedules: Stored[DynamoReportSchedules] = Stored("report_schedules.DynamoReportSchedules")
    deliveries: Stored[DynamoDeliveries] = Stored("deliveries.DynamoDeliveries")
    downloads: Stored[DynamoDownloads] = Stored("downloads.DynamoDownloads")
    erasures: Stored[DynamoErasures] = Stored("erasures.DynamoErasures")
    suppressions: Stored[DynamoSuppressions] = Stored("suppressions.DynamoSuppressions")
    confirmation_links: Stored[DynamoConfirmationLinks] = Stored("recipient_confirmations.DynamoConfirmationLinks")
    usage: Stored[DynamoUsage] = Stored("usage.DynamoUsage")

    def __init__(self, chosen: Settings) -> None:
        self.settings = chosen

    @cached_property
    def clock(self) -> Clock:
        return clock_on(self.settings.today)

    @cached_property
    def _connection(self) -> Connection:
        from chalicelib.storage.connection import Connection

        return Connection(self.settings.table_prefix)

    @cached_property
    def _reader(self) -> Reader:
        from chalicelib.storage.reader import Reader

        return Reader(self._connection)

    @cached_property
    def journal(self) -> DynamoJournal:
        from chalicelib.storage.journal import DynamoJournal

        return DynamoJournal(self._connection, self._reader)

    @cached_property
    def files(self) -> FileStore:
        from chalicelib.storage.files import CLIENT_OPTIONS, S3Files

        return S3Files(aws_client("s3", **CLIENT_OPTIONS), self.settings.files_bucket)

    @cached_property
    def report_queue(self) -> Queue:
        return self._queue(self.settings.report_queue_url)

    @cached_property
    def import_queue(self) -> Queue:
        return self._queue(self.settings.import_queue_url)

    @cached_property
    def settle_queue(self) -> Queue:
        return self._queue(self.settings.settle_queue_url)

    @cached_property
    def delivery_queue(self) -> Queue:
        return self._queue(self.settings.delivery_queue_url)

    @cached_property
    def mailer(self) -> Mailer:
        from chalicelib.notifications.email import SesMailer
        from chalicelib.notifications.messages import Places

        chosen = self.settings
        places = Places(chosen.api_url, chosen.console_url, chosen.platform_url)
        client = aws_client("ses", attempts=1)
        return SesMailer(client, chosen.mail_from, places, chosen.mail_configuration_set)

    @cached_property
    def sign_ins(self) -> SignIns:
        from chalicelib.notifications.sign_ins import CognitoSignIns

        return CognitoSignIns(aws_client("cognito-idp"), self.settings.user_pool_id)

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
    """A client that gives up in time; botocore's own session spares importing boto3."""
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
    """This process's ports."""
    return Container(settings())

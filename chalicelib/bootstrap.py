"""Ports and their adapters, put together once per process; clients are made when they are first used."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from chalicelib.config import Settings, settings
from chalicelib.domain.clock import Clock, clock_on
from chalicelib.storage.accounts import DynamoAccounts
from chalicelib.storage.audit import DynamoAudit
from chalicelib.storage.bonuses import DynamoBonuses
from chalicelib.storage.connection import Connection, connect
from chalicelib.storage.counters import DynamoCounters
from chalicelib.storage.departures import DynamoDepartures
from chalicelib.storage.imports import DynamoImports
from chalicelib.storage.invites import DynamoInvites
from chalicelib.storage.journal import DynamoJournal
from chalicelib.storage.members import DynamoMembers
from chalicelib.storage.nights import DynamoNights
from chalicelib.storage.partners import DynamoPartners
from chalicelib.storage.permissions import DynamoPermissions
from chalicelib.storage.reader import Reader
from chalicelib.storage.report_runs import DynamoReportRuns
from chalicelib.storage.requests import DynamoRequests
from chalicelib.storage.services_desk import DynamoServiceRequests
from chalicelib.storage.sign_in_links import DynamoSignInLinks
from chalicelib.storage.sms import DynamoRegistrations
from chalicelib.storage.usernames import DynamoUsernames

if TYPE_CHECKING:
    from chalicelib.domain.files import FileStore
    from chalicelib.domain.ports import Ports
    from chalicelib.domain.queues import Queue
    from chalicelib.domain.sign_ins import SignIns

CONNECT_SECONDS = 1
READ_SECONDS = 5
ATTEMPTS = 3
"""In all; their time-outs together are less than the API's own, so that a caller is told and not cut off."""


class Container:
    """Every port of the product, each made once."""

    def __init__(self, chosen: Settings) -> None:
        self.settings = chosen

    @cached_property
    def clock(self) -> Clock:
        return clock_on(self.settings.today)

    @cached_property
    def _connection(self) -> Connection:
        return connect(self.settings.table_prefix)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._connection)

    @cached_property
    def journal(self) -> DynamoJournal:
        return DynamoJournal(self._connection, self._reader)

    @cached_property
    def accounts(self) -> DynamoAccounts:
        return DynamoAccounts(self._reader)

    @cached_property
    def usernames(self) -> DynamoUsernames:
        return DynamoUsernames(self._reader)

    @cached_property
    def counters(self) -> DynamoCounters:
        return DynamoCounters(self._reader)

    @cached_property
    def partners(self) -> DynamoPartners:
        return DynamoPartners(self._reader)

    @cached_property
    def members(self) -> DynamoMembers:
        return DynamoMembers(self._reader)

    @cached_property
    def bonuses(self) -> DynamoBonuses:
        return DynamoBonuses(self._reader)

    @cached_property
    def departures(self) -> DynamoDepartures:
        return DynamoDepartures(self._reader)

    @cached_property
    def audit(self) -> DynamoAudit:
        return DynamoAudit(self._reader)

    @cached_property
    def requests(self) -> DynamoRequests:
        return DynamoRequests(self._reader)

    @cached_property
    def registrations(self) -> DynamoRegistrations:
        return DynamoRegistrations(self._reader)

    @cached_property
    def permissions(self) -> DynamoPermissions:
        return DynamoPermissions(self._reader)

    @cached_property
    def invites(self) -> DynamoInvites:
        return DynamoInvites(self._reader)

    @cached_property
    def sign_in_links(self) -> DynamoSignInLinks:
        return DynamoSignInLinks(self._reader)

    @cached_property
    def service_requests(self) -> DynamoServiceRequests:
        return DynamoServiceRequests(self._reader)

    @cached_property
    def report_runs(self) -> DynamoReportRuns:
        return DynamoReportRuns(self._reader)

    @cached_property
    def imports(self) -> DynamoImports:
        return DynamoImports(self._reader)

    @cached_property
    def nights(self) -> DynamoNights:
        return DynamoNights(self._reader)

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


def aws_client(service: str, **options: Any) -> Any:
    """A client that gives up in time; botocore's own session spares importing boto3."""
    from botocore.config import Config
    from botocore.session import get_session

    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        **options,
    )
    return get_session().create_client(service, config=config)


@lru_cache(maxsize=1)
def container() -> Ports:
    """This process's ports."""
    return Container(settings())

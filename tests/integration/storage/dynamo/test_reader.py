"""Reading where DynamoDB is too busy, leaves keys out, or keeps something else than it should."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError
from pynamodb.exceptions import GetError, QueryError

from chalicelib.bootstrap import ATTEMPTS, CONNECT_SECONDS, READ_SECONDS, Container
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.audit import AuditEntry, AuditQuery
from chalicelib.domain.changes import Change, Insert
from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.domain.kernel.paging import Page
from chalicelib.domain.kernel.usernames import claim
from chalicelib.domain.mail.deliveries import DeliveryQuery
from chalicelib.domain.report_runs.report_runs import ReportRunStatus
from chalicelib.storage.dynamo import connection
from chalicelib.storage.dynamo import pages as pages_of_lists
from chalicelib.storage.dynamo.attributes import DateAttribute, InstantAttribute
from chalicelib.storage.dynamo.batch import ATTEMPTS as BATCH_ATTEMPTS
from chalicelib.storage.dynamo.batch import batch
from chalicelib.storage.dynamo.connection import client
from chalicelib.storage.dynamo.errors import is_transient
from chalicelib.storage.stores.usernames import Usernames
from infra.tables import models

API_TIMEOUT = 29


@pytest.fixture
def refuse_with(dynamo: Container) -> Iterator[Callable[[str], None]]:
    """From now on DynamoDB answers every request with this error."""
    events = client(dynamo._connection).meta.events

    def refuse(code: str) -> None:
        parsed = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": 400}}
        events.register("before-call.dynamodb", lambda **_: (SimpleNamespace(status_code=400), parsed), unique_id="no")

    yield refuse
    events.unregister("before-call.dynamodb", unique_id="no")


READS: dict[str, Callable[[Container], Any]] = {
    "get": lambda ports: ports.accounts.get("prt_1", "acct_1"),
    "page": lambda ports: ports.accounts.page("prt_1", AccountQuery(), None, 10),
    "rows": lambda ports: list(ports.accounts.rows("prt_1", AccountQuery(), ("account_id",))),
    "due": lambda ports: list(ports.accounts.due("prt_1", date(2026, 11, 5))),
    "audit": lambda ports: ports.audit.page("prt_1", AuditQuery(), None, 10),
    "many": lambda ports: ports.usernames.find_many(["somebody"]),
    "all": lambda ports: ports.bonuses.unnotified("prt_1"),
    "scan": lambda ports: list(ports.partners.all()),
    "summary": lambda ports: ports.counters.summary("prt_1"),
    "visited": lambda ports: ports.invites.visited("prt_1"),
}


@pytest.mark.parametrize("read", READS)
def test_throttling_is_busy_wherever_it_happens(
    dynamo: Container, refuse_with: Callable[[str], None], read: str
) -> None:
    refuse_with("ProvisionedThroughputExceededException")
    with pytest.raises(Unavailable):
        READS[read](dynamo)


def test_what_does_not_pass_by_itself_stays_the_error_it_is(
    dynamo: Container, refuse_with: Callable[[str], None]
) -> None:
    refuse_with("AccessDeniedException")
    with pytest.raises(GetError):
        READS["get"](dynamo)
    with pytest.raises(ClientError):
        READS["page"](dynamo)
    with pytest.raises(QueryError):
        READS["audit"](dynamo)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ReadTimeoutError(endpoint_url="https://x.example"), True),
        (ConnectTimeoutError(endpoint_url="https://x.example"), True),
        (ValueError("ours"), False),
        (None, False),
    ],
)
def test_broken_connections_pass_and_our_own_mistakes_do_not(error: Exception | None, expected: bool) -> None:
    assert is_transient(error) is expected


def an_entry(partner_id: str, number: int, subject: str = "ann") -> AuditEntry:
    return AuditEntry(
        audit_id=f"aud_{partner_id}_{number:04}",
        partner_id=partner_id,
        at=datetime(2026, 11, 5, tzinfo=UTC),
        kind="account.created",
        subject=subject,
        role="partner_admin",
    )


class LeavingOut:
    """A client that gives one key at a time, for so many answers."""

    def __init__(self, answers: int) -> None:
        self.answers = answers
        self.asked: list[int] = []

    def batch_get_item(self, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803 botocore's name
        ((table, asked),) = RequestItems.items()
        self.asked.append(len(asked["Keys"]))
        values, left = asked["Keys"][:1], asked["Keys"][1:]
        if len(self.asked) > self.answers:
            values, left = [], asked["Keys"]
        return {"Responses": {table: values}, "UnprocessedKeys": {table: {**asked, "Keys": left}} if left else {}}


def test_keys_that_were_left_out_are_asked_for_again_after_a_wait() -> None:
    waits: list[float] = []
    leaving_out = LeavingOut(answers=3)
    found = list(batch(leaving_out, Usernames, [("a",), ("b",), ("c",)], waits.append))
    assert found == [{"username": {"S": name}} for name in "abc"]
    assert leaving_out.asked == [3, 2, 1]
    assert waits == sorted(waits)
    assert len(waits) == 2


def test_keys_that_are_never_given_make_it_busy() -> None:
    leaving_out = LeavingOut(answers=0)
    with pytest.raises(Unavailable):
        list(batch(leaving_out, Usernames, [("a",)], lambda _: None))
    assert len(leaving_out.asked) == BATCH_ATTEMPTS


def test_an_instant_without_time_zone_is_refused_and_others_are_kept_in_utc() -> None:
    attribute = InstantAttribute(attr_name="at")
    with pytest.raises(ValueError, match="has no time zone"):
        attribute.serialize(datetime(2026, 11, 5, 12))
    in_berlin = datetime(2026, 11, 5, 13, tzinfo=timezone(timedelta(hours=1)))
    assert attribute.serialize(in_berlin) == "2026-11-05T12:00:00.000000+00:00"
    assert attribute.deserialize(attribute.serialize(in_berlin)) == datetime(2026, 11, 5, 12, tzinfo=UTC)


def test_a_day_is_kept_as_iso_text_and_an_instant_is_no_day() -> None:
    attribute = DateAttribute(attr_name="on")
    assert attribute.serialize(date(2028, 2, 29)) == "2028-02-29"
    with pytest.raises(TypeError):
        attribute.serialize(datetime(2026, 11, 5, tzinfo=UTC))


def test_every_table_is_on_the_one_connection_under_the_stages_prefix(dynamo: Container) -> None:
    tables = models()
    names = {table.Meta.table_name for table in tables}
    assert len(names) == len(tables)
    assert all(name.startswith("contract-") for name in names)
    assert {id(client(table._get_connection().connection)) for table in tables} == {id(client(dynamo._connection))}


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [
        (connection.ATTEMPTS, connection.CONNECT_SECONDS + connection.READ_SECONDS),
        (ATTEMPTS, CONNECT_SECONDS + READ_SECONDS),
    ],
    ids=["DynamoDB", "others"],
)
def test_clients_give_up_before_the_api_is_cut_off(attempts: int, seconds: float) -> None:
    longest_pauses = 1 + 2
    assert attempts * seconds + longest_pauses < API_TIMEOUT


def test_the_client_has_these_time_outs_and_attempts(dynamo: Container) -> None:
    config = client(dynamo._connection).meta.config
    assert (config.connect_timeout, config.read_timeout) == (connection.CONNECT_SECONDS, connection.READ_SECONDS)
    assert config.retries == {"mode": "standard", "total_max_attempts": connection.ATTEMPTS}


@contextmanager
def noted_queries(dynamo: Container) -> Iterator[list[dict[str, Any]]]:
    """Gives what is asked of DynamoDB by Query meanwhile."""
    asked: list[dict[str, Any]] = []
    events = client(dynamo._connection).meta.events

    def note(params: dict[str, Any], **_: Any) -> None:
        asked.append(json.loads(params["body"]))

    events.register("before-call.dynamodb.Query", note, unique_id="spy")
    try:
        yield asked
    finally:
        events.unregister("before-call.dynamodb.Query", unique_id="spy")


DAYS = (date(2026, 1, 1), date(2026, 12, 31))
LISTS: dict[str, Callable[[Container, str, str | None, int], Page[Any]]] = {
    "accounts": lambda ports, partner, after, limit: ports.accounts.page(partner, AccountQuery(), after, limit),
    "audit": lambda ports, partner, after, limit: ports.audit.page(partner, AuditQuery(), after, limit),
    "bonuses": lambda ports, partner, after, limit: ports.bonuses.page(partner, *DAYS, after, limit),
    "deliveries": lambda ports, partner, after, limit: ports.deliveries.page(partner, DeliveryQuery(), after, limit),
    "imports": lambda ports, partner, after, limit: ports.imports.page(partner, after, limit),
    "report runs": lambda ports, partner, after, limit: ports.report_runs.page(partner, after, limit),
    "schedules": lambda ports, partner, after, limit: ports.report_schedules.page(partner, after, limit),
    "service requests": lambda ports, partner, after, limit: ports.service_requests.page(partner, after, limit),
    "registrations": lambda ports, _, after, limit: ports.sms_registrations.waiting(after, limit),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_page_is_read_in_one_query_of_one_more_than_it_shows(dynamo: Container, partner_id: str, name: str) -> None:
    with noted_queries(dynamo) as asked:
        LISTS[name](dynamo, partner_id, None, 50)
    assert [params["Limit"] for params in asked] == [51]


@pytest.mark.parametrize(("kept", "limit", "pages"), [(0, 3, 1), (3, 3, 1), (4, 3, 2), (6, 3, 2)])
def test_no_page_costs_a_query_more_nor_is_one_empty_at_the_end(
    dynamo: Container, partner_id: str, kept: int, limit: int, pages: int
) -> None:
    """Also where the last page is full: `next` is only there if something follows."""
    entries = [an_entry(partner_id, number) for number in range(kept)]
    for entry in entries:
        dynamo.transaction_writer.write(Change((Insert(entry),), None))
    read, after = [], None
    with noted_queries(dynamo) as asked:
        for _ in range(pages):
            page = dynamo.audit.page(partner_id, AuditQuery(), after, limit)
            read += page.items
            after = page.next
    assert read == entries[::-1]
    assert after is None
    assert len(asked) == pages


def test_a_filtered_list_by_pynamodb_stops_at_the_read_budget_and_goes_on_from_there(
    dynamo: Container, partner_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PynamoDB's own `limit` would read on until the filter has let so many through."""
    for number in range(20):
        subject = "bob" if number == 3 else "ann"
        dynamo.transaction_writer.write(Change((Insert(an_entry(partner_id, number, subject)),), None))
    monkeypatch.setattr(pages_of_lists, "READ_BUDGET", 8)
    found, after = [], None
    with noted_queries(dynamo) as asked:
        for _ in range(3):
            page = dynamo.audit.page(partner_id, AuditQuery(subject="bob"), after, 1)
            found.append([entry.subject for entry in page.items])
            after = page.next
    assert found == [[], [], ["bob"]]
    assert after is None
    assert max(params["Limit"] for params in asked) <= 8


def test_the_first_ones_are_read_in_one_query_of_just_so_many(dynamo: Container, partner_id: str) -> None:
    with noted_queries(dynamo) as asked:
        dynamo.report_runs.stale(ReportRunStatus.RUNNING, datetime(2026, 11, 5, tzinfo=UTC), 10)
    assert [params["Limit"] for params in asked] == [10]
    assert all("ConsistentRead" not in params or not params["ConsistentRead"] for params in asked)


def test_names_are_read_a_hundred_at_a_time(dynamo: Container, partner_id: str) -> None:
    named = claim(f"{partner_id}-name", partner_id, "acct_1")
    dynamo.transaction_writer.write(Change((Insert(named),), None))
    names = [f"{partner_id}-{number}" for number in range(250)]
    assert dynamo.usernames.find_many([*names, named.username]) == {named.username: named}

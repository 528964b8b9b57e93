"""The whole product on a cloud in memory: its API's handler, its event functions, and those who ask and retry.

Time is a number here. Queues deliver what is in them and deliver again what was not done, as SQS does; schedules tick;
a caller who got no answer, or a 5xx, asks again with the same Idempotency-Key.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from io import StringIO
from typing import Any

import pytest

from chalicelib import bootstrap, telemetry
from chalicelib.api.http import session_cookie, throttle
from chalicelib.bootstrap import Container
from chalicelib.domain.accounts.accounts import Account
from chalicelib.domain.changes import Change, Insert, counted
from chalicelib.domain.kernel.usernames import claim
from chalicelib.jobs import bulk_worker, import_worker
from chalicelib.services.rate_limiter import RateLimiter
from chalicelib.storage.stores.imports import TURN_KEY
from tests.api_client import ApiClient, Reply
from tests.fault_injection import refresh_tokens
from tests.fault_injection.cloud import QUEUES, Cloud, in_memory
from tests.fault_injection.configuration import settings_of
from tests.fault_injection.functions import ON_QUEUE, ON_SCHEDULE, Job
from tests.fault_injection.retrying import require_retryable
from tests.fault_injection.wire import Killed, Wire
from tests.tables import make_tables
from tests.unit.jobs.events import scheduled_event, sqs_event

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
PATIENCE = 6
"""How often a caller asks before it gives up."""
TRIES = 5
"""How often a queue delivers a message before it is dead."""
INVISIBLE = {"reports": 90, "imports": 90, "bulk-operations": 90, "settlements": 30, "deliveries": 6, "bounces": 6}
"""Minutes after which a message that was not done comes again."""
TICK = timedelta(minutes=5)
ROUNDS = 40


@dataclass
class Message:
    """One message on its way."""

    queue: str
    body: dict[str, str]
    visible_at: datetime
    tries: int = 0


@dataclass
class SentRequest:
    """A request that somebody made, and the answer that stood in the end."""

    caller: ApiClient
    method: str
    path: str
    body: Any
    reply: Reply


@dataclass(eq=False)
class World:
    """The product and all that is around it."""

    cloud: Cloud
    container: Container
    wire: Wire
    now: datetime = NOON
    waiting: list[Message] = field(default_factory=list)
    dead: list[Message] = field(default_factory=list)
    asked: list[SentRequest] = field(default_factory=list)
    jobs: set[str] = field(default_factory=set)
    """The event functions whose calls were numbered, so that each of them can go wrong."""

    def clock(self) -> datetime:
        """What time it is."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass instead of waiting."""
        self.now += timedelta(seconds=seconds)

    def begin(self) -> None:
        """Begin anew, with nothing there."""
        self.wire.end()
        self.cloud.empty()
        self.now, self.waiting, self.dead, self.asked, self.jobs = NOON, [], [], [], set()

    def put(self, *entities: Any) -> None:
        """Have these things there, accounts with their usernames and counted."""
        for entity in entities:
            more = (
                (Insert(claim(entity.username, entity.partner_id, entity.account_id)),) if _is_account(entity) else ()
            )
            count = counted(None, entity) if _is_account(entity) else ()
            self.container.transaction_writer.write(Change((Insert(entity), *more, *count), None))

    def asks(self, caller: ApiClient, method: str, path: str, body: Any = None) -> Reply:
        """Ask until there is an answer; the request has a key of its own."""
        keyed = caller.using(Idempotency_Key=f"key-{len(self.asked) + 1}")
        reply = self._insist(keyed, method, path, body)
        self.asked.append(SentRequest(keyed, method, path, body, reply))
        return reply

    def _insist(self, caller: ApiClient, method: str, path: str, body: Any) -> Reply:
        for _ in range(PATIENCE):
            reply = self._call(caller, method, path, body)
            if reply and reply.status < 500 and reply.status != 429:
                return reply
            require_retryable(reply)
            self.sleep(1)
        raise AssertionError(f"{method} {path} got no answer in {PATIENCE} tries; the last: {reply}")

    def _call(self, caller: ApiClient, method: str, path: str, body: Any) -> Reply | None:
        try:
            return caller.call(method, path, body)
        except Killed:
            return None

    def work(self) -> None:
        """Deliver what is in the queues until nothing is visible."""
        while due := [entry for entry in self._collected() if entry.visible_at <= self.now]:
            for item in due:
                self._deliver(item)

    def _collected(self) -> list[Message]:
        for queue in QUEUES:
            self.waiting += [Message(queue, body, self.now) for body in self.cloud.received(queue)]
        return self.waiting

    def _deliver(self, message: Message) -> None:
        self.waiting.remove(message)
        message.tries += 1
        if self._done(message):
            return
        message.visible_at = self.now + timedelta(minutes=INVISIBLE[message.queue])
        (self.waiting if message.tries < TRIES else self.dead).append(message)

    def _done(self, message: Message) -> bool:
        try:
            answer = self._run(ON_QUEUE[message.queue], sqs_event(message.body))
        except Killed:
            return False
        return not answer["batchItemFailures"]

    def tick(self, name: str) -> None:
        """Invoke a function as its schedule does: what fails is tried twice more."""
        for _ in range(3):
            try:
                self._run(ON_SCHEDULE[name], scheduled_event())
            except (Exception, Killed):  # noqa: BLE001 Lambda does not ask why
                self.sleep(60)
            else:
                return

    def _run(self, job: Job, event: dict[str, Any]) -> Any:
        """Invoke an event function, and note it where its calls are numbered."""
        numbered = len(self.wire.calls)
        try:
            return job(event)
        finally:
            if self.wire.listening and len(self.wire.calls) > numbered:
                self.jobs.add(job.name)

    def come_to_rest(self) -> None:
        """Let time pass, with its schedules, until nothing is under way any more."""
        for _ in range(ROUNDS):
            self.now = self._next_moment()
            for name in ON_SCHEDULE:
                if name != "nightly":
                    self.tick(name)
            self.work()
            if not (self.waiting or self.open_work()):
                return

    def _next_moment(self) -> datetime:
        """The schedules' next one, or the queue's where there is nothing for them to do until then."""
        ticks = self.now + TICK
        return ticks if self.open_work() else min((item.visible_at for item in self.waiting), default=ticks)

    def next_night(self) -> None:
        """Go on to ten past midnight and let the night happen."""
        self.now = datetime.combine(self.now.date() + timedelta(days=1), NOON.timetz()).replace(hour=0, minute=10)
        self.tick("nightly")
        self.work()

    def open_work(self) -> list[str]:
        """What says of itself that it is under way."""
        return [
            f"{table} {item.get('status', 'turn')}"
            for table, item in self.cloud.items()
            if item.get("status") in OPEN.get(table, ()) or TURN_KEY in item.values() or table == WAITING
        ]


OPEN = {
    "report-runs": ("requested", "running"),
    "imports": ("running",),
    "bulk-operations": ("running",),
    "deliveries": ("queued", "sending"),
    "erasures": ("running",),
}
WAITING = "session-endings"
"""A table of things to do: what is in it is not done."""


def _is_account(thing: Any) -> bool:
    return isinstance(thing, Account)


@contextmanager
def world() -> Iterator[World]:
    """A world for as long as the block lasts."""
    with in_memory() as cloud, pytest.MonkeyPatch.context() as patch:
        container, wire = Container(settings_of(cloud)), Wire()
        make_tables(container)
        made = World(cloud, container, wire)
        _bind(made, patch)
        for client in _clients(container):
            wire.attach(client)
        refresh_tokens.attach(container.sign_ins._client)  # type: ignore[attr-defined]
        yield made


def _bind(made: World, patch: pytest.MonkeyPatch) -> None:
    """Let the product find this world's ports, time, and room for its log."""
    from aws_lambda_powertools.logging import Logger

    quiet = Logger(service="faults", stream=StringIO())
    many = throttle.RateLimiters(throttle.Buckets(1e6, 10**6), throttle.Buckets(1e6, 10**6))
    made.container.__dict__["clock"] = made.clock
    made.container.transaction_writer._sleep = made.sleep
    patch.setattr(bootstrap, "container", lambda: made.container)
    patch.setattr(telemetry, "logger", lambda: quiet)
    patch.setattr(session_cookie, "settings", lambda: made.container.settings)
    for silent in ("count", "count_failure", "flush"):
        patch.setattr(telemetry, silent, lambda *_: None)
    patch.setattr(throttle, "rate_limiters", lambda: many)
    for worker in (import_worker, bulk_worker):
        patch.setattr(worker, "RateLimiter", partial(RateLimiter, sleep=made.sleep))


def _clients(container: Container) -> Iterator[Any]:
    yield container._connection.client
    yield container._sqs
    yield container.files._client  # type: ignore[attr-defined]
    yield container.mailer._client  # type: ignore[attr-defined]
    yield container.sign_ins._client  # type: ignore[attr-defined]

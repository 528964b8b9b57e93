"""Bringing a file in from the form to the end, on a book in memory, whatever happens on the way."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from io import StringIO
from typing import Any

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import Account
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.departures import Departure
from chalicelib.domain.imports.columns import PORTFOLIO_COLUMNS, ImportKind
from chalicelib.domain.imports.imports import Import, ImportStatus
from chalicelib.domain.kernel.usernames import UsernameClaim
from chalicelib.domain.partners.partners import Partner
from chalicelib.services.imports import imports
from chalicelib.services.imports.recovery import recover_imports
from chalicelib.services.imports.worker import run
from chalicelib.services.rate_limiter import RateLimiter
from chalicelib.services.transactions import retry_on_conflict
from tests.factories import a_person
from tests.fakes import FakePorts
from tests.unit.domain.imports.portfolio_rows import OPEN

PARTNER = "prt_bright"
OTHER = "prt_other"
OPERATOR = Actor("operator", Role.OPERATOR, PARTNER)
ADMIN = Actor("admin", Role.PARTNER_ADMIN, PARTNER)


class Killed(BaseException):
    """The process is gone; nothing after this runs."""


def book() -> FakePorts:
    """Two partners without accounts, and who may import for the first."""
    ports = FakePorts()
    for partner_id in (PARTNER, OTHER):
        ports.book.put(Partner(partner_id=partner_id, name=partner_id.title(), created_at=ports.now))
    for item in (OPERATOR, ADMIN):
        of_partner = item.partner_id if item.of_partner else None
        ports.book.put(a_person(item.subject, of_partner, item.role, f"{item.subject}@example.com", ports.now))
    return ports


def as_file(rows: Iterable[dict[str, str]], columns: Iterable[str] = PORTFOLIO_COLUMNS) -> bytes:
    """The rows as a CSV file."""
    text = StringIO(newline="")
    writer = csv.DictWriter(text, list(columns))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def clients(number: int, **changed: str) -> list[dict[str, str]]:
    """So many right rows."""
    return [{**OPEN, "username": f"client-{item:06}", **changed} for item in range(number)]


def started(ports: FakePorts, content: bytes, kind: ImportKind = ImportKind.PORTFOLIO, by: Actor = OPERATOR) -> Import:
    """An import whose file is uploaded and that is handed over."""
    made = retry_on_conflict(ports.transaction_writer, lambda: imports.request(ports, by, kind))
    ports.files.kept[made.upload_key] = content
    return retry_on_conflict(ports.transaction_writer, lambda: imports.start(ports, by, made.import_id))


def work(ports: FakePorts, rate_limiter: Callable[[], RateLimiter] = lambda: RateLimiter(0)) -> None:
    """Run what the queue holds until it is empty."""
    while ports.import_queue.sent:
        _, message = ports.import_queue.sent.pop(0)
        run(ports, message["partner_id"], message["import_id"], rate_limiter())


def brought_in(ports: FakePorts, content: bytes, kind: ImportKind = ImportKind.PORTFOLIO) -> Import:
    """The import when it has ended."""
    running = started(ports, content, kind)
    work(ports)
    return now(ports, running)


def now(ports: FakePorts, item: Import) -> Import:
    """The import as it is."""
    return ports.imports.get(item.partner_id, item.import_id)


def recovered(ports: FakePorts, item: Import) -> Import:
    """The import after as many sweeps, five minutes apart, as it takes to end."""
    for _ in range(40):
        if now(ports, item).status is not ImportStatus.RUNNING:
            break
        ports.later(seconds=300)
        recover_imports(ports)
        work(ports)
    return now(ports, item)


def result(ports: FakePorts, item: Import) -> list[dict[str, str]]:
    """The result file's lines."""
    return list(csv.DictReader(StringIO(ports.files.kept[item.result_key].decode("utf-8-sig"), newline="")))


def consequences(ports: FakePorts) -> dict[str, Any]:
    """Everything in the book that an import leaves, without the ids that are drawn anew each time."""
    ports.book.assert_counted()
    accounts = {item.account_id: item for item in ports.book.all(Account)}
    claims = ports.book.all(UsernameClaim)
    assert {claim.account_id for claim in claims} >= set(accounts)
    return {
        "accounts": sorted(_plain(account, accounts) for account in accounts.values()),
        "bonuses": sorted(_plain(item, accounts) for item in ports.book.all(Bonus)),
        "departures": sorted(_plain(item, accounts) for item in ports.book.all(Departure)),
        "counts": Counter({where: n for where, n in ports.book.counts.items() if n}),
    }


def _plain(thing: Any, accounts: dict[str, Account]) -> str:
    values = [(item.name, getattr(thing, item.name)) for item in fields(thing)]
    in_order = [(name, sorted(value) if isinstance(value, frozenset) else value) for name, value in values]
    return repr(in_order).replace(thing.account_id, accounts[thing.account_id].username)


@dataclass
class FaultInjector:
    """Ports where something happens just before one of the calls; counts the calls."""

    ports: FakePorts
    at: int | None = None
    peril: Callable[[], None] = field(default=lambda: None)
    calls: list[str] = field(default_factory=list)

    WATCHED = ("transaction_writer", "usernames", "files", "imports", "import_queue", "partners")

    def __getattr__(self, name: str) -> Any:
        port = getattr(self.ports, name)
        return _Watched(self, name, port) if name in self.WATCHED else port

    def called(self, name: str) -> None:
        """One more call."""
        self.calls.append(name)
        if len(self.calls) == self.at:
            self.peril()


@dataclass
class _Watched:
    perils: FaultInjector
    name: str
    port: Any

    def __getattr__(self, method: str) -> Any:
        def watched(*args: Any, **options: Any) -> Any:
            self.perils.called(f"{self.name}.{method}")
            return getattr(self.port, method)(*args, **options)

        return watched

"""A large file comes in quickly and in bounded memory; how fast and how much is printed with `-s`."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.domain.changes import Change, Insert
from chalicelib.domain.imports.columns import PORTFOLIO_COLUMNS
from chalicelib.domain.imports.imports import Import, ImportCounts, ImportStatus, ImportTurn
from chalicelib.domain.kernel.files import StoredFile
from chalicelib.services.imports.worker import run
from chalicelib.services.rate_limiter import RateLimiter
from tests.fakes import FakePorts
from tests.fakes.outside import FakeFiles
from tests.unit.domain.imports.portfolio_rows import OPEN
from tests.unit.services.imports.importing import PARTNER, as_file, book, brought_in, clients, now, result, started

KEPT = (Import, ImportTurn)


class ForgetfulFiles(FakeFiles):
    """Has a file of very many rows that is made while it is read."""

    rows = 0
    every_bad = 10

    def look_up(self, key: str) -> StoredFile:
        return super().look_up(key) if key in self.kept and "upload" not in key else StoredFile(self.rows * 250, "tag")

    def read(self, key: str, start: int = 0, tag: str | None = None) -> Iterator[bytes]:
        return self._pieces() if "upload" in key else super().read(key, start, tag)

    def _pieces(self) -> Iterator[bytes]:
        yield (",".join(PORTFOLIO_COLUMNS) + "\r\n").encode()
        line = ",".join({**OPEN, "username": "client-%07d", "plan": "%s"}.values()) + "\r\n"
        for first in range(0, self.rows, 10_000):
            numbers = range(first, min(first + 10_000, self.rows))
            yield "".join(line % (n, "lite" if n % self.every_bad else "gold") for n in numbers).encode()


def forgetful(rows: int) -> FakePorts:
    """A book that keeps the imports alone, so that what is measured is the worker."""
    ports = book()
    ports.files = ForgetfulFiles()
    ports.files.rows = rows
    write = ports.transaction_writer.write

    def commit(change: Change[Any]) -> Any:
        kept = tuple(item for item in change.writes if not isinstance(item, Insert) or isinstance(item.entity, KEPT))
        answer = write(Change(kept, change.result))
        ports.transaction_writer.committed.clear()
        return answer

    ports.transaction_writer.write = commit  # type: ignore[method-assign]
    return ports


def imported(rows: int) -> tuple[FakePorts, Import, float, int]:
    """The import of a file of so many rows, how long it took, and by how many KB the process grew."""
    ports = forgetful(rows)
    running = started(ports, b"")
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    run(ports, PARTNER, running.import_id, RateLimiter(0, shift=3_600))
    took = time.process_time() - began
    return ports, now(ports, running), took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


@pytest.mark.slow
def test_fifty_thousand_rows_come_in() -> None:
    ports = book()
    assert brought_in(ports, as_file(clients(50_000))).counts == ImportCounts(rows=50_000, created=50_000)
    ports.book.assert_counted()


@pytest.mark.long
def test_a_million_rows_come_in_with_bounded_memory() -> None:
    imported(20_000)
    ports, done, took, grown = imported(1_000_000)
    print(f"\n1,000,000 rows: {1_000_000 / took:,.0f} rows/s of CPU, {grown / 1024:.0f} MB more")
    assert done.status is ImportStatus.DONE
    assert done.counts == ImportCounts(rows=1_000_000, created=900_000, rejected=100_000)
    assert len(result(ports, done)) == 100_000
    assert grown < 80 * 1024

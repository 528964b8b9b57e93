"""A report run that is broken off, or told nothing, at each of its calls in turn: in the end there is one report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun, ReportRunStatus
from chalicelib.domain.report_runs.transitions import LEASE, requested
from chalicelib.services.report_runs.recovery import recover, stale_runs
from chalicelib.services.report_runs.worker import make
from tests.fakes import FakePorts
from tests.unit.reports.portfolio_of import ACME, ADMIN, account, ports_with

STORES = ("transaction_writer", "report_runs", "accounts", "counters", "partners", "files")


class Killed(BaseException):
    """The worker's process is gone, and nothing of it runs on."""


@dataclass
class Fault:
    """What happens at one call: it fails before it has its effect, or afterwards."""

    at: int
    error: BaseException
    afterwards: bool
    calls: int = 0
    names: list[str] = field(default_factory=list)
    fired: bool = False

    def around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call with the fault in its place."""

        def called(*arguments: Any, **named: Any) -> Any:
            self.calls += 1
            self.names.append(name)
            mine = self.calls == self.at
            self.fired = self.fired or mine
            if mine and not self.afterwards:
                raise self.error
            result = call(*arguments, **named)
            if mine and self.afterwards:
                raise self.error
            return result

        return called


class Faulty:
    """A port whose methods may fail."""

    def __init__(self, name: str, port: Any, fault: Fault) -> None:
        self._name, self._port, self._fault = name, port, fault

    def __getattr__(self, method: str) -> Any:
        found = getattr(self._port, method)
        return self._fault.around(f"{self._name}.{method}", found) if callable(found) else found


class FaultyPorts:
    """The ports of one worker."""

    def __init__(self, ports: FakePorts, fault: Fault) -> None:
        self._ports = ports
        self._faulty = {name: Faulty(name, getattr(ports, name), fault) for name in STORES}

    def __getattr__(self, name: str) -> Any:
        return self._faulty.get(name) or getattr(self._ports, name)


def waiting(ports: FakePorts) -> ReportRun:
    asked = ReportRequest(
        report="managed-account-details", formats=("csv", "html", "contacts"), account_status=Status.OPEN
    )
    run = requested(ADMIN, asked, ports.now)
    ports.book.put(run)
    return run


def portfolio() -> FakePorts:
    """A few accounts, read in two batches that take a while, so that there is progress to tell."""
    ports = ports_with(*(account(number) for number in range(6)))
    rows = ports.accounts.rows

    def slow(*arguments: Any) -> Iterator[Any]:
        for batch in rows(*arguments):
            for start in (0, 3):
                ports.later(seconds=2)
                yield batch[start : start + 3]

    ports.accounts.rows = slow  # type: ignore[method-assign]
    return ports


def worked_off(ports: FakePorts) -> None:
    """Let the sweeper and healthy workers finish what is left, hour after hour."""
    for _ in range(LEASE.max_attempts + 1):
        ports.now += max(LEASE.duration, timedelta(hours=1))
        for stale in list(stale_runs(ports)):
            recover(ports, stale)
        while ports.report_queue.sent:
            _, message = ports.report_queue.sent.pop()
            make(ports, message["partner_id"], message["report_run_id"])


def assert_one_whole_report(ports: FakePorts, run: ReportRun) -> None:
    after = ports.report_runs.get(ACME, run.report_run_id)
    assert (after.status, after.rows, after.progress) == (ReportRunStatus.READY, 6, 100)
    assert sorted(ports.files.kept) == sorted(file.key for file in after.files)
    assert [file.format for file in after.files] == ["csv", "html", "contacts"]
    assert ports.files.kept[after.files[0].key].count(b"\r\n") == 7
    assert [len(ports.files.kept[file.key]) for file in after.files] == [file.bytes for file in after.files]


def calls_of_a_healthy_run() -> list[str]:
    ports, healthy = portfolio(), Fault(0, Unavailable(), afterwards=False)
    make(FaultyPorts(ports, healthy), ACME, waiting(ports).report_run_id)
    return healthy.names


CALLS = calls_of_a_healthy_run()


def test_the_sweep_below_meets_every_port() -> None:
    assert {name.partition(".")[0] for name in CALLS} == set(STORES)
    assert (CALLS.count("files.create"), CALLS.count("transaction_writer.write")) == (3, 4)


@pytest.mark.parametrize("afterwards", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [Killed(), Unavailable(), ConnectionError()], ids=["killed", "busy", "broken"])
@pytest.mark.parametrize("at", range(1, len(CALLS) + 1), ids=lambda at: f"{at}-{CALLS[at - 1]}")
def test_a_run_broken_off_at_any_call_becomes_one_whole_report(at: int, error: BaseException, afterwards: bool) -> None:
    ports = portfolio()
    run, fault = waiting(ports), Fault(at, error, afterwards)
    with suppress(Killed, Unavailable, ConnectionError):
        make(FaultyPorts(ports, fault), ACME, run.report_run_id)
    assert fault.fired
    worked_off(ports)
    assert_one_whole_report(ports, run)


def test_a_run_that_is_killed_every_time_is_given_up_and_leaves_nothing() -> None:
    ports = portfolio()
    run = waiting(ports)
    for _ in range(LEASE.max_attempts):
        fault = Fault(CALLS.index("files.create") + 1, Killed(), afterwards=False)
        with pytest.raises(Killed):
            make(FaultyPorts(ports, fault), ACME, run.report_run_id)
        ports.now += LEASE.duration
        for stale in list(stale_runs(ports)):
            recover(ports, stale)
    after = ports.report_runs.get(ACME, run.report_run_id)
    assert (after.status, after.attempts, ports.files.kept) == (ReportRunStatus.FAILED, LEASE.max_attempts, {})
    assert after.reason

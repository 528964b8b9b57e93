"""Killed, overtaken, refused or repeated at any call, an import ends exactly as if nothing had happened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.imports.imports import Import, ImportCounts, ImportStatus, ImportTurn
from chalicelib.domain.imports.transitions import LEASE
from chalicelib.domain.kernel.errors import PartnerbookError, Unavailable
from chalicelib.domain.kernel.usernames import UsernameClaim
from chalicelib.services.imports import rejections, worker
from chalicelib.services.imports.recovery import recover_imports
from chalicelib.services.imports.worker import run
from chalicelib.services.rate_limiter import RateLimiter
from tests.fakes import FakePorts
from tests.unit.domain.imports.portfolio_rows import CANCELLED, EXPIRED, OPEN
from tests.unit.services.imports.importing import (
    OPERATOR,
    OTHER,
    PARTNER,
    FaultInjector,
    Killed,
    as_file,
    book,
    clients,
    consequences,
    now,
    recovered,
    result,
    started,
    work,
)


def rows() -> list[dict[str, str]]:
    """Some of everything, over several batches, stretches and parts of rejected rows."""
    made = clients(60)
    for number in range(0, 60, 6):
        made[number] |= {"plan": "gold"}
    for number in range(1, 60, 6):
        made[number] = {**CANCELLED, "username": f"client-{number:06}", "add_ons": "sms"}
    for number in range(2, 60, 12):
        made[number] = {**EXPIRED, "username": f"client-{number:06}"}
    return [*made, made[3], {**OPEN, "username": "theirs-already"}, {**OPEN, "username": "mine-already"}]


EXPECTED = ImportCounts(rows=63, created=40, adjusted=10, unchanged=1, rejected=12)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    step_small(monkeypatch)


def step_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "ROWS_PER_PASS", 15)
    monkeypatch.setattr(rejections, "PART", 250)


def prepared() -> tuple[FakePorts, Import]:
    ports = book()
    ports.book.put(UsernameClaim("mine-already", PARTNER, "acct_1"), UsernameClaim("theirs-already", OTHER, "acct_2"))
    running = started(ports, as_file(rows()))
    ports.import_queue.sent.clear()
    return ports, running


def calls_of_a_whole_run() -> list[str]:
    ports, running = prepared()
    perils = FaultInjector(ports)
    with pytest.MonkeyPatch.context() as monkeypatch:
        step_small(monkeypatch)
        run(perils, PARTNER, running.import_id, RateLimiter(0))  # type: ignore[arg-type]
    assert now(ports, running).counts == EXPECTED
    return perils.calls


CALLS = calls_of_a_whole_run()


def kill() -> None:
    raise Killed


def assert_as_undisturbed(ports: FakePorts, ended: Import) -> None:
    undisturbed, running = prepared()
    run(undisturbed, PARTNER, running.import_id, RateLimiter(0))
    assert ended.status is ImportStatus.DONE
    assert ended.counts == EXPECTED
    assert consequences(ports) == consequences(undisturbed)
    assert result(ports, ended) == result(undisturbed, now(undisturbed, running))
    assert ports.book.all(ImportTurn) == []


def test_the_run_that_is_disturbed_has_calls_of_every_kind() -> None:
    assert {"transaction_writer.write", "files.create", "files.read", "usernames.find_many", "imports.get"} <= set(
        CALLS
    )
    assert CALLS.count("files.create") >= 3


@pytest.mark.parametrize("at", range(1, len(CALLS) + 1))
def test_killed_at_any_call_it_goes_on_and_ends_as_if_undisturbed(at: int) -> None:
    ports, running = prepared()

    with pytest.raises(Killed):
        run(FaultInjector(ports, at, kill), PARTNER, running.import_id, RateLimiter(0))  # type: ignore[arg-type]
    assert_as_undisturbed(ports, recovered(ports, running))


@pytest.mark.parametrize("at", [item for item, call in enumerate(CALLS, start=1) if call == "transaction_writer.write"])
@pytest.mark.parametrize("lost", [False, True], ids=["not written", "written, the answer lost"])
def test_a_write_that_is_not_answered_is_made_once(at: int, lost: bool) -> None:
    ports, running = prepared()

    def fail() -> None:
        if lost:
            ports.transaction_writer.lost_answers = 1
        else:
            ports.transaction_writer.conflict(2)

    run(FaultInjector(ports, at, fail), PARTNER, running.import_id, RateLimiter(0, sleep=lambda _: None))  # type: ignore[arg-type]
    assert_as_undisturbed(ports, now(ports, running))


@pytest.mark.parametrize("at", range(1, len(CALLS) + 1))
def test_overtaken_at_any_call_by_another_worker_the_two_double_nothing(at: int) -> None:
    ports, running = prepared()

    def overtake() -> None:
        ports.later(seconds=240)
        run(ports, PARTNER, running.import_id, RateLimiter(0))

    run(FaultInjector(ports, at, overtake), PARTNER, running.import_id, RateLimiter(0))  # type: ignore[arg-type]
    assert_as_undisturbed(ports, recovered(ports, running))


@pytest.mark.parametrize("at", range(CALLS.index("transaction_writer.write") + 2, len(CALLS) + 1))
def test_a_repeated_message_while_a_worker_is_at_it_does_nothing(at: int) -> None:
    ports, running = prepared()
    repeated: list[Import | None] = []

    def repeat() -> None:
        repeated.append(run(ports, PARTNER, running.import_id, RateLimiter(0)))

    run(FaultInjector(ports, at, repeat), PARTNER, running.import_id, RateLimiter(0))  # type: ignore[arg-type]
    assert repeated == [None]
    assert_as_undisturbed(ports, now(ports, running))


def test_a_message_for_an_import_that_has_ended_does_nothing() -> None:
    ports, running = prepared()
    run(ports, PARTNER, running.import_id, RateLimiter(0))
    before = ports.book.dump()
    assert run(ports, PARTNER, running.import_id, RateLimiter(0)) is None
    assert ports.book.dump() == before


def test_handing_over_after_every_stretch_ends_as_if_undisturbed() -> None:
    ports, running = prepared()
    ports.import_queue.send(PARTNER, {"partner_id": PARTNER, "import_id": running.import_id})
    work(ports, lambda: RateLimiter(0, shift=0))
    assert_as_undisturbed(ports, now(ports, running))


def test_what_is_handed_over_and_lost_on_the_way_is_sent_again() -> None:
    ports, running = prepared()
    ports.later(seconds=59)
    assert recover_imports(ports) == 0
    ports.later(seconds=1)
    assert recover_imports(ports) == 1
    work(ports)
    assert_as_undisturbed(ports, now(ports, running))
    ports.later(seconds=1_000)
    assert recover_imports(ports) == 0


def test_an_import_that_a_worker_is_at_is_left_alone() -> None:
    ports, running = prepared()

    def sweep() -> None:
        assert recover_imports(ports) == 0

    for at in range(3, len(CALLS), 5):
        run(FaultInjector(ports, at, sweep), PARTNER, running.import_id, RateLimiter(0))  # type: ignore[arg-type]
    assert ports.import_queue.sent == []


def test_one_that_kills_every_worker_at_the_same_place_is_given_up_with_a_reason() -> None:
    ports, running = prepared()

    last = CALLS.index("files.read") + 1
    for _ in range(LEASE.max_attempts):
        ports.later(seconds=600)
        with pytest.raises(Killed):
            run(FaultInjector(ports, last, kill), PARTNER, running.import_id, RateLimiter(0))  # type: ignore[arg-type]
    ports.later(seconds=600)
    assert recover_imports(ports) == 1
    failed = now(ports, running)
    assert failed.status is ImportStatus.FAILED
    assert "got no further" in str(failed.reason)
    assert ports.book.all(ImportTurn) == []


def test_one_that_nobody_takes_for_a_day_is_given_up_with_a_reason() -> None:
    ports, running = prepared()
    for _ in range(287):
        ports.later(seconds=300)
        recover_imports(ports)
    assert now(ports, running).status is ImportStatus.RUNNING
    ports.later(seconds=300)
    recover_imports(ports)
    assert "within a day" in str(now(ports, running).reason)


def test_a_clock_that_was_set_back_does_not_leave_an_import_held() -> None:
    ports, running = prepared()
    with pytest.raises(Killed):
        run(FaultInjector(ports, len(CALLS) // 2, kill), PARTNER, running.import_id, RateLimiter(0))  # type: ignore[arg-type]
    ports.later(days=-1)
    assert recover_imports(ports) == 1
    work(ports)
    assert (now(ports, running).status, now(ports, running).counts.rows) == (ImportStatus.DONE, EXPECTED.rows)


def test_when_the_store_stays_busy_the_worker_gives_way_and_the_sweeper_sends_another() -> None:
    ports, running = prepared()
    waited: list[float] = []
    ports.transaction_writer.conflict(5)
    with pytest.raises(Unavailable):
        run(ports, PARTNER, running.import_id, RateLimiter(0, sleep=waited.append))
    assert waited == [0.5, 1.0, 2.0, 4.0]
    assert_as_undisturbed(ports, recovered(ports, running))


def test_one_stuck_import_that_cannot_be_seen_to_does_not_hold_up_the_next() -> None:
    ports, running = prepared()
    other = started_for_other(ports)
    ports.later(seconds=61)

    def refuse() -> None:
        raise PartnerbookError("not now")

    perils = FaultInjector(ports, 2, refuse)
    assert recover_imports(perils) == 2  # type: ignore[arg-type]
    assert [message["import_id"] for _, message in ports.import_queue.sent] == [other.import_id]
    assert now(ports, running).status is ImportStatus.RUNNING


def started_for_other(ports: FakePorts) -> Import:
    made = started(ports, as_file(clients(3)), by=replace(OPERATOR, partner_id=OTHER))
    ports.import_queue.sent.clear()
    return made

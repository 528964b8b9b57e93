"""Killed, overtaken, refused or repeated at any call, an import ends exactly as if nothing had happened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.imports.imports import Import, ImportState, ImportTurn, Tally
from chalicelib.domain.imports.transitions import MAX_ATTEMPTS
from chalicelib.domain.kernel.errors import Busy, PartnerbookError
from chalicelib.domain.kernel.usernames import UsernameClaim
from chalicelib.services.imports import rejections, worker
from chalicelib.services.imports.rate_limiter import Pace
from chalicelib.services.imports.recovery import resend_stuck
from chalicelib.services.imports.worker import run
from tests.fakes import FakePorts
from tests.unit.domain.imports.portfolio_rows import CANCELLED, EXPIRED, OPEN
from tests.unit.services.imports.importing import (
    OPERATOR,
    OTHER,
    PARTNER,
    Killed,
    Perils,
    as_file,
    book,
    clients,
    consequences,
    now,
    result,
    started,
    swept,
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


EXPECTED = Tally(rows=63, created=40, adjusted=10, unchanged=1, rejected=12)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    step_small(monkeypatch)


def step_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "STRETCH", 15)
    monkeypatch.setattr(rejections, "PART", 250)


def prepared() -> tuple[FakePorts, Import]:
    ports = book()
    ports.book.put(UsernameClaim("mine-already", PARTNER, "acct_1"), UsernameClaim("theirs-already", OTHER, "acct_2"))
    running = started(ports, as_file(rows()))
    ports.import_queue.sent.clear()
    return ports, running


def calls_of_a_whole_run() -> list[str]:
    ports, running = prepared()
    perils = Perils(ports)
    with pytest.MonkeyPatch.context() as monkeypatch:
        step_small(monkeypatch)
        run(perils, PARTNER, running.import_id, Pace(0))  # type: ignore[arg-type]
    assert now(ports, running).tally == EXPECTED
    return perils.calls


CALLS = calls_of_a_whole_run()


def kill() -> None:
    raise Killed


def assert_as_undisturbed(ports: FakePorts, ended: Import) -> None:
    undisturbed, running = prepared()
    run(undisturbed, PARTNER, running.import_id, Pace(0))
    assert ended.state is ImportState.DONE
    assert ended.tally == EXPECTED
    assert consequences(ports) == consequences(undisturbed)
    assert result(ports, ended) == result(undisturbed, now(undisturbed, running))
    assert ports.book.all(ImportTurn) == []


def test_the_run_that_is_disturbed_has_calls_of_every_kind() -> None:
    assert {"journal.commit", "files.create", "files.read", "usernames.find_many", "imports.get"} <= set(CALLS)
    assert CALLS.count("files.create") >= 3


@pytest.mark.parametrize("at", range(1, len(CALLS) + 1))
def test_killed_at_any_call_it_goes_on_and_ends_as_if_undisturbed(at: int) -> None:
    ports, running = prepared()

    with pytest.raises(Killed):
        run(Perils(ports, at, kill), PARTNER, running.import_id, Pace(0))  # type: ignore[arg-type]
    assert_as_undisturbed(ports, swept(ports, running))


@pytest.mark.parametrize("at", [each for each, call in enumerate(CALLS, start=1) if call == "journal.commit"])
@pytest.mark.parametrize("lost", [False, True], ids=["not written", "written, the answer lost"])
def test_a_write_that_is_not_answered_is_made_once(at: int, lost: bool) -> None:
    ports, running = prepared()

    def fail() -> None:
        if lost:
            ports.journal.lost_answers = 1
        else:
            ports.journal.conflict(2)

    run(Perils(ports, at, fail), PARTNER, running.import_id, Pace(0, sleep=lambda _: None))  # type: ignore[arg-type]
    assert_as_undisturbed(ports, now(ports, running))


@pytest.mark.parametrize("at", range(1, len(CALLS) + 1))
def test_overtaken_at_any_call_by_another_worker_the_two_double_nothing(at: int) -> None:
    ports, running = prepared()

    def overtake() -> None:
        ports.later(seconds=240)
        run(ports, PARTNER, running.import_id, Pace(0))

    run(Perils(ports, at, overtake), PARTNER, running.import_id, Pace(0))  # type: ignore[arg-type]
    assert_as_undisturbed(ports, swept(ports, running))


@pytest.mark.parametrize("at", range(CALLS.index("journal.commit") + 2, len(CALLS) + 1))
def test_a_repeated_message_while_a_worker_is_at_it_does_nothing(at: int) -> None:
    ports, running = prepared()
    repeated: list[Import | None] = []

    def repeat() -> None:
        repeated.append(run(ports, PARTNER, running.import_id, Pace(0)))

    run(Perils(ports, at, repeat), PARTNER, running.import_id, Pace(0))  # type: ignore[arg-type]
    assert repeated == [None]
    assert_as_undisturbed(ports, now(ports, running))


def test_a_message_for_an_import_that_has_ended_does_nothing() -> None:
    ports, running = prepared()
    run(ports, PARTNER, running.import_id, Pace(0))
    before = ports.book.dump()
    assert run(ports, PARTNER, running.import_id, Pace(0)) is None
    assert ports.book.dump() == before


def test_handing_over_after_every_stretch_ends_as_if_undisturbed() -> None:
    ports, running = prepared()
    ports.import_queue.send(PARTNER, {"partner_id": PARTNER, "import_id": running.import_id})
    work(ports, lambda: Pace(0, shift=0))
    assert_as_undisturbed(ports, now(ports, running))


def test_what_is_handed_over_and_lost_on_the_way_is_sent_again() -> None:
    ports, running = prepared()
    ports.later(seconds=59)
    assert resend_stuck(ports) == 0
    ports.later(seconds=1)
    assert resend_stuck(ports) == 1
    work(ports)
    assert_as_undisturbed(ports, now(ports, running))
    ports.later(seconds=1_000)
    assert resend_stuck(ports) == 0


def test_an_import_that_a_worker_is_at_is_left_alone() -> None:
    ports, running = prepared()

    def sweep() -> None:
        assert resend_stuck(ports) == 0

    for at in range(3, len(CALLS), 5):
        run(Perils(ports, at, sweep), PARTNER, running.import_id, Pace(0))  # type: ignore[arg-type]
    assert ports.import_queue.sent == []


def test_one_that_kills_every_worker_at_the_same_place_is_given_up_with_a_reason() -> None:
    ports, running = prepared()

    last = CALLS.index("files.read") + 1
    for _ in range(MAX_ATTEMPTS):
        ports.later(seconds=600)
        with pytest.raises(Killed):
            run(Perils(ports, last, kill), PARTNER, running.import_id, Pace(0))  # type: ignore[arg-type]
    ports.later(seconds=600)
    assert resend_stuck(ports) == 1
    failed = now(ports, running)
    assert failed.state is ImportState.FAILED
    assert "got no further" in str(failed.reason)
    assert ports.book.all(ImportTurn) == []


def test_one_that_nobody_takes_for_a_day_is_given_up_with_a_reason() -> None:
    ports, running = prepared()
    for _ in range(287):
        ports.later(seconds=300)
        resend_stuck(ports)
    assert now(ports, running).state is ImportState.RUNNING
    ports.later(seconds=300)
    resend_stuck(ports)
    assert "within a day" in str(now(ports, running).reason)


def test_a_clock_that_was_set_back_does_not_leave_an_import_held() -> None:
    ports, running = prepared()
    with pytest.raises(Killed):
        run(Perils(ports, len(CALLS) // 2, kill), PARTNER, running.import_id, Pace(0))  # type: ignore[arg-type]
    ports.later(days=-1)
    assert resend_stuck(ports) == 1
    work(ports)
    assert (now(ports, running).state, now(ports, running).tally.rows) == (ImportState.DONE, EXPECTED.rows)


def test_when_the_store_stays_busy_the_worker_gives_way_and_the_sweeper_sends_another() -> None:
    ports, running = prepared()
    waited: list[float] = []
    ports.journal.conflict(5)
    with pytest.raises(Busy):
        run(ports, PARTNER, running.import_id, Pace(0, sleep=waited.append))
    assert waited == [0.5, 1.0, 2.0, 4.0]
    assert_as_undisturbed(ports, swept(ports, running))


def test_one_stuck_import_that_cannot_be_seen_to_does_not_hold_up_the_next() -> None:
    ports, running = prepared()
    other = started_for_other(ports)
    ports.later(seconds=61)

    def refuse() -> None:
        raise PartnerbookError("not now")

    perils = Perils(ports, 2, refuse)
    assert resend_stuck(perils) == 2  # type: ignore[arg-type]
    assert [message["import_id"] for _, message in ports.import_queue.sent] == [other.import_id]
    assert now(ports, running).state is ImportState.RUNNING


def started_for_other(ports: FakePorts) -> Import:
    made = started(ports, as_file(clients(3)), by=replace(OPERATOR, partner_id=OTHER))
    ports.import_queue.sent.clear()
    return made

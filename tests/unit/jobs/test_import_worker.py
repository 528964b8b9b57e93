"""The import worker as Lambda runs it: by its own entry point, fed by the queue."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib import bootstrap
from chalicelib.domain.imports.imports import ImportCounts, ImportStatus
from chalicelib.jobs.import_worker import import_worker
from chalicelib.jobs.sweeper import sweeper
from tests.fakes import FakePorts
from tests.unit.jobs.events import scheduled_event, sqs_event
from tests.unit.services.imports.importing import as_file, book, clients, now, started


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    ports = book()
    monkeypatch.setattr(bootstrap, "container", lambda: ports)
    return ports


def event(*messages: tuple[str, object]) -> dict[str, Any]:
    return sqs_event(*(message for _, message in messages))


def test_a_message_runs_its_import(ports: FakePorts) -> None:
    running = started(ports, as_file(clients(3)))
    answer = import_worker(event(*ports.import_queue.sent), None)
    assert answer == {"batchItemFailures": []}
    assert now(ports, running).counts == ImportCounts(rows=3, created=3)


def test_the_same_message_three_times_has_one_effect(ports: FakePorts) -> None:
    started(ports, as_file(clients(3)))
    import_worker(event(*ports.import_queue.sent), None)
    before = ports.book.dump()
    for _ in range(3):
        assert import_worker(event(*ports.import_queue.sent), None) == {"batchItemFailures": []}
    assert ports.book.dump() == before


def test_a_message_that_cannot_be_worked_on_comes_again_and_holds_no_other_up(ports: FakePorts) -> None:
    running = started(ports, as_file(clients(3)))
    broken = ("prt_none", {"partner_id": "prt_none", "import_id": "imp_none"})
    answer = import_worker(event(broken, *ports.import_queue.sent), None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert now(ports, running).status is ImportStatus.DONE


def test_the_sweeper_sends_what_was_lost_again(ports: FakePorts) -> None:
    running = started(ports, as_file(clients(3)))
    ports.import_queue.sent.clear()
    ports.later(seconds=61)
    sweeper(scheduled_event(), None)
    import_worker(event(*ports.import_queue.sent), None)
    assert now(ports, running).status is ImportStatus.DONE

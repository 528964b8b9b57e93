"""The worker of bulk operations as Lambda runs it: by its own entry point, fed by the queue."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib import bootstrap
from chalicelib.domain.bulk_operations.bulk_operations import BulkStatus, OutcomeCounts
from chalicelib.jobs.bulk_worker import bulk_worker
from chalicelib.jobs.sweeper import sweeper
from tests.fakes import FakePorts
from tests.unit.jobs.events import scheduled_event, sqs_event
from tests.unit.services.bulk_operations.running import book, now, requested, seo


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    ports = book()
    monkeypatch.setattr(bootstrap, "container", lambda: ports)
    return ports


def event(*messages: tuple[str, object]) -> dict[str, Any]:
    return sqs_event(*(message for _, message in messages))


def test_a_message_runs_its_operation(ports: FakePorts) -> None:
    made = requested(ports, seo())
    assert bulk_worker(event(*ports.bulk_queue.sent), None) == {"batchItemFailures": []}
    assert now(ports, made).counts == OutcomeCounts(changed=1, unchanged=1, refused=4)


def test_the_same_message_three_times_has_one_effect(ports: FakePorts) -> None:
    requested(ports, seo())
    bulk_worker(event(*ports.bulk_queue.sent), None)
    before = ports.book.dump()
    for _ in range(3):
        assert bulk_worker(event(*ports.bulk_queue.sent), None) == {"batchItemFailures": []}
    assert ports.book.dump() == before


def test_a_message_that_cannot_be_worked_on_comes_again_and_holds_no_other_up(ports: FakePorts) -> None:
    made = requested(ports, seo())
    broken = ("prt_none", {"partner_id": "prt_none", "bulk_operation_id": "blk_none"})
    answer = bulk_worker(event(broken, *ports.bulk_queue.sent), None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert now(ports, made).status is BulkStatus.DONE


def test_the_sweeper_sends_what_was_lost_again(ports: FakePorts) -> None:
    made = requested(ports, seo())
    ports.bulk_queue.sent.clear()
    ports.later(seconds=61)
    sweeper(scheduled_event(), None)
    bulk_worker(event(*ports.bulk_queue.sent), None)
    assert now(ports, made).status is BulkStatus.DONE

"""A lease ends to the moment, and so does patience with work that nobody carries out."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chalicelib.domain.kernel.leases import LeasePolicy
from chalicelib.domain.mail.deliveries import LEASE as DELIVERIES
from chalicelib.domain.report_runs.transitions import LEASE as REPORT_RUNS

CONFIG = Path(__file__).parents[4] / ".chalice/config.json"
NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
LEASE = LeasePolicy(duration=timedelta(minutes=2), requeue_after=timedelta(minutes=5), max_attempts=3)


def test_a_lease_is_held_until_it_expires_and_no_longer() -> None:
    assert not LEASE.is_expired(NOON, NOON + timedelta(minutes=2) - MOMENT)
    assert LEASE.is_expired(NOON, NOON + timedelta(minutes=2))


def test_work_that_nobody_holds_is_enqueued_again_when_its_message_must_be_lost() -> None:
    assert not LEASE.is_forgotten(NOON, NOON + timedelta(minutes=5) - MOMENT)
    assert LEASE.is_forgotten(NOON, NOON + timedelta(minutes=5))


def test_work_is_given_up_after_a_day() -> None:
    assert not LEASE.is_overdue(NOON, NOON + timedelta(days=1) - MOMENT)
    assert LEASE.is_overdue(NOON, NOON + timedelta(days=1))


def test_work_is_given_up_after_so_many_attempts_where_there_is_a_number() -> None:
    assert [LEASE.is_exhausted(attempts) for attempts in (2, 3, 4)] == [False, True, True]
    assert not DELIVERIES.is_exhausted(1000)


@pytest.mark.parametrize(("lease", "worker"), [(REPORT_RUNS, "report_worker"), (DELIVERIES, "delivery_worker")])
def test_no_lease_ends_before_its_worker_does(lease: LeasePolicy, worker: str) -> None:
    """An import's may: its worker moves the end of its lease with all that it writes."""
    (stage,) = json.loads(CONFIG.read_text())["stages"].values()
    assert lease.duration > timedelta(seconds=stage["lambda_functions"][worker]["lambda_timeout"])

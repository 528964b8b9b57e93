"""Whatever the product's own operations have made of accounts, a portfolio export of it imports as it was."""

from __future__ import annotations

import csv
import logging
from datetime import date, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import MAX_COUNT, Activity, latest_activity_day
from chalicelib.domain.imports.imports import ImportStatus
from chalicelib.reports.request_validation import ReportInput
from chalicelib.services.accounts import activity
from chalicelib.services.accounts.activity import ActivityReport
from chalicelib.services.report_runs import report_runs
from chalicelib.services.report_runs.worker import make
from chalicelib.services.transactions import retry_on_conflict
from tests.properties.machine import NAMES, ProgrammeMachine
from tests.scenario import ONE, TWO
from tests.unit.services.imports.importing import OPERATOR, PARTNER, book, brought_in

if TYPE_CHECKING:
    from tests.fakes import FakePorts

COUNTS = st.one_of(st.just(0), st.integers(0, MAX_COUNT), st.just(MAX_COUNT))
AHEAD = st.integers(-30_000, 1)
"""Days from today, the last on which the client may have been: tomorrow, where it is ahead of UTC."""


def exported(ports: FakePorts, operator: Actor) -> bytes:
    """The portfolio report of the operator's partner as CSV."""
    run = retry_on_conflict(
        ports.transaction_writer,
        lambda: report_runs.request(ports, operator, ReportInput(report="portfolio", formats=["csv"])),
    )
    done = make(ports, run.partner_id, run.report_run_id)
    assert done is not None
    (file,) = done.files
    return ports.files.kept[file.key]


def table(content: bytes) -> list[dict[str, str]]:
    """The rows of a file by username, in any order."""
    rows = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""))
    return sorted(rows, key=lambda row: row["username"])


class ExportMachine(ProgrammeMachine):
    """The machine of all that can happen, activity of any size and date included, with an export at its end."""

    @rule(name=NAMES, counts=st.tuples(COUNTS, COUNTS, COUNTS), login=st.none() | AHEAD, campaign=st.none() | AHEAD)
    def activity_of_any_size(
        self, name: str, counts: tuple[int, int, int], login: int | None, campaign: int | None
    ) -> None:
        today = self.ports.now.date()
        assert latest_activity_day(today) == today + timedelta(days=1)
        reported = Activity(
            list_size=counts[0],
            login_count=counts[1],
            campaigns_sent=counts[2],
            last_login_on=self._day(today, login),
            last_campaign_on=self._day(today, campaign),
            as_of=self.ports.now,
        )
        for partner_id in (ONE, TWO):
            platform = Actor("platform", Role.PLATFORM, partner_id)
            activity.report(self.ports, platform, [ActivityReport(name, reported)])

    def _day(self, today: date, ahead: int | None) -> date | None:
        return None if ahead is None else today + timedelta(days=ahead)

    def teardown(self) -> None:
        try:
            if hasattr(self, "programme"):
                transaction_writer = self.ports.transaction_writer
                self.ports.book.catch_up()
                transaction_writer.meanwhile, transaction_writer.failures, transaction_writer.lost_answers = [], [], 0
                for partner_id in (ONE, TWO):
                    self._comes_back(Actor("operator", Role.OPERATOR, partner_id))
        finally:
            super().teardown()

    def _comes_back(self, operator: Actor) -> None:
        content = exported(self.ports, operator)
        fresh = book()
        fresh.now = self.ports.now
        ended = brought_in(fresh, content)
        assert ended.status is ImportStatus.DONE
        assert (ended.counts.rejected, ended.counts.adjusted) == (0, 0), fresh.files.kept[ended.result_key].decode()
        assert table(exported(fresh, OPERATOR)) == table(content)
        assert ended.partner_id == PARTNER


def run(sequences: int) -> None:
    chosen = settings(
        max_examples=sequences,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    logging.disable(logging.CRITICAL)
    try:
        run_state_machine_as_test(ExportMachine, settings=chosen)
    finally:
        logging.disable(logging.NOTSET)


def test_what_fifty_sequences_made_comes_back_from_an_export() -> None:
    run(50)


@pytest.mark.long
def test_what_a_thousand_sequences_made_comes_back_from_an_export() -> None:
    run(1_000)

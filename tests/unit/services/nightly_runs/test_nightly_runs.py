"""A night: everything due is settled once, its bonuses are announced once, and what fails holds nothing else up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chalicelib.domain.accounts.accounts import Account, Cancellation, Status
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason
from chalicelib.domain.accounts.departures import Departure
from chalicelib.domain.accounts.scheduled_changes import apply_due
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Change, Replace
from chalicelib.domain.kernel.errors import Conflict, Unavailable
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.mail.deliveries import Delivery
from chalicelib.domain.nightly_runs import totals
from chalicelib.domain.partners.partners import PartnerSettings
from chalicelib.domain.report_runs.report_runs import ReportRun, ReportRunStatus
from chalicelib.domain.report_runs.transitions import started
from chalicelib.services.accounts.due_changes import INLINE, settle, settle_all, settle_before_reading
from chalicelib.services.mail.send_worker import deliver
from chalicelib.services.nightly_runs.nightly_runs import begin, finish_runs
from chalicelib.services.nightly_runs.settle_partner import settle_partner
from chalicelib.services.report_runs import report_runs
from chalicelib.services.report_runs.worker import make
from tests.factories import PARTNER, TODAY, a_partner, a_trial, an_account
from tests.fakes import FakePorts
from tests.scenario import ADMIN

DAY_94 = TODAY - timedelta(days=94)
DAY_95 = TODAY - timedelta(days=95)
REASON = CancelReason.POOR_RESULTS


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.book.put(a_partner(settings=PartnerSettings(recipients=("ada@agency.example",), tracker_formats=("csv",))))
    return ports


def statuses(ports: FakePorts) -> list[BonusStatus]:
    return sorted(account.bonus_status for account in ports.book.all(Account))


def night(ports: FakePorts) -> None:
    begin(ports)
    for partner_id, message in ports.settle_queue.sent:
        assert message["partner_id"] == partner_id
        settle_partner(ports, partner_id, date.fromisoformat(message["night"]))
    ports.settle_queue.sent.clear()


def test_day_94_is_pending_and_day_95_is_earned(ports: FakePorts) -> None:
    pending, earned = an_account(initial_upgrade_on=DAY_94), an_account(initial_upgrade_on=DAY_95)
    ports.book.put(pending, earned)
    night(ports)
    assert ports.accounts.get(PARTNER, pending.account_id).bonus_status is BonusStatus.TRACKING
    assert ports.accounts.get(PARTNER, earned.account_id).bonus_status is BonusStatus.EARNED
    (bonus,) = ports.book.all(Bonus)
    assert (bonus.account_id, bonus.earned_on, bonus.notified) == (earned.account_id, TODAY, True)


def test_earned_bonuses_are_announced_in_one_run_to_the_recipients(ports: FakePorts) -> None:
    accounts = [an_account(initial_upgrade_on=DAY_95) for _ in range(3)]
    ports.book.put(*accounts)
    night(ports)
    (run,) = ports.book.all(ReportRun)
    assert run.request.report == "new-account-bonus-tracker"
    assert run.request.formats == ("csv",)
    assert run.request.email_to == ("ada@agency.example",)
    assert set(run.request.bonus_account_ids) == {account.account_id for account in accounts}
    assert len(ports.report_queue.sent) == 1


@pytest.mark.parametrize("state", [ReportRunStatus.REQUESTED, ReportRunStatus.RUNNING, ReportRunStatus.READY])
def test_a_run_that_tells_of_bonuses_cannot_be_deleted_before_its_mail_is_sent(
    ports: FakePorts, state: ReportRunStatus
) -> None:
    ports.book.put(an_account(initial_upgrade_on=DAY_95))
    night(ports)
    (run,) = ports.book.all(ReportRun)
    if state is ReportRunStatus.READY:
        make(ports, PARTNER, run.report_run_id)
    elif state is ReportRunStatus.RUNNING:
        ports.transaction_writer.write(Change((Replace(run, started(run, ports.now)),), None))
    with pytest.raises(Conflict, match="Delete it once its mail has been sent"):
        report_runs.delete(ports, ADMIN, run.report_run_id)
    if state is ReportRunStatus.READY:
        (mail,) = ports.book.all(Delivery)
        deliver(ports, PARTNER, mail.delivery_id)
        assert report_runs.delete(ports, ADMIN, run.report_run_id)


def test_the_same_night_again_earns_nothing_and_notifies_nobody(ports: FakePorts) -> None:
    ports.book.put(an_account(initial_upgrade_on=DAY_95), a_trial(trial_ends_on=TODAY))
    night(ports)
    before = ports.book.dump()
    night(ports)
    settle_partner(ports, PARTNER, TODAY)
    assert ports.book.dump() == before


def test_a_night_without_bonuses_runs_no_tracker(ports: FakePorts) -> None:
    ports.book.put(a_trial(trial_ends_on=TODAY))
    night(ports)
    assert ports.book.all(ReportRun) == []


def test_a_bonus_that_a_reader_settled_is_announced_by_the_night(ports: FakePorts) -> None:
    account = an_account(initial_upgrade_on=DAY_95)
    ports.book.put(account)
    assert settle(ports, PARTNER, account.account_id).earned
    assert ports.book.all(ReportRun) == []
    night(ports)
    (run,) = ports.book.all(ReportRun)
    assert run.request.bonus_account_ids == (account.account_id,)


def test_a_bonus_earned_this_night_is_announced_although_the_index_lags(ports: FakePorts) -> None:
    ports.book.put(an_account(initial_upgrade_on=DAY_95))
    ports.book.lag()
    night(ports)
    assert len(ports.book.all(ReportRun)) == 1


def test_more_bonuses_than_one_mail_names_are_announced_in_several(ports: FakePorts) -> None:
    ports.book.put(*(an_account(initial_upgrade_on=DAY_95) for _ in range(95)))
    night(ports)
    assert sorted(len(run.request.bonus_account_ids) for run in ports.book.all(ReportRun)) == [5, 90]
    assert all(bonus.notified for bonus in ports.book.all(Bonus))


def test_a_night_three_days_late_brings_what_three_nights_had_brought(ports: FakePorts) -> None:
    late = an_account(initial_upgrade_on=DAY_95 - timedelta(days=3))
    leaving = an_account(initial_upgrade_on=DAY_94, cancellation=Cancellation(TODAY - timedelta(days=2), REASON))
    ports.book.put(late, leaving)
    night(ports)
    assert ports.accounts.get(PARTNER, late.account_id).bonus_earned_on == TODAY - timedelta(days=3)
    left = ports.accounts.get(PARTNER, leaving.account_id)
    assert (left.status, left.bonus_status) == (Status.CANCELLED, BonusStatus.DISQUALIFIED)
    (departure,) = ports.book.all(Departure)
    assert departure.effective_on == TODAY - timedelta(days=2)
    ports.book.assert_counted()


def test_two_workers_on_one_partner_at_once_settle_each_account_once(ports: FakePorts) -> None:
    accounts = [an_account(initial_upgrade_on=DAY_95) for _ in range(4)]
    ports.book.put(*accounts)
    ports.transaction_writer.meanwhile.append(lambda: settle_partner(ports, PARTNER, TODAY))
    settle_partner(ports, PARTNER, TODAY)
    assert len(ports.book.all(Bonus)) == 4
    assert len(ports.book.all(ReportRun)) == 1
    done = ports.nightly_runs.partner(TODAY, PARTNER)
    assert done is not None
    assert (done.settled, done.bonuses, done.failures) == (4, 4, 0)


def test_an_account_that_cannot_be_settled_is_set_aside_and_holds_no_other_one_up(ports: FakePorts) -> None:
    stuck = an_account(account_id="acct_0", initial_upgrade_on=DAY_95 - timedelta(days=1))
    well = an_account(account_id="acct_1", initial_upgrade_on=DAY_95)
    ports.book.put(stuck, well)
    ports.transaction_writer.conflict()
    settle_partner(ports, PARTNER, TODAY)
    assert ports.accounts.get(PARTNER, "acct_1").bonus_status is BonusStatus.EARNED
    assert ports.settle_queue.sent == [(PARTNER, {"partner_id": PARTNER, "account_id": "acct_0"})]
    done = ports.nightly_runs.partner(TODAY, PARTNER)
    assert done is not None
    assert (done.settled, done.failures) == (1, 1)
    assert ports.partners.get(PARTNER).settled_on is None
    assert settle(ports, PARTNER, "acct_0").earned


def test_an_account_that_the_index_still_has_is_not_settled_twice(ports: FakePorts) -> None:
    account = an_account(initial_upgrade_on=DAY_95)
    ports.book.put(account)
    ports.book.lag()
    settle(ports, PARTNER, account.account_id)
    before = ports.book.dump()
    assert [item.earned for item in settle_all(ports, PARTNER)] == [False]
    assert ports.book.dump() == before


def test_a_bonus_is_what_the_partners_terms_gave_as_the_night_began(ports: FakePorts) -> None:
    ports.book.put(an_account(initial_upgrade_on=DAY_95))
    settle_partner(ports, PARTNER, TODAY, Money(7_500, "EUR"))
    assert [item.money for item in ports.book.all(Bonus)] == [Money(7_500, "EUR")]


def settling_ports() -> FakePorts:
    ports = FakePorts()
    ports.book.put(
        a_partner(settings=PartnerSettings(recipients=("ada@agency.example",))),
        *(an_account(account_id=f"acct_{number}", initial_upgrade_on=DAY_95) for number in range(3)),
        a_trial(account_id="acct_t", trial_ends_on=TODAY),
        an_account(account_id="acct_c", initial_upgrade_on=DAY_94, cancellation=Cancellation(TODAY, REASON)),
    )
    return ports


def end_state(ports: FakePorts) -> object:
    """What must be the same however the night went: nothing made up by chance, such as ids."""
    accounts = {item.account_id: item for item in ports.book.all(Account)}
    runs = [run.request for run in ports.book.all(ReportRun)]
    bonuses = sorted((item.account_id, item.earned_on, item.notified) for item in ports.book.all(Bonus))
    kept = [(item.account_id, item.kind) for item in ports.book.all(AuditEntry)]
    return (
        accounts,
        runs,
        bonuses,
        sorted(map(str, kept)),
        ports.nightly_runs.partner(TODAY, PARTNER),
        ports.book.dump()[1],
    )


def test_a_worker_killed_at_any_write_and_started_again_ends_as_if_undisturbed() -> None:
    undisturbed = settling_ports()
    settle_partner(undisturbed, PARTNER, TODAY)
    writes = len(undisturbed.transaction_writer.committed)
    assert writes == 7
    for killed_at in range(writes):
        for after_writing in (False, True):
            ports = settling_ports()
            killing = KillingWriter(ports.transaction_writer, killed_at, after_writing=after_writing)
            ports.transaction_writer = killing  # type: ignore[assignment]
            with pytest.raises(Killed):
                settle_partner(ports, PARTNER, TODAY)
            ports.transaction_writer = killing.real
            settle_partner(ports, PARTNER, TODAY)
            assert end_state(ports) == end_state(undisturbed), (killed_at, after_writing)
            ports.book.assert_counted()


class Killed(BaseException):
    """The process ends here: nothing in it can catch this."""


class KillingWriter:
    """A journal in a process that is killed at one of its writes, before or after it is written."""

    def __init__(self, real: object, at: int, *, after_writing: bool) -> None:
        self.real, self.at, self.after_writing = real, at, after_writing

    def write(self, change: object) -> object:
        if not change.writes:  # type: ignore[attr-defined]
            return change.result  # type: ignore[attr-defined]
        self.at -= 1
        if self.at == -1 and not self.after_writing:
            raise Killed
        result = self.real.write(change)  # type: ignore[attr-defined]
        if self.at == -1:
            raise Killed
        return result


def test_a_run_begun_again_hands_over_only_the_partners_that_are_not_done(ports: FakePorts) -> None:
    ports.book.put(a_partner(partner_id="ptnr_2", name="Agency Two"))
    run = begin(ports)
    assert run.partners == 2
    settle_partner(ports, PARTNER, TODAY)
    ports.settle_queue.sent.clear()
    assert begin(ports) == run
    assert [partner_id for partner_id, _ in ports.settle_queue.sent] == ["ptnr_2"]


def test_a_night_is_finished_when_every_partner_is_done(ports: FakePorts) -> None:
    begin(ports)
    assert finish_runs(ports) == 0
    settle_partner(ports, PARTNER, TODAY)
    assert finish_runs(ports) == 1
    assert finish_runs(ports) == 0
    run = ports.nightly_runs.run(TODAY)
    assert run is not None
    assert run.finished_at == ports.now
    assert totals(ports.nightly_runs.partners(TODAY)).done == 1


def test_reading_settles_up_to_ten_and_leaves_the_rest_to_the_workers(ports: FakePorts) -> None:
    ports.book.put(*(an_account(initial_upgrade_on=DAY_95) for _ in range(INLINE + 1)))
    partner = settle_before_reading(ports, ports.partners.get(PARTNER))
    assert partner.settled_on is None
    assert statuses(ports).count(BonusStatus.EARNED) == INLINE
    assert ports.settle_queue.sent == [(PARTNER, {"partner_id": PARTNER})]
    partner = settle_before_reading(ports, ports.partners.get(PARTNER))
    assert partner.settled_on == TODAY
    assert ports.partners.get(PARTNER) == partner
    assert partner.version == 1


def test_a_partner_settled_today_is_not_looked_through_again(ports: FakePorts) -> None:
    settle_before_reading(ports, ports.partners.get(PARTNER))
    ports.book.put(an_account(initial_upgrade_on=DAY_95))
    settle_before_reading(ports, ports.partners.get(PARTNER))
    assert statuses(ports) == [BonusStatus.TRACKING]
    ports.later(days=1)
    settle_before_reading(ports, ports.partners.get(PARTNER))
    assert statuses(ports) == [BonusStatus.EARNED]


def test_reading_goes_on_where_settling_cannot(ports: FakePorts) -> None:
    ports.book.put(an_account(initial_upgrade_on=DAY_95))
    ports.transaction_writer.conflict()
    ports.settle_queue.full = True
    assert settle_before_reading(ports, ports.partners.get(PARTNER)).settled_on is None


def test_nightly_that_cannot_hand_over_says_so_and_is_run_again(ports: FakePorts) -> None:
    ports.settle_queue.full = True
    with pytest.raises(Unavailable):
        begin(ports)
    ports.settle_queue.full = False
    begin(ports)
    assert len(ports.settle_queue.sent) == 1


@settings(max_examples=60, deadline=None)
@given(
    upgraded=some.lists(some.integers(60, 130), min_size=1, max_size=4),
    trials=some.lists(some.integers(-5, 40), max_size=3),
    cancelled_in=some.integers(0, 40),
    skipped=some.sets(some.integers(1, 39)),
)
def test_nights_that_were_skipped_change_nothing_of_where_it_ends(
    upgraded: list[int], trials: list[int], cancelled_in: int, skipped: set[int]
) -> None:
    first = [
        an_account(account_id=f"a{n}", initial_upgrade_on=TODAY - timedelta(days=d)) for n, d in enumerate(upgraded)
    ]
    first += [a_trial(account_id=f"t{n}", trial_ends_on=TODAY + timedelta(days=d)) for n, d in enumerate(trials)]
    first[0] = replace(first[0], cancellation=Cancellation(TODAY + timedelta(days=cancelled_in), REASON))
    ports = FakePorts()
    ports.book.put(a_partner(), *first)
    for day in range(41):
        if day not in skipped:
            settle_partner(ports, PARTNER, ports.today)
        ports.later(days=1)
    last_day = TODAY + timedelta(days=40)
    for account in first:
        existing = ports.accounts.get(PARTNER, account.account_id)
        assert replace(existing, version=1) == replace(apply_due(account, last_day).account, version=1)
    ports.book.assert_counted()

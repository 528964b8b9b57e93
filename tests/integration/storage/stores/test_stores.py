"""What every store promises, kept by its fake and on DynamoDB alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.bootstrap import Container, Ports
from chalicelib.domain.access import Actor, Role, system_actor
from chalicelib.domain.accounts.accounts import AccountType, Activity, Cancellation, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import CancelReason, RegistrationStatus
from chalicelib.domain.accounts.departures import Consent, Event
from chalicelib.domain.accounts.management_requests import ManagementRequest, ManagementRequestStatus
from chalicelib.domain.audit import AuditQuery, FieldChange
from chalicelib.domain.changes import (
    AddSettlementCounts,
    Change,
    Count,
    CountSignUp,
    FinishPartnerSettlement,
    Insert,
    MarkSettled,
    Put,
    Remove,
    Replace,
    Write,
)
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.errors import Conflict, NotFound, StaleVersion
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.kernel.paging import BoundedCount
from chalicelib.domain.kernel.usernames import claim
from chalicelib.domain.nightly_runs import NightlyRun, PartnerSettlement
from chalicelib.domain.partners import sessions
from chalicelib.domain.partners.invitations import invitation_for
from chalicelib.domain.partners.invitations import issue as issue_invitation
from chalicelib.domain.partners.invites import Invite, InviteCounts, SlugClaim
from chalicelib.domain.partners.partners import PartnerSettings, Terms
from chalicelib.domain.partners.session_endings import SessionEnding
from chalicelib.domain.partners.sessions import Lifetimes
from chalicelib.domain.report_runs import transitions
from chalicelib.domain.report_runs.report_runs import ReportRequest
from chalicelib.domain.service_requests import ServiceKind, ServiceRequest, ServiceRequestStatus
from chalicelib.domain.sign_in_links import issue
from chalicelib.domain.sms.form import BusinessType, RegistrationForm
from chalicelib.domain.sms.sms_registrations import Registration
from tests.factories import NOON, a_bonus, a_departure, a_member, a_partner, a_record, an_account, an_entry, an_operator


def write(ports: Ports, *writes: Write) -> None:
    """Commit these together."""
    ports.transaction_writer.write(Change(writes, None))


def insert(ports: Ports, *entities: Any) -> None:
    """Write new things."""
    write(ports, *map(Insert, entities))


def test_an_account_comes_back_as_it_was_written(ports: Ports, partner_id: str) -> None:
    account = an_account(
        partner_id=partner_id,
        organization="Ünïcode # 100 %\U0001f370",
        website="https://bakery.example",
        partner_account_id="A-17",
        holds=frozenset({Hold.BALANCE_DUE, Hold.COMPLIANCE}),
        trial_ends_on=date(2026, 9, 1),
        cancellation=Cancellation(date(2026, 12, 24), CancelReason.DOING_IT_IN_HOUSE),
        add_ons=frozenset({AddOn.SMS, AddOn.SEO}),
        sms_registration=RegistrationStatus.IN_REVIEW,
        bonus_earned_on=date(2026, 2, 28),
        permission_ends_on=date(2026, 12, 1),
        erased=True,
        activity=Activity(
            list_size=12_345,
            login_count=7,
            last_login_on=date(2026, 11, 1),
            campaigns_sent=3,
            last_campaign_on=date(2026, 10, 30),
            as_of=datetime(2026, 11, 4, 23, 59, 59, 1, tzinfo=UTC),
        ),
        version=4,
    )
    insert(ports, account)
    assert ports.accounts.get(partner_id, account.account_id) == account


def test_a_bare_account_comes_back_as_it_was_written(ports: Ports, partner_id: str) -> None:
    account = an_account(partner_id=partner_id)
    insert(ports, account)
    assert ports.accounts.get(partner_id, account.account_id) == account


def test_an_unknown_account_and_another_partners_are_not_found_alike(ports: Ports, partner_id: str) -> None:
    account = an_account(partner_id=partner_id)
    insert(ports, account)
    with pytest.raises(NotFound) as unknown:
        ports.accounts.get(partner_id, ids.random_id("acct"))
    with pytest.raises(NotFound) as foreign:
        ports.accounts.get(ids.random_id("prt"), account.account_id)
    assert unknown.value.detail == foreign.value.detail


def test_activity_is_noted_unless_it_is_as_late_or_later_or_the_account_is_gone(ports: Ports, partner_id: str) -> None:
    account = an_account(partner_id=partner_id)
    insert(ports, account)
    newer = Activity(list_size=5, last_login_on=date(2026, 11, 5), as_of=NOON)
    note = ports.accounts.note_activity
    assert note(partner_id, account.account_id, newer)
    assert not note(partner_id, account.account_id, replace(newer, list_size=6))
    assert not note(partner_id, account.account_id, replace(newer, as_of=NOON - timedelta(microseconds=1)))
    assert not note(partner_id, ids.random_id("acct"), newer)
    assert ports.accounts.get(partner_id, account.account_id) == replace(account, activity=newer)
    emptied = Activity(as_of=NOON + timedelta(microseconds=1))
    assert note(partner_id, account.account_id, emptied)
    assert ports.accounts.get(partner_id, account.account_id) == replace(account, activity=emptied)


def test_due_accounts_come_the_longest_due_first_and_no_others(ports: Ports, partner_id: str) -> None:
    days = (date(2026, 10, 1), date(2026, 8, 1), date(2026, 9, 1))
    accounts = [an_account(partner_id=partner_id, initial_upgrade_on=day) for day in days]
    insert(ports, *accounts, an_account(partner_id=ids.random_id("prt"), initial_upgrade_on=days[0]))
    until = date(2026, 12, 5)
    assert list(ports.accounts.due(partner_id, until)) == [accounts[1], accounts[2]]
    assert next(ports.accounts.due(partner_id, until)) == accounts[1]
    assert list(ports.accounts.due(partner_id, date(2026, 11, 3))) == []
    assert list(ports.accounts.due(partner_id, date(2026, 11, 4))) == [accounts[1]]


def test_a_username_is_found_whatever_its_case(ports: Ports, partner_id: str) -> None:
    name = f"Straße-{ids.random_id('u')}"
    insert(ports, claim(name, partner_id, "acct_1"))
    assert ports.usernames.find(name.upper()) == claim(name, partner_id, "acct_1")
    assert ports.usernames.find(f"{name}x") is None


def test_many_usernames_are_found_at_once(ports: Ports, partner_id: str) -> None:
    names = [f"{partner_id}-{number}" for number in range(130)]
    for start in (0, 65):
        insert(ports, *(claim(name, partner_id, "acct_1") for name in names[start : start + 65]))
    found = ports.usernames.find_many([*(name.upper() for name in names), "nobody-has-this", names[0]])
    assert found == {name.casefold(): claim(name, partner_id, "acct_1") for name in names}
    assert ports.usernames.find_many([]) == {}


def test_counters_add_up_over_every_shard(ports: Ports, partner_id: str) -> None:
    open_managed, trial_referred = (Status.OPEN, AccountType.MANAGED), (Status.TRIAL, AccountType.REFERRED)
    for _ in range(12):
        write(ports, Count(partner_id, {open_managed: 2, trial_referred: 1}))
    write(ports, Count(partner_id, {open_managed: -4}), Count(partner_id, {trial_referred: -12}))
    summary = ports.counters.summary(partner_id)
    assert summary.of() == summary.of(Status.OPEN) == summary.of(Status.OPEN, AccountType.MANAGED) == 20
    assert summary.of(Status.TRIAL) == 0
    assert ports.counters.summary(ids.random_id("prt")).of() == 0


def test_a_partner_comes_back_as_it_was_written(ports: Ports, partner_id: str) -> None:
    partner = a_partner(
        partner_id=partner_id,
        terms=Terms(trial_days=30, bonus=Money(5_000, "EUR"), single_bill_enabled=False, permission_days=14),
        settings=PartnerSettings(
            recipients=("z@agency.example", "a@agency.example"),
            time_zone="Europe/Berlin",
            report_retention_days=10,
            country="DE",
            link_days=2,
            tracker_formats=("xlsx",),
        ),
        suspended=True,
        admin_count=2,
        settled_on=date(2026, 11, 4),
        version=9,
    )
    plain = a_partner(partner_id=f"{partner_id}-2")
    insert(ports, partner, plain)
    assert ports.partners.get(partner_id) == partner
    assert [item for item in ports.partners.all() if item.partner_id.startswith(partner_id)] in (
        [partner, plain],
        [plain, partner],
    )
    with pytest.raises(NotFound):
        ports.partners.get("prt_nobody")


def test_members_are_found_by_subject_and_by_partner(ports: Ports, partner_id: str) -> None:
    viewer = a_member(partner_id=partner_id, role=Role.PARTNER_VIEWER)
    admin = a_member(partner_id=partner_id)
    elsewhere = replace(viewer, partner_id=f"{partner_id}-other", role=Role.PARTNER_MANAGER)
    insert(ports, viewer, admin, elsewhere)
    assert ports.members.get(viewer.subject, partner_id) == viewer
    assert ports.members.get("nobody", partner_id) is None
    assert ports.members.get(admin.subject, elsewhere.partner_id) is None
    assert ports.members.of_subject(viewer.subject) == [viewer, elsewhere]
    assert ports.members.of_subject("nobody") == []
    assert ports.members.of_partner(partner_id) == [admin, viewer]


def test_invitations_are_listed_for_their_partner_the_oldest_first(ports: Ports, partner_id: str) -> None:
    invited = [
        invitation_for(partner_id, f"{name}@agency.example", name, Role.PARTNER_VIEWER, "admin", NOON)
        for name in ("ada", "grace")
    ]
    issued = issue_invitation(invited[0]).invitation
    insert(ports, issued, invited[1])
    assert ports.invitations.get(partner_id, issued.invitation_id) == issued
    assert ports.invitations.get("prt_nobody", issued.invitation_id) is None
    assert ports.invitations.of_partner(partner_id) == [issued, invited[1]]


def test_sessions_wait_to_be_ended_until_they_are(ports: Ports) -> None:
    ending = SessionEnding(subject=ids.random_id("sub"), requested_at=NOON)
    insert(ports, ending)
    assert ending in ports.session_endings.waiting(100)
    ports.transaction_writer.write(Change((Remove(ending),), None))
    assert ending not in ports.session_endings.waiting(100)


def test_sessions_are_a_persons_and_the_oldest_comes_first(ports: Ports) -> None:
    subject, lasting = ids.random_id("sub"), Lifetimes(timedelta(minutes=30), timedelta(hours=12))
    first, second = (
        sessions.begin(subject, f"first-{at}", "refresh", lasting, at).session
        for at in (NOON, NOON + timedelta(minutes=1))
    )
    insert(ports, second, first)
    assert ports.sessions.of_subject(subject) == [first, second]
    assert ports.sessions.get(subject, first.session_id) == first
    assert ports.sessions.get("nobody", first.session_id) is None
    cookie = sessions.SessionCookie(subject, first.session_id, "key", "secret")
    updated = sessions.renewed(first, cookie, "next", NOON + timedelta(hours=1), NOON + timedelta(minutes=5)).session
    ports.transaction_writer.write(Change((Replace(first, updated),), None))
    assert ports.sessions.get(subject, first.session_id) == updated
    with pytest.raises(StaleVersion):
        ports.transaction_writer.write(Change((Replace(first, updated),), None))
    ports.transaction_writer.write(Change((Remove(updated),), None))
    assert ports.sessions.of_subject(subject) == [second]


def test_operators_are_found_by_subject_and_all_together(ports: Ports) -> None:
    operator, platform = an_operator(), an_operator(Role.PLATFORM)
    insert(ports, operator, platform)
    assert ports.operators.get(operator.subject) == operator
    assert ports.operators.get("nobody") is None
    assert {operator.subject, platform.subject} <= {item.subject for item in ports.operators.all()}


def test_bonuses_come_oldest_first_until_their_partner_is_notified(ports: Ports, partner_id: str) -> None:
    late = a_bonus(partner_id=partner_id)
    early = a_bonus(
        partner_id=partner_id,
        earned_on=date(2026, 11, 3),
        notified=True,
        paid_on=date(2026, 11, 4),
        payment_reference="P-1",
    )
    insert(ports, late, early, a_bonus(partner_id=ids.random_id("prt")))
    assert ports.bonuses.get(early.account_id) == early
    assert ports.bonuses.get(ids.random_id("acct")) is None
    assert list(ports.bonuses.of_partner(partner_id)) == [early, late]
    assert ports.bonuses.unnotified(partner_id) == [late]


def test_departures_are_found_by_their_days_both_included(ports: Ports, partner_id: str) -> None:
    consent = Consent(given_by="Ada", given_at=NOON, evidence="mail of 2026-11-04")
    days = [date(2026, 8, 6), date(2026, 8, 7), date(2026, 11, 5), date(2026, 11, 6)]
    departures = [
        a_departure(partner_id=partner_id, effective_on=day, event=Event.MOVE_OUT, reason=None, consent=consent)
        for day in days
    ]
    insert(ports, *departures)
    assert list(ports.departures.between(partner_id, days[1], days[2])) == departures[1:3]
    assert list(ports.departures.between(partner_id, days[2], days[1])) == []
    assert list(ports.departures.between("prt_nobody", days[0], days[3])) == []


def test_an_accounts_departures_are_found_from_whichever_partner(ports: Ports, partner_id: str) -> None:
    left = a_departure(partner_id=partner_id)
    again = replace(left, partner_id=ids.random_id("prt"), effective_on=date(2026, 11, 4))
    insert(ports, again, left, a_departure(partner_id=partner_id))
    assert ports.departures.of_account(left.account_id) == [left, again]


def test_what_the_product_did_while_it_was_called_calendar_is_read_as_the_systems(
    dynamo: Container, partner_id: str
) -> None:
    """Rows are not rewritten: the stores read the former name, and a search for today's finds both."""
    old = an_entry(partner_id=partner_id, subject="calendar", role="calendar")
    new = an_entry(partner_id=partner_id, subject="system", role="system", at=NOON + timedelta(minutes=1))
    by_a_person = an_entry(partner_id=partner_id)
    insert(dynamo, old, new, by_a_person)
    read = replace(old, subject="system", role="system")
    assert dynamo.audit.page(partner_id, AuditQuery(subject="system"), None, 5).items == (new, read)
    assert by_a_person in dynamo.audit.page(partner_id, AuditQuery(), None, 5).items
    assert system_actor(partner_id) == Actor("system", Role.SYSTEM, partner_id)


def test_a_run_and_a_request_that_the_calendar_ended_are_the_systems_and_can_go_on(
    dynamo: Container, partner_id: str
) -> None:
    request = ReportRequest(report="portfolio", formats=("csv",))
    run = transitions.requested(Actor("calendar", Role.SYSTEM, partner_id), request, NOON)
    asked = ManagementRequest(
        permission_request_id=f"acct_1#{ids.ulid(NOON)}",
        partner_id=partner_id,
        account_id="acct_1",
        requested_by="admin",
        requested_at=NOON,
        expires_on=NOON.date(),
        status=ManagementRequestStatus.EXPIRED,
        ended_by="calendar",
    )
    insert(dynamo, run, asked)
    latest = dynamo.management_requests.latest(partner_id, "acct_1")
    assert latest
    assert latest.ended_by == "system"
    read = dynamo.report_runs.get(partner_id, run.report_run_id)
    assert read == replace(run, requested_by="system")
    started = transitions.started(read, NOON)
    dynamo.transaction_writer.write(Change((Replace(read, started),), None))
    assert dynamo.report_runs.get(partner_id, run.report_run_id) == started


def test_audit_entries_come_latest_first_and_page_by_page(ports: Ports, partner_id: str) -> None:
    entries = [
        an_entry(
            partner_id=partner_id,
            at=NOON + timedelta(minutes=minute),
            kind="account.cancelled" if minute % 2 else "account.created",
            account_id=f"acct_{minute // 3}",
            acting_for="ada-bakes",
            changes=(FieldChange("plan", "trial", "lite"), FieldChange("owner", None, None)),
        )
        for minute in range(6)
    ]
    insert(ports, *entries, an_entry(partner_id=partner_id, at=NOON - timedelta(days=1)))
    first = ports.audit.page(partner_id, AuditQuery(), None, 4)
    rest = ports.audit.page(partner_id, AuditQuery(), first.next, 4)
    assert first.items == tuple(entries[:1:-1])
    assert rest.items[:2] == (entries[1], entries[0])
    assert len(rest.items) == 3
    assert rest.next is None


@pytest.mark.parametrize(
    ("query", "minutes"),
    [
        (AuditQuery(account_id="acct_1"), [5, 4, 3]),
        (AuditQuery(kind="account.cancelled"), [5, 3, 1]),
        (AuditQuery(account_id="acct_0", kind="account.created"), [2, 0]),
        (AuditQuery(subject="nobody"), []),
        (AuditQuery(since=NOON + timedelta(minutes=2), until=NOON + timedelta(minutes=3)), [3, 2]),
    ],
)
def test_audit_entries_are_narrowed(ports: Ports, partner_id: str, query: AuditQuery, minutes: list[int]) -> None:
    entries = [
        an_entry(
            partner_id=partner_id,
            at=NOON + timedelta(minutes=minute),
            kind="account.cancelled" if minute % 2 else "account.created",
            account_id=f"acct_{minute // 3}",
        )
        for minute in range(6)
    ]
    insert(ports, *entries)
    page = ports.audit.page(partner_id, query, None, 10)
    assert page.items == tuple(entries[minute] for minute in minutes)
    assert page.next is None


def test_a_request_record_comes_back_with_its_bytes(ports: Ports) -> None:
    record, bare = a_record(body=b"\x00\xff{}"), a_record(body=b"", location=None, status=204)
    insert(ports, record, bare)
    assert ports.requests.get(record.request_hash) == record
    assert ports.requests.get(bare.request_hash) == bare
    assert ports.requests.get("unknown") is None


def test_registrations_wait_for_review_the_longest_first(ports: Ports, partner_id: str) -> None:
    form = RegistrationForm(legal_business_name="Bakery Inc.", business_type=BusinessType.NON_PROFIT, state="CA")

    def registration(minutes: int, state: RegistrationStatus) -> Registration:
        return Registration(
            partner_id=partner_id,
            account_id=ids.random_id("acct"),
            status=state,
            form=form,
            started_at=NOON,
            submitted_at=NOON + timedelta(minutes=minutes),
        )

    later = registration(2, RegistrationStatus.SUBMITTED)
    taken_up = registration(1, RegistrationStatus.IN_REVIEW)
    done = registration(0, RegistrationStatus.APPROVED)
    insert(ports, later, taken_up, done)
    assert ports.sms_registrations.get(partner_id, done.account_id) == done
    assert ports.sms_registrations.get(partner_id, "acct_none") is None
    waiting = ports.sms_registrations.waiting(None, 100)
    assert [entry for entry in waiting.items if entry.partner_id == partner_id] == [taken_up, later]
    first = ports.sms_registrations.waiting(None, 1)
    assert len(first.items) == 1
    assert first.items[0] not in ports.sms_registrations.waiting(first.next, 100).items
    counted = ports.sms_registrations.count_waiting(100)
    assert counted == BoundedCount(len(waiting.items))
    assert ports.sms_registrations.count_waiting(counted.count - 1) == BoundedCount(counted.count - 1, more=True)


def test_the_latest_request_for_permission_is_found(ports: Ports, partner_id: str) -> None:
    def request(hours: int, account_id: str = "acct_1") -> ManagementRequest:
        at = NOON + timedelta(hours=hours)
        return ManagementRequest(
            permission_request_id=ids.ordered_id("perm", at),
            partner_id=partner_id,
            account_id=account_id,
            requested_by="grace",
            requested_at=at,
            expires_on=date(2026, 12, 5),
        )

    latest = request(1)
    insert(ports, latest, request(0), request(2, "acct_2"))
    assert ports.management_requests.latest(partner_id, "acct_1") == latest
    assert ports.management_requests.latest(partner_id, "acct_3") is None


def test_an_invite_its_slugs_and_its_counts_are_kept_together(ports: Ports, partner_id: str) -> None:
    invite = Invite(partner_id=partner_id, slug=partner_id.lower(), greeting="Hello\nthere", changed_at=NOON)
    slug = SlugClaim(invite.slug, partner_id)
    assert ports.invites.of_partner(partner_id) is None
    assert ports.invites.counts(partner_id) == InviteCounts()
    insert(ports, invite, slug)
    for _ in range(3):
        ports.invites.visited(partner_id)
    write(ports, CountSignUp(partner_id))
    assert ports.invites.of_partner(partner_id) == invite
    assert ports.invites.claim(invite.slug) == slug
    assert ports.invites.claim("nobodys") is None
    assert ports.invites.counts(partner_id) == InviteCounts(visits=3, sign_ups=1)


def test_a_sign_in_link_put_again_replaces_the_first_which_then_cannot_be_used_up(
    ports: Ports, partner_id: str
) -> None:
    account_id = ids.random_id("acct")
    first, second = (issue(partner_id, account_id, "grace", "partner_admin", NOON).link for _ in range(2))
    write(ports, Put(first))
    write(ports, Put(second))
    assert ports.sign_in_links.get(account_id) == second
    with pytest.raises(StaleVersion):
        write(ports, Remove(first))
    write(ports, Remove(second))
    assert ports.sign_in_links.get(account_id) is None


def a_service_request(partner_id: str, hours: int, **more: Any) -> ServiceRequest:
    """A request made so long after noon."""
    at = NOON + timedelta(hours=hours)
    return ServiceRequest(
        service_request_id=ids.ordered_id("svc", at),
        partner_id=partner_id,
        account_id="acct_1",
        username="ada-bakes",
        organization="Ada's Bakery",
        kind=ServiceKind.CONSULTING,
        brief="Two lines\nof it",
        requested_by="grace",
        requested_at=at,
        changed_at=at,
        **more,
    )


def test_service_requests_of_all_partners_wait_the_longest_first_and_are_counted(ports: Ports, partner_id: str) -> None:
    accepted = ServiceRequestStatus.ACCEPTED
    before = ports.service_requests.count_waiting(accepted, 100).count
    later, first = (a_service_request(partner_id, hours, status=accepted) for hours in (2, 1))
    elsewhere = a_service_request(f"{partner_id}-other", 3, status=accepted)
    insert(ports, later, first, elsewhere, a_service_request(partner_id, 0))
    waiting = ports.service_requests.waiting(accepted, None, 100).items
    assert [item for item in waiting if item.partner_id.startswith(partner_id)] == [first, later, elsewhere]
    assert ports.service_requests.waiting(accepted, waiting[0].service_request_id, 1).items == waiting[1:2]
    assert ports.service_requests.count_waiting(accepted, 100) == BoundedCount(before + 3)
    assert ports.service_requests.count_waiting(accepted, 2) == BoundedCount(2, more=True)
    write(ports, Replace(first, replace(first, status=ServiceRequestStatus.IN_PROGRESS, version=2)))
    assert first not in ports.service_requests.waiting(accepted, None, 100).items
    assert ports.service_requests.count_waiting(accepted, 100) == BoundedCount(before + 2)


def test_service_requests_come_latest_first(ports: Ports, partner_id: str) -> None:
    older = a_service_request(partner_id, 0)
    newer = a_service_request(
        partner_id, 1, budget=Money(100, "USD"), quote=Money(80, "USD"), price=Money(120, "USD"), version=3
    )
    insert(ports, older, newer)
    assert ports.service_requests.get(partner_id, newer.service_request_id) == newer
    assert ports.service_requests.page(partner_id, None, 1).items == (newer,)
    assert ports.service_requests.page(partner_id, newer.service_request_id, 5).items == (older,)
    with pytest.raises(NotFound):
        ports.service_requests.get(ids.random_id("prt"), newer.service_request_id)


def test_bonuses_of_some_days_come_in_pages_the_latest_first(ports: Ports, partner_id: str) -> None:
    days = [date(2026, 11, day) for day in range(1, 6)]
    bonuses = [a_bonus(partner_id=partner_id, earned_on=day) for day in days]
    insert(ports, *bonuses)
    assert list(ports.bonuses.between(partner_id, days[1], days[3])) == bonuses[1:4]
    first = ports.bonuses.page(partner_id, days[1], days[3], None, 2)
    assert first.items == (bonuses[3], bonuses[2])
    assert ports.bonuses.page(partner_id, days[1], days[3], first.next, 2).items == (bonuses[1],)


def test_a_night_adds_up_what_its_partners_nights_brought(ports: Ports, partner_id: str) -> None:
    day = date(2026, 1, 1) + timedelta(days=int(partner_id[-3:], 36) % 3000)
    run = NightlyRun(date=day, started_at=NOON, partners=2)
    insert(ports, run)
    assert ports.nightly_runs.run(day) == run
    assert ports.nightly_runs.run(day + timedelta(days=1)) is None
    assert ports.nightly_runs.partner(day, partner_id) is None
    write(ports, AddSettlementCounts(day, partner_id, settled=1))
    write(ports, AddSettlementCounts(day, partner_id, settled=1, bonuses=1))
    begun = PartnerSettlement(date=day, partner_id=partner_id, settled=2, bonuses=1)
    assert ports.nightly_runs.partner(day, partner_id) == begun
    done = replace(begun, done_at=NOON, failures=1)
    write(ports, Replace(begun, done))
    assert list(ports.nightly_runs.partners(day)) == [done]
    over = replace(run, finished_at=NOON)
    write(ports, Replace(run, over))
    assert ports.nightly_runs.run(day) == over
    with pytest.raises(StaleVersion):
        write(ports, Replace(begun, replace(begun, done_at=NOON + timedelta(hours=1))))


def test_a_partners_night_ends_once_whether_anything_was_counted_or_not(ports: Ports, partner_id: str) -> None:
    day, stale = date(2026, 11, 6), f"{partner_id}-2"
    write(ports, AddSettlementCounts(day, partner_id, settled=1))
    write(ports, FinishPartnerSettlement(day, partner_id, NOON, failures=2))
    write(ports, FinishPartnerSettlement(day, stale, NOON, failures=0))
    with pytest.raises(Conflict):
        write(ports, FinishPartnerSettlement(day, partner_id, NOON, failures=0))
    ended = PartnerSettlement(date=day, partner_id=partner_id, settled=1, failures=2, done_at=NOON)
    assert ports.nightly_runs.partner(day, partner_id) == ended
    assert ports.nightly_runs.partner(day, stale) == PartnerSettlement(date=day, partner_id=stale, done_at=NOON)


def test_how_far_a_partner_is_settled_is_noted_without_reading_it(ports: Ports, partner_id: str) -> None:
    before, day = a_partner(partner_id=partner_id), date(2026, 11, 6)
    insert(ports, before)
    write(ports, MarkSettled(partner_id, day))
    assert ports.partners.get(partner_id) == replace(before, settled_on=day)
    with pytest.raises(StaleVersion):
        write(ports, MarkSettled(f"{partner_id}-2", day))

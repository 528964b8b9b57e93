"""The twenty invariants, each as one short story; `tests/properties` holds the same over random sequences."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.access import Role
from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn, Entitlement
from chalicelib.domain.accounts.billing import Payer, payer
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.codes import BonusStatus, RegistrationStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.changes import Change, Insert
from chalicelib.domain.kernel.errors import AlreadyExists, Conflict, Forbidden, Gone, Invalid, NotFound, TooManyRequests
from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind
from chalicelib.domain.partners.invitations import issue
from chalicelib.domain.partners.members import Member
from chalicelib.domain.sms.sms_registrations import Registration
from chalicelib.reports.request_validation import ReportInput, checked
from chalicelib.reports.types import cancels_and_move_outs, managed_account_details
from chalicelib.services.accounts import (
    accounts,
    changes,
    due_changes,
    lifecycle,
    management_requests,
    sms_registrations,
)
from chalicelib.services.bonuses import pay, void_payment
from chalicelib.services.mail import recipients
from chalicelib.services.mail.send_worker import deliver
from chalicelib.services.partners import invitations, partners, team
from chalicelib.services.report_runs import downloads, report_runs
from chalicelib.services.report_runs.worker import make
from chalicelib.services.transactions import retry_on_conflict
from tests.api_client import ApiClient
from tests.factories import TODAY, a_departure, a_trial, an_account
from tests.properties.checks import History, invariant_11, rows
from tests.scenario import ADMIN, FORM, ONE, OPERATOR, OTHER_ADMIN, REASON, TWO, Programme, client_of

if TYPE_CHECKING:
    from chalice.app import Chalice

ARCHIVE = AddOn.NEWSLETTER_ARCHIVE


@pytest.fixture
def programme() -> Programme:
    return Programme()


@pytest.mark.parametrize("status", [None, "", "o", "OT", " O", "O ", "X", "0", "О"])
def test_invariant_01_a_status_is_one_capital_letter_of_o_t_e_c_or_the_request_is_refused(status: str | None) -> None:
    for letter in "OTEC":
        assert (
            checked(
                ReportInput(report="managed-account-details", formats=["csv"], account_status=letter)
            ).account_status
            == letter
        )
    with pytest.raises(Invalid) as refused:
        checked(ReportInput(report="managed-account-details", formats=["csv"], account_status=status))
    assert all(letter in refused.value.detail for letter in "OTEC")


def test_invariant_02_managed_account_details_never_holds_a_referred_account(programme: Programme) -> None:
    managed = programme.an_account()
    referred = programme.an_account(account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT)
    programme.do(lifecycle.make_referred, ADMIN, programme.an_account().account_id)
    listed = rows(History(programme.ports), managed_account_details.REPORT, ONE, account_status=Status.OPEN)
    assert [row[0] for row in listed] == [managed.account_id]
    assert referred.account_id not in str(listed)


def test_invariant_03_an_add_on_changes_only_where_the_table_allows_by_a_condition_in_the_write(
    programme: Programme,
) -> None:
    """Between reading and writing the account stops being one whose add-ons the partner switches."""
    account = programme.an_account()
    for changed, refusal in (
        ({"billing_mode": BillingMode.DIRECT}, Forbidden),
        ({"account_type": AccountType.REFERRED}, Forbidden),
        ({"holds": frozenset({Hold.SUSPENDED}), "billing_mode": BillingMode.SINGLE_BILL}, Conflict),
    ):
        programme.change(account, account_type=AccountType.MANAGED, billing_mode=BillingMode.SINGLE_BILL)
        programme.ports.transaction_writer.meanwhile.append(
            lambda owned=changed: programme.change(account, **owned) and None
        )
        with pytest.raises(refusal):
            programme.activate(account, AddOn.SEO)
        assert programme.stored(account).add_ons == frozenset()


def test_invariant_04_newsletter_archive_is_never_charged_on_premium_nor_by_a_downgrade(programme: Programme) -> None:
    account = programme.an_account(add_ons=frozenset({ARCHIVE}))
    premium = programme.upgrade(account, Plan.PREMIUM)
    assert (premium.entitlement(ARCHIVE), premium.add_ons) == (Entitlement.INCLUDED, frozenset())
    assert programme.upgrade(account, Plan.LITE).add_ons == frozenset()


def test_invariant_05_sms_is_usable_only_with_its_own_approved_registration(programme: Programme) -> None:
    approved, other = programme.an_account(), programme.an_account()
    for account in (approved, other):
        programme.activate(account, AddOn.SMS)
    programme.register(approved)
    assert programme.stored(approved).usable(AddOn.SMS)
    assert not programme.stored(other).usable(AddOn.SMS)
    assert sms_registrations.get(programme.ports, ADMIN, other.account_id).status is RegistrationStatus.NOT_STARTED


@pytest.mark.parametrize("end", ["deactivated", "suspended", "cancelled"])
def test_invariant_06_deactivate_suspend_cancel_and_the_registration_is_gone_for_good(
    programme: Programme, end: str
) -> None:
    account = programme.an_account()
    programme.activate(account, AddOn.SMS)
    programme.register(account)
    if end == "deactivated":
        programme.deactivate(account, AddOn.SMS)
    elif end == "cancelled":
        programme.cancel(account)
        programme.upgrade(account)
        programme.do(lifecycle.change_billing, ADMIN, account.account_id, BillingMode.SINGLE_BILL)
    else:
        programme.do(lifecycle.change_billing, ADMIN, account.account_id, BillingMode.DIRECT)
        programme.do(lifecycle.place_hold, OPERATOR, account.account_id, Hold.SUSPENDED)
        programme.do(lifecycle.lift_hold, OPERATOR, account.account_id, Hold.SUSPENDED)
        programme.do(lifecycle.change_billing, ADMIN, account.account_id, BillingMode.SINGLE_BILL)
    assert programme.ports.book.all(Registration) == []
    programme.ports.later(seconds=30)
    again = programme.activate(account, AddOn.SMS)
    assert (again.sms_registration, again.usable(AddOn.SMS)) == (RegistrationStatus.NOT_STARTED, False)


def test_invariant_07_initial_upgrade_on_is_written_once(programme: Programme) -> None:
    account = programme.has(a_trial())
    programme.upgrade(account)
    for act in (
        lambda: programme.upgrade(account, Plan.PREMIUM),
        lambda: programme.cancel(account),
        lambda: programme.upgrade(account, Plan.LITE),
        lambda: programme.do(lifecycle.make_referred, ADMIN, account.account_id),
        lambda: programme.move(account),
    ):
        programme.ports.later(days=7)
        act()
        assert programme.stored(account).initial_upgrade_on == TODAY


@pytest.mark.parametrize(("days", "status"), [(94, BonusStatus.TRACKING), (95, BonusStatus.EARNED)])
def test_invariant_08_day_94_is_pending_day_95_earned_and_earned_becomes_nothing_but_paid(
    programme: Programme, days: int, status: BonusStatus
) -> None:
    account = programme.an_account(initial_upgrade_on=TODAY - timedelta(days=days))
    due_changes.settle(programme.ports, ONE, account.account_id)
    assert programme.stored(account).bonus_status is status
    if status is BonusStatus.EARNED:
        programme.cancel(account)
        assert programme.upgrade(account).bonus_status is BonusStatus.EARNED
        programme.do(pay, OPERATOR, account.account_id, "run 1")
        assert programme.cancel(account).bonus_status is BonusStatus.PAID
        programme.do(void_payment, OPERATOR, account.account_id, "run 1")
        assert programme.upgrade(account).bonus_status is BonusStatus.EARNED


def test_invariant_09_a_bonus_is_earned_once_under_retries_double_runs_and_races(programme: Programme) -> None:
    account = programme.an_account(initial_upgrade_on=TODAY - timedelta(days=95))
    programme.ports.transaction_writer.meanwhile.append(
        lambda: due_changes.settle(programme.ports, ONE, account.account_id) and None
    )
    programme.ports.transaction_writer.lost_answers = 1
    for _ in range(3):
        list(due_changes.settle_all(programme.ports, ONE))
    programme.move(account)
    programme.ports.later(days=200)
    list(due_changes.settle_all(programme.ports, TWO))
    programme.move(account, ONE)
    list(due_changes.settle_all(programme.ports, ONE))
    (bonus,) = programme.ports.book.all(Bonus)
    assert (bonus.partner_id, bonus.earned_on) == (ONE, TODAY)
    with pytest.raises(Conflict):
        programme.ports.transaction_writer.write(Change((Insert(bonus),), None))


def test_invariant_10_ninety_days_inclusive_by_effective_date_without_reactivated_accounts(
    programme: Programme,
) -> None:
    for days in (-1, 0, 90, 91):
        programme.ports.book.put(
            a_departure(username=f"gone-{days}", effective_on=TODAY - timedelta(days=days), partner_id=ONE)
        )
    account = programme.an_account()
    programme.cancel(account)
    programme.upgrade(account)
    listed = rows(History(programme.ports), cancels_and_move_outs.REPORT, ONE)
    assert sorted(row[0] for row in listed) == ["gone-0", "gone-90"]


def test_invariant_11_the_summary_is_the_counts_of_accounts_and_the_rows_of_the_details(programme: Programme) -> None:
    for _ in range(3):
        programme.an_account()
    programme.has(a_trial(account_type=AccountType.REFERRED))
    programme.cancel(programme.an_account())
    programme.move(programme.an_account())
    invariant_11(History(programme.ports))
    programme.ports.book.assert_counted()


def test_invariant_12_after_a_move_out_every_path_answers_404_and_the_departure_stays(programme: Programme) -> None:
    """Every route is tried in tests/unit/api/accounts/test_moved_out.py; here the one way in that all of them use."""
    account = programme.an_account()
    programme.ports.book.lag()
    programme.move(account)
    for actor in (ADMIN, OPERATOR, client_of(account)):
        with pytest.raises(NotFound):
            changes.load(programme.ports, actor, account.account_id)
    assert changes.load(programme.ports, OTHER_ADMIN, account.account_id)
    assert [departure.account_id for departure in programme.departures(ONE)] == [account.account_id]


def test_invariant_13_trial_never_comes_back(programme: Programme) -> None:
    fresh, paid, gone = programme.has(a_trial()), programme.an_account(), programme.an_account()
    programme.cancel(gone)
    for account in (fresh, paid, gone):
        with pytest.raises(Conflict, match="Trial is one way"):
            programme.upgrade(account, Plan.TRIAL)


def test_invariant_14_of_two_creations_of_one_username_one_succeeds_and_the_other_is_told_it_is_taken(
    programme: Programme,
) -> None:
    profile = accounts.profile_of(an_account())

    def create(name: str, partner_id: str) -> None:
        actor = ADMIN if partner_id == ONE else OTHER_ADMIN
        programme.do(accounts.create, actor, accounts.NewAccount(username=name, profile=profile))

    programme.ports.transaction_writer.meanwhile.append(lambda: create("Ada_Byron", TWO))
    with pytest.raises(AlreadyExists, match="is taken"):
        create("ada_BYRON", ONE)
    claim = programme.ports.usernames.find("ADA_byron")
    assert claim is not None
    assert claim.partner_id == TWO
    programme.ports.book.assert_counted()


def test_invariant_16_a_person_is_known_by_the_subject_and_joins_only_by_accepting(programme: Programme) -> None:
    """An address tells nobody anything: two teams invite it, each joins by its own link, and leaves by itself."""
    ports, grace = programme.ports, "grace@navy.example"
    new = invitations.NewInvitation(email=grace, name="Grace Hopper", role=Role.PARTNER_MANAGER)
    tokens = {}
    for actor in (ADMIN, OTHER_ADMIN):
        invited = programme.do(invitations.invite, actor, new)
        issued = issue(invited)
        ports.book.put(issued.invitation)
        tokens[actor.partner_id] = issued.token
    assert not [item for item in ports.book.all(Member) if item.email == grace]
    ports.sign_ins.create("eve@navy.example", "Eve", "")
    with pytest.raises(Forbidden, match="for another address"):
        invitations.accept(ports, "subject-of-eve@navy.example", tokens[ONE])
    ports.sign_ins.create(grace, "Grace", "")
    subject = f"subject-of-{grace}"
    for partner_id in (ONE, TWO):
        member = retry_on_conflict(
            ports.transaction_writer, lambda owned=tokens[partner_id]: invitations.accept(ports, subject, owned)
        )
        assert (member.subject, member.partner_id) == (subject, partner_id)
    programme.do(team.remove, ADMIN, subject)
    assert ports.members.get(subject, ONE) is None
    assert ports.members.get(subject, TWO) is not None


def test_invariant_17_every_artefact_is_judged_by_the_rights_of_the_day_on_which_it_is_used(
    programme: Programme, admin: ApiClient
) -> None:
    ports, account = programme.ports, programme.an_account()
    version = ports.partners.get(ONE).version
    programme.do(partners.change_settings, ADMIN, version, {"recipients": ("boss@client.example",)})
    confirmed = replace(ports.partners.get(ONE), confirmed_recipients=("boss@client.example",))
    ports.book.put(confirmed)
    asking = ReportInput(report="all-accounts-summary", formats=["csv"], email_to=["boss@client.example"])
    make(ports, ONE, programme.do(report_runs.request, ADMIN, asking).report_run_id)
    mail = next(item for item in ports.book.all(Delivery) if item.kind is DeliveryKind.REPORT_READY)
    deliver(ports, ONE, mail.delivery_id)
    (link,) = ports.mailer.sent[-1].content.report.links  # type: ignore[union-attr]
    assert downloads.follow(ports, link.token)
    for spoiled in (replace(confirmed, suspended=True), replace(confirmed, confirmed_recipients=())):
        ports.book.put(spoiled)
        with pytest.raises(Gone):
            downloads.follow(ports, link.token)
    ports.book.put(confirmed)
    path = f"/accounts/{account.account_id}/plan"
    assert admin.using(Idempotency_Key="plan").put(path, {"plan": "lite"}).status == 200
    programme.move(account)
    assert admin.using(Idempotency_Key="plan").put(path, {"plan": "lite"}).status == 404


def test_invariant_18_mail_to_outside_is_confirmed_limited_and_left_alone_after_a_refusal(
    programme: Programme,
) -> None:
    ports = programme.ports
    programme.do(partners.change_settings, ADMIN, 1, {"recipients": ("boss@client.example",)})
    assert [mail.kind for mail in ports.book.all(Delivery)] == [DeliveryKind.RECIPIENT_CONFIRMATION]
    assert recipients.allowed(ports, ONE, ["boss@client.example"]) == frozenset()
    with pytest.raises(Invalid, match="neither of the team nor a recipient that has confirmed"):
        recipients.require_allowed(ports, ONE, ["boss@client.example"])
    referred = programme.an_account(account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT)
    programme.do(management_requests.request, ADMIN, referred.account_id)
    programme.do(management_requests.answer, client_of(referred), referred.account_id, approved=False)
    with pytest.raises(TooManyRequests, match="7 days later at the earliest"):
        programme.do(management_requests.request, ADMIN, referred.account_id)


@pytest.mark.parametrize("leave", ["billed directly", "made referred", "moved"])
def test_invariant_19_whoever_pays_for_an_add_on_has_decided_on_it(programme: Programme, leave: str) -> None:
    account = programme.an_account(billing_mode=BillingMode.DIRECT)
    programme.activate(account, AddOn.SEO, client_of(account))
    programme.do(lifecycle.change_billing, ADMIN, account.account_id, BillingMode.SINGLE_BILL)
    billed = programme.activate(account, AddOn.SMS)
    assert {add_on: payer(billed, add_on) for add_on in billed.add_ons} == {
        AddOn.SEO: Payer.CLIENT,
        AddOn.SMS: Payer.PARTNER,
    }
    with pytest.raises(Forbidden, match="The client activated this add-on and pays for it"):
        programme.deactivate(account, AddOn.SEO)
    programme.register(account)
    if leave == "billed directly":
        left = programme.do(lifecycle.change_billing, ADMIN, account.account_id, BillingMode.DIRECT)
    elif leave == "made referred":
        left = programme.do(lifecycle.make_referred, ADMIN, account.account_id)
    else:
        left = programme.move(account)
    assert (left.add_ons, payer(left, AddOn.SEO)) == ({AddOn.SEO}, Payer.CLIENT)
    assert programme.ports.book.all(Registration) == []
    assert programme.deactivate(account, AddOn.SEO, client_of(left)).add_ons == frozenset()


def test_invariant_20_a_referred_clients_profile_is_the_clients(programme: Programme) -> None:
    """Its address receives the request for permission: a partner that could rewrite it would answer itself."""
    account = programme.an_account(account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT)
    for theft in (
        {"owner": replace(account.owner, email="me@agency.example")},
        {"organization": "Mine"},
        {"website": "https://agency.example"},
    ):
        with pytest.raises(Forbidden, match="its client keeps organization, owner and website"):
            programme.do(
                accounts.change_profile,
                ADMIN,
                account.account_id,
                1,
                lambda current, theft=theft: replace(current, **theft),
            )
    assert programme.stored(account) == account
    changed = programme.do(
        accounts.change_profile,
        ADMIN,
        account.account_id,
        1,
        lambda old: replace(old, partner_account_id="A-17"),
    )
    assert changed.partner_account_id == "A-17"


@pytest.fixture
def admin(programme: Programme, app: Chalice, monkeypatch: pytest.MonkeyPatch) -> ApiClient:
    from chalicelib import bootstrap

    monkeypatch.setattr(bootstrap, "container", lambda: programme.ports)
    return ApiClient(app, ADMIN.subject)


@pytest.fixture
def app() -> Chalice:
    from app import app

    return app


def test_invariant_15_the_same_request_again_has_one_effect_and_one_answer(
    programme: Programme, admin: ApiClient
) -> None:
    body = {"username": "ada_byron", "organization": "Bakery", "owner": {"email": "a@x.example"}, "plan": "lite"}
    programme.ports.transaction_writer.lost_answers = 1
    first, second = admin.post("/accounts", body, "key-1"), admin.post("/accounts", body, "key-1")
    assert (first.status, first.text) == (second.status, second.text) == (201, first.text)
    assert programme.ports.counters.summary(ONE).of() == 1
    other = admin.post("/accounts", {**body, "organization": "Other"}, "key-1")
    assert (other.status, other.code) == (422, "idempotency-key-reused")
    account = programme.stored(an_account(username="ada_byron"))
    programme.activate(account, AddOn.SMS)
    programme.do(sms_registrations.edit, ADMIN, account.account_id, 0, FORM)
    path = f"/accounts/{account.account_id}/sms-registration/submission"
    handed_in = admin.post(path, key="key-2")
    programme.do(sms_registrations.review, OPERATOR, account.account_id, RegistrationStatus.REJECTED, str(REASON))
    assert admin.post(path, key="key-2").text == handed_in.text
    assert sms_registrations.get(programme.ports, ADMIN, account.account_id).status is RegistrationStatus.REJECTED

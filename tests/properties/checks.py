"""The invariants as checks of a whole book and of all that has been written into it so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.domain.access import PARTNER_ROLES, Role
from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn, Entitlement
from chalicelib.domain.accounts.billing import Payer, payer
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.codes import BonusStatus, RegistrationStatus
from chalicelib.domain.accounts.departures import Departure, Event, window
from chalicelib.domain.accounts.erasures import NOBODY, is_address, retired_key
from chalicelib.domain.accounts.management_requests import ManagementRequest, ManagementRequestStatus
from chalicelib.domain.accounts.plans import INCLUDED, Plan
from chalicelib.domain.accounts.scheduled_changes import apply_due
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Insert, Remove, Replace
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.kernel.usernames import UsernameClaim
from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind
from chalicelib.domain.mail.recipient_confirmations import RecipientStatus
from chalicelib.domain.partners.invitations import Invitation
from chalicelib.domain.partners.members import Member
from chalicelib.domain.sms.sms_registrations import Registration
from chalicelib.reports.report import ReportContext
from chalicelib.reports.types import all_accounts_summary, cancels_and_move_outs, managed_account_details
from chalicelib.services.mail import recipient_confirmations
from tests.scenario import ONE, TWO

if TYPE_CHECKING:
    from chalicelib.domain.changes import Change
    from chalicelib.reports.report import Report
    from tests.fakes import FakePorts

PARTNERS = (ONE, TWO)
OUTSIDE = "boss@client.example"
"""A recipient who is of neither team."""
ARCHIVE = AddOn.NEWSLETTER_ARCHIVE
REFUSED = (ManagementRequestStatus.DECLINED, ManagementRequestStatus.WITHDRAWN)
SWITCHED = {"add_on.activated", "add_on.deactivated"}


@dataclass
class History:
    """A book and what has been seen of it: each check compares the two, `look` remembers."""

    ports: FakePorts
    seen: int = 0
    new: list[Change[Any]] = field(default_factory=list)
    """What was written since the last look."""
    upgrades: dict[str, date] = field(default_factory=dict)
    bonuses: dict[str, Bonus] = field(default_factory=dict)
    bonuses_written: Counter[str] = field(default_factory=Counter)
    not_trials: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    """Accounts for which a downgrade has been asked to keep Newsletter Archive as paid."""
    created: Counter[str] = field(default_factory=Counter)
    """How often a request to create this username was told that it succeeded."""
    retired: set[str] = field(default_factory=set)
    """What stands for usernames that were erased and are nobody's any more."""
    decided: dict[tuple[str, AddOn], Payer] = field(default_factory=dict)
    """Who activated an account's add-on last, or kept it as a paid one."""
    mails: Counter[Any] = field(default_factory=Counter)
    """How many mails of a kind a partner sent to an address outside, by day."""
    one_effect: list[tuple[Any, Any]] = field(default_factory=list)
    """Answers to the same request, sent twice."""
    used: list[tuple[str, bool, bool]] = field(default_factory=list)
    """Uses of what was handed out earlier: what, whether it worked, whether whoever used it had the right then."""
    confirmed: set[str] = field(default_factory=set)
    """Partners whose mail the recipient outside has confirmed since it was put on their list."""
    unsubscribed: set[str] = field(default_factory=set)
    """Partners whose mail the recipient outside has ended, and not confirmed again since."""

    def check(self) -> None:
        """Hold all of them to what is there now; indexes are looked at as they will be."""
        committed = self.ports.transaction_writer.committed
        self.new, self.seen = committed[self.seen :], len(committed)
        lagging, self.ports.book._seen_by_indexes = self.ports.book._seen_by_indexes, None
        try:
            for invariant in INVARIANTS:
                invariant(self)
        finally:
            self.ports.book._seen_by_indexes = lagging
        self.ports.book.assert_counted()

    @property
    def accounts(self) -> list[Account]:
        return self.ports.book.all(Account)

    def replaced(self) -> list[tuple[Change[Any], Account, Account]]:
        """Every change of an account since the last look, from what to what."""
        return [
            (change, write.current, write.updated)
            for change in self.new
            for write in change.writes
            if isinstance(write, Replace) and isinstance(write.current, Account)
        ]


def entries(change: Change[Any]) -> list[AuditEntry]:
    return [w.entity for w in change.writes if isinstance(w, Insert) and isinstance(w.entity, AuditEntry)]


def rows(history: History, report: Report, partner_id: str, **asked: Any) -> list[Any]:
    question = ReportContext(partner_id=partner_id, today=history.ports.today, **asked)
    return [row for batch in report.read(history.ports, question) for row in report.sheet.rows(batch, question)]


def invariant_01(history: History) -> None:
    """A status is one capital letter of O T E C."""
    assert {account.status.value for account in history.accounts} <= set("OTEC")


def invariant_02(history: History) -> None:
    """Managed Account Details never holds a referred account."""
    managed = {account.account_id for account in history.accounts if account.account_type is AccountType.MANAGED}
    for partner_id in PARTNERS:
        for status in Status:
            listed = {
                row[0] for row in rows(history, managed_account_details.REPORT, partner_id, account_status=status)
            }
            assert listed <= managed


def invariant_03(history: History) -> None:
    """An add-on changes only where the table allows: judged on the very account that the write replaced."""
    for change, current, now in history.replaced():
        gained, lost = now.add_ons - current.add_ons, current.add_ons - now.add_ons
        switch = next((entry for entry in entries(change) if entry.kind in SWITCHED), None)
        if switch:
            _require_allowed(switch, apply_due(current, history.ports.today).account, gained | lost)
        else:
            assert gained <= {ARCHIVE}
            assert not gained or current.account_id in history.kept
            ended = lost - INCLUDED[now.plan]
            assert (
                not ended
                or now.cancelled
                or now.suspended
                or current.cancellation
                or _left_single_bill(current, now, ended)
            )


def _left_single_bill(current: Account, now: Account, ended: frozenset[AddOn]) -> bool:
    """Whether these are the partner's add-ons of an account that has left the single bill."""
    left = current.billing_mode is BillingMode.SINGLE_BILL and now.billing_mode is BillingMode.DIRECT
    return left and {payer(current, item) for item in ended} == {Payer.PARTNER}


def _require_allowed(switch: AuditEntry, account: Account, switched: frozenset[AddOn]) -> None:
    assert (account.status, account.suspended) == (Status.OPEN, False)
    assert not switched & INCLUDED[account.plan]
    if Role(switch.role) in PARTNER_ROLES | {Role.OPERATOR}:
        assert (account.account_type, account.billing_mode) == (AccountType.MANAGED, BillingMode.SINGLE_BILL)
        assert not switched & account.client_add_ons
    else:
        assert account.billing_mode is BillingMode.DIRECT or switched <= account.client_add_ons
        assert switch.acting_for == account.username


def invariant_04(history: History) -> None:
    """Newsletter Archive is never charged on Premium, and a downgrade never starts a charge by itself."""
    assert not any(ARCHIVE in account.add_ons for account in history.accounts if account.plan is Plan.PREMIUM)
    for _, current, now in history.replaced():
        if current.plan is Plan.PREMIUM and now.plan is not Plan.PREMIUM and ARCHIVE in now.add_ons:
            assert current.account_id in history.kept


def invariant_05(history: History) -> None:
    """SMS is usable only with the account's own approved registration."""
    for account in history.accounts:
        registration = history.ports.sms_registrations.get(account.partner_id, account.account_id)
        assert account.sms_registration is (registration.status if registration else RegistrationStatus.NOT_STARTED)
        usable = (
            account.entitlement(AddOn.SMS) is Entitlement.ACTIVE
            and registration is not None
            and registration.status is RegistrationStatus.APPROVED
            and account.status is Status.OPEN
            and not account.holds
        )
        assert account.usable(AddOn.SMS) is usable


def invariant_06(history: History) -> None:
    """Where SMS is not active, or the account is suspended or cancelled, there is no registration."""
    at = {(item.partner_id, item.account_id): item for item in history.accounts}
    for registration in history.ports.book.all(Registration):
        account = at[registration.partner_id, registration.account_id]
        assert AddOn.SMS in account.add_ons
        assert Hold.SUSPENDED not in account.holds
        assert not account.cancelled


def invariant_07(history: History) -> None:
    """`initial_upgrade_on` is written once."""
    for account in history.accounts:
        if account.initial_upgrade_on is not None:
            assert (
                history.upgrades.setdefault(account.account_id, account.initial_upgrade_on)
                == account.initial_upgrade_on
            )
        else:
            assert account.account_id not in history.upgrades


def invariant_08(history: History) -> None:
    """Day 94 pending, day 95 earned; earned never changes to anything but paid."""
    today = history.ports.today
    for bonus in history.ports.book.all(Bonus):
        assert bonus.earned_on == bonus.initial_upgrade_on + timedelta(days=95) <= today
        first = history.bonuses.setdefault(bonus.account_id, bonus)
        assert (first.partner_id, first.money, first.organization) == (
            bonus.partner_id,
            bonus.money,
            bonus.organization,
        )
        assert bonus.paid_on or not first.paid_on or _voided(history, bonus)
        history.bonuses[bonus.account_id] = bonus
    assert {item.account_id for item in history.ports.book.all(Bonus)} == set(history.bonuses)
    for account in history.accounts:
        _require_right_status(history, account)


def _voided(history: History, bonus: Bonus) -> bool:
    """Tell whether an operator took a payment of this bonus back."""
    entries = history.ports.book.all(AuditEntry)
    return any((item.kind, item.account_id) == ("bonus.payment_voided", bonus.account_id) for item in entries)


def _require_right_status(history: History, account: Account) -> None:
    bonus = history.bonuses.get(account.account_id)
    settled = apply_due(account, history.ports.today).account
    if bonus and bonus.partner_id == account.partner_id:
        assert account.bonus_status is bonus.status
    else:
        assert account.bonus_status not in (BonusStatus.EARNED, BonusStatus.PAID)
    if settled.bonus_status is BonusStatus.TRACKING:
        assert settled.initial_upgrade_on is not None
        assert (history.ports.today - settled.initial_upgrade_on).days <= 94


def invariant_09(history: History) -> None:
    """A bonus is earned at most once per account."""
    for change in history.new:
        history.bonuses_written.update(
            write.entity.account_id
            for write in change.writes
            if isinstance(write, Insert) and isinstance(write.entity, Bonus)
        )
    assert all(number == 1 for number in history.bonuses_written.values())
    assert set(history.bonuses_written) == set(history.bonuses)


def invariant_10(history: History) -> None:
    """Ninety days inclusive, by effective date, without reactivated accounts."""
    departures = history.ports.book.all(Departure)
    cancelled = {(a.partner_id, a.account_id, a.cancellation and a.cancellation.effective_on) for a in _gone(history)}
    kept = {(d.partner_id, d.account_id, d.effective_on) for d in departures if d.event is Event.CANCELLATION}
    assert kept == cancelled
    first, last = window(history.ports.today)
    assert (last - first).days == 90
    for partner_id in PARTNERS:
        shown = len(rows(history, cancels_and_move_outs.REPORT, partner_id))
        assert shown == len([d for d in departures if d.partner_id == partner_id and first <= d.effective_on <= last])


def _gone(history: History) -> list[Account]:
    return [account for account in history.accounts if account.cancelled]


def invariant_11(history: History) -> None:
    """Summary = counts of accounts; its managed cells = the rows of the details reports."""
    for partner_id in PARTNERS:
        mine = [account for account in history.accounts if account.partner_id == partner_id]
        for status, row in zip(Status, rows(history, all_accounts_summary.REPORT, partner_id), strict=True):
            counted = Counter(item.account_type for item in mine if item.status is status)
            assert row[1:] == (counted[AccountType.MANAGED], counted[AccountType.REFERRED], sum(counted.values()))
            details = rows(history, managed_account_details.REPORT, partner_id, account_status=status)
            assert len(details) == row[1]


def invariant_12(history: History) -> None:
    """After a move-out the old partner's way to the account ends in 404, and the departure stays until it is back."""
    at = {account.account_id: account.partner_id for account in history.accounts}
    moved_out = [d for d in history.ports.book.all(Departure) if d.event is Event.MOVE_OUT]
    for departure in moved_out:
        assert at[departure.account_id] != departure.partner_id
        assert not _found(history, departure.partner_id, departure.account_id)
    left = {
        (write.current.partner_id, write.current.account_id)
        for change in history.ports.transaction_writer.committed
        for write in change.writes
        if isinstance(write, Remove) and isinstance(write.current, Account)
    }
    assert {(d.partner_id, d.account_id) for d in moved_out} == {item for item in left if at[item[1]] != item[0]}


def _found(history: History, partner_id: str, account_id: str) -> bool:
    try:
        history.ports.accounts.get(partner_id, account_id)
    except NotFound:
        return False
    return True


def invariant_13(history: History) -> None:
    """Trial never comes back."""
    for account in history.accounts:
        paid = account.plan is not Plan.TRIAL
        assert paid is (account.initial_upgrade_on is not None)
        if paid:
            history.not_trials.add(account.account_id)
        assert paid is (account.account_id in history.not_trials)
        assert not (paid and account.status in (Status.TRIAL, Status.EXPIRED_TRIAL))


def invariant_14(history: History) -> None:
    """Every username is one account's, and of those who asked for it one was told that it succeeded."""
    claims = {item.username: (item.partner_id, item.account_id) for item in history.ports.book.all(UsernameClaim)}
    for _, current, now in history.replaced():
        if now.username != current.username:
            assert now.erased
            assert is_address(current.username)
            history.retired.add(retired_key(current.username))
    assert {name for name, owner in claims.items() if owner == (NOBODY, NOBODY)} == history.retired
    owned = {name: owner for name, owner in claims.items() if owner != (NOBODY, NOBODY)}
    assert owned == {
        account.username.casefold(): (account.partner_id, account.account_id) for account in history.accounts
    }
    assert len(history.accounts) == len(owned)
    assert all(number == 1 for number in history.created.values())


def invariant_15(history: History) -> None:
    """The same request sent again has one effect and one answer."""
    assert all(first == second for first, second in history.one_effect)


def invariant_16(history: History) -> None:
    """Nobody is on a team but by accepting its own invitation, or because the test put them there."""
    for change in history.new:
        for write in change.writes:
            if isinstance(write, Insert) and isinstance(write.entity, Member):
                used = [item.current for item in change.writes if isinstance(item, Remove)]
                assert any(isinstance(item, Invitation) and item.partner_id == write.entity.partner_id for item in used)


def invariant_17(history: History) -> None:
    """Every artefact is judged by the rights of the day on which it is used: it works for whom it would be made."""
    for artefact, worked, may in history.used:
        assert worked is may, f"the {artefact} {'worked' if worked else 'did not work'}, but should it? {may}"
    history.used.clear()


def invariant_18(history: History) -> None:
    """At most three mails of a kind a day go to an address outside, and none to a client for a week after a refusal."""
    for change in history.new:
        for write in change.writes:
            if isinstance(write, Insert) and isinstance(write.entity, Delivery):
                _count_mail(history, write.entity)
    assert all(number <= 3 for number in history.mails.values())
    _require_own_answer(history)


def _require_own_answer(history: History) -> None:
    """A recipient outside gets mail only by its own confirmation, while it is listed and has not unsubscribed."""
    for partner_id in PARTNERS:
        partner = history.ports.partners.get(partner_id)
        if OUTSIDE not in partner.settings.recipients:
            history.confirmed.discard(partner_id)
        assert partner.confirmed_recipients == ((OUTSIDE,) if partner_id in history.confirmed else ())
        answered = RecipientStatus.ACTIVE if partner_id in history.confirmed else RecipientStatus.PENDING
        status = RecipientStatus.SUPPRESSED if partner_id in history.unsubscribed else answered
        assert all(state.status is status for state in recipient_confirmations.states(history.ports, partner))


def _count_mail(history: History, mail: Delivery) -> None:
    if mail.kind in (DeliveryKind.TEAM_INVITATION, DeliveryKind.RECIPIENT_CONFIRMATION):
        history.mails[mail.partner_id, mail.kind, mail.address, mail.queued_at.date()] += 1
    if mail.kind is DeliveryKind.PERMISSION_REQUEST:
        asked = [r for r in history.ports.book.all(ManagementRequest) if r.account_id == mail.account_id]
        refused = [r for r in asked if r.partner_id == mail.partner_id and r.status in REFUSED and r.ended_at]
        assert all(mail.queued_at >= r.ended_at + timedelta(days=7) for r in refused if r.requested_at < mail.queued_at)


def invariant_19(history: History) -> None:
    """Whoever pays for an add-on has decided on it: judged by who activated it last, however it went on from there."""
    for change, current, now in history.replaced():
        switch = next((entry for entry in entries(change) if entry.kind in SWITCHED), None)
        kept = next((entry for entry in entries(change) if entry.kind == "account.plan_changed"), None)
        decision = switch or kept
        for add_on in now.add_ons - current.add_ons:
            assert decision is not None
            by_client = Role(decision.role) is Role.PLATFORM
            history.decided[now.account_id, add_on] = Payer.CLIENT if by_client else Payer.PARTNER
    for account in history.accounts:
        for add_on in account.add_ons:
            assert payer(account, add_on) is history.decided[account.account_id, add_on]
        assert account.client_add_ons <= account.add_ons
        assert not account.client_add_ons or account.billing_mode is BillingMode.SINGLE_BILL


def invariant_20(history: History) -> None:
    """A referred client's profile is the client's: no partner has written it."""
    for change, current, now in history.replaced():
        written = next((entry for entry in entries(change) if entry.kind == "account.profile_changed"), None)
        if written and Role(written.role) in PARTNER_ROLES and current.account_type is AccountType.REFERRED:
            assert (now.organization, now.owner, now.website) == (current.organization, current.owner, current.website)


INVARIANTS = (
    *(invariant_01, invariant_02, invariant_03, invariant_04, invariant_05),
    *(invariant_06, invariant_07, invariant_08, invariant_09, invariant_10),
    *(invariant_11, invariant_12, invariant_13, invariant_14, invariant_15),
    *(invariant_16, invariant_17, invariant_18, invariant_19, invariant_20),
)

"""What must hold of a book at every moment, whatever was done to it; and what may follow what.

`broken(book)` looks at one moment, `broken_between(before, after)` at two; each gives sentences, none if all is well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Protocol, TypeVar

from chalicelib.domain.access import Role
from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.bonuses import Bonus, earned_on
from chalicelib.domain.accounts.codes import BonusStatus, RegistrationState
from chalicelib.domain.accounts.counters import Standing, standing
from chalicelib.domain.accounts.departures import Departure, Event
from chalicelib.domain.accounts.management_requests import PermissionRequest, PermissionState
from chalicelib.domain.accounts.plans import INCLUDED, Plan
from chalicelib.domain.kernel.usernames import UsernameClaim
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.partners import Partner
from chalicelib.domain.sms.registrations import Registration

T = TypeVar("T")
Sentences = Iterator[str]
NEVER_PAID = (Status.TRIAL, Status.EXPIRED_TRIAL)
HAD = (BonusStatus.EARNED, BonusStatus.PAID)


class Book(Protocol):
    """Everything there is."""

    counts: Counter[tuple[str, Standing]]

    def all(self, kind: type[T]) -> list[T]: ...


def broken(book: Book) -> list[str]:
    """What does not hold now."""
    return [f"{check.__name__}: {each}" for check in CHECKS for each in check(book)]


def broken_between(before: dict[str, Account], after: dict[str, Account]) -> list[str]:
    """What may not follow what: accounts by their ids, then and now."""
    pairs = [(before[each], after[each]) for each in before if each in after]
    gone = [f"gone: {each}" for each in before if each not in after]
    return gone + [f"{check.__name__}: {now.username}" for check in STEPS for was, now in pairs if not check(was, now)]


def accounts_of(book: Book) -> dict[str, Account]:
    """The accounts by their ids."""
    return {each.account_id: each for each in book.all(Account)}


def counters_are_exact(book: Book) -> Sentences:
    """Invariant 11: the summary's cells are the counts of the accounts."""
    recounted = Counter((each.partner_id, standing(each)) for each in book.all(Account))
    for where in recounted.keys() | book.counts.keys():
        if recounted[where] != book.counts[where]:
            yield f"{where} is {book.counts[where]}, recounted {recounted[where]}"


def every_account_is_there_once(book: Book) -> Sentences:
    """An account is with one partner, whatever was moved."""
    for account_id, number in Counter(each.account_id for each in book.all(Account)).items():
        if number > 1:
            yield f"{account_id} {number} times"


def usernames_lead_to_their_accounts(book: Book) -> Sentences:
    """Invariant 14: each username is one account's, and leads to it."""
    claims = {each.username: (each.partner_id, each.account_id) for each in book.all(UsernameClaim)}
    named = {each.username.casefold(): (each.partner_id, each.account_id) for each in book.all(Account)}
    yield from (
        f"{name}: {claims.get(name)} for {named.get(name)}"
        for name in claims | named
        if claims.get(name) != named.get(name)
    )


def an_account_is_what_its_status_says(book: Book) -> Sentences:
    """Trials have never paid; open accounts have; only what is open is charged for anything."""
    for each in book.all(Account):
        never_paid = each.initial_upgrade_on is None
        if each.status in NEVER_PAID and not (never_paid and each.plan is Plan.TRIAL):
            yield f"{each.username} is on trial and has paid"
        if each.status is Status.OPEN and (never_paid or each.plan is Plan.TRIAL):
            yield f"{each.username} is open and has not paid"
        if (each.status is not Status.OPEN or each.suspended) and each.add_ons:
            yield f"{each.username} is charged for {sorted(each.add_ons)}"
        if each.cancelled and each.cancellation is None:
            yield f"{each.username} is cancelled without a day"


def single_bill_is_for_managed_open_accounts(book: Book) -> Sentences:
    """And for no others."""
    for each in book.all(Account):
        if each.billing_mode is BillingMode.SINGLE_BILL and (
            each.account_type is not AccountType.MANAGED or each.status is not Status.OPEN or each.suspended
        ):
            yield each.username


def what_a_plan_includes_is_never_charged(book: Book) -> Sentences:
    """Invariant 4: what is included is not active."""
    yield from (each.username for each in book.all(Account) if each.add_ons & INCLUDED[each.plan])


def registrations_are_their_accounts_own(book: Book) -> Sentences:
    """Invariants 5 and 6: the account's copy of the state is the registration's; none without SMS."""
    kept = {(each.partner_id, each.account_id): each.state for each in book.all(Registration)}
    told = {(each.partner_id, each.account_id): each.sms_registration for each in book.all(Account)}
    started = {where: state for where, state in told.items() if state is not RegistrationState.NOT_STARTED}
    if kept != started:
        yield f"kept {kept}, told {started}"
    without = [each.username for each in book.all(Account) if AddOn.SMS not in each.add_ons]
    yield from (each.username for each in book.all(Account) if each.username in without and _started(each))


def _started(account: Account) -> bool:
    return account.sms_registration is not RegistrationState.NOT_STARTED


def cancelled_accounts_have_one_departure(book: Book) -> Sentences:
    """Invariant 10: of a cancelled account its last cancellation is listed, of a reactivated one none."""
    kept = Counter(
        (each.partner_id, each.account_id, each.effective_on)
        for each in book.all(Departure)
        if each.event is Event.CANCELLATION
    )
    due = Counter(
        (each.partner_id, each.account_id, each.cancellation.effective_on)
        for each in book.all(Account)
        if each.cancelled and each.cancellation
    )
    if kept != due:
        yield f"too many {kept - due}, too few {due - kept}"


def nobody_has_left_who_is_here(book: Book) -> Sentences:
    """Invariant 12: a move-out stays, until the account comes back."""
    here = {(each.partner_id, each.account_id) for each in book.all(Account)}
    for each in book.all(Departure):
        if each.event is Event.MOVE_OUT and (each.partner_id, each.account_id) in here:
            yield each.username


def bonuses_are_earned_on_their_day(book: Book) -> Sentences:
    """Invariants 8 and 9: an account that has its bonus has a record of it with its partner, of day 95."""
    bonuses = {each.account_id: each for each in book.all(Bonus)}
    for each in book.all(Account):
        bonus = bonuses.get(each.account_id)
        with_partner = bonus is not None and bonus.partner_id == each.partner_id
        if (each.bonus_status in HAD) != with_partner:
            yield f"{each.username} is {each.bonus_status}, its record {bonus}"
        elif bonus and with_partner and (bonus.status, bonus.earned_on) != (each.bonus_status, each.bonus_earned_on):
            yield f"{each.username} says {each.bonus_status}, its record {bonus}"
    yield from (each.username for each in bonuses.values() if each.earned_on != earned_on(each.initial_upgrade_on))


def one_request_for_permission_is_pending(book: Book) -> Sentences:
    """While the account says that one is, and on referred accounts only."""
    pending = {
        (each.partner_id, each.account_id): each.expires_on
        for each in book.all(PermissionRequest)
        if each.state is PermissionState.PENDING
    }
    told = {
        (each.partner_id, each.account_id): each.permission_ends_on
        for each in book.all(Account)
        if each.permission_ends_on
    }
    if pending != told:
        yield f"pending {pending}, told {told}"
    for each in book.all(Account):
        if each.permission_ends_on and (each.account_type is not AccountType.REFERRED or each.cancelled):
            yield each.username


def partners_keep_an_admin(book: Book) -> Sentences:
    """Their number is exact, and the last one stays."""
    admins = Counter(each.partner_id for each in book.all(Member) if each.role is Role.PARTNER_ADMIN)
    for partner in book.all(Partner):
        if partner.admin_count != admins[partner.partner_id] or not partner.admin_count:
            yield f"{partner.partner_id} has {admins[partner.partner_id]} admins, said to be {partner.admin_count}"


CHECKS: tuple[Callable[[Book], Sentences], ...] = (
    counters_are_exact,
    every_account_is_there_once,
    usernames_lead_to_their_accounts,
    an_account_is_what_its_status_says,
    single_bill_is_for_managed_open_accounts,
    what_a_plan_includes_is_never_charged,
    registrations_are_their_accounts_own,
    cancelled_accounts_have_one_departure,
    nobody_has_left_who_is_here,
    bonuses_are_earned_on_their_day,
    one_request_for_permission_is_pending,
    partners_keep_an_admin,
)


def the_first_payment_is_stamped_once(was: Account, now: Account) -> bool:
    """Invariant 7."""
    return was.initial_upgrade_on in (None, now.initial_upgrade_on)


def trial_is_one_way(was: Account, now: Account) -> bool:
    """Invariant 13."""
    return was.plan is Plan.TRIAL or now.plan is not Plan.TRIAL


def an_expired_trial_stays_expired_until_it_pays(was: Account, now: Account) -> bool:
    """Its end does not move back."""
    return was.status is not Status.EXPIRED_TRIAL or now.status is not Status.TRIAL


def names_never_change(was: Account, now: Account) -> bool:
    """Nor does the day it was created."""
    return (was.username, was.created_on) == (now.username, now.created_on)


def what_is_earned_becomes_nothing_but_paid(was: Account, now: Account) -> bool:
    """Invariant 8, with the partner it was earned with."""
    if was.bonus_status not in HAD or was.partner_id != now.partner_id:
        return True
    return now.bonus_status is BonusStatus.PAID or now.bonus_status is was.bonus_status


def versions_move_with_every_change(was: Account, now: Account) -> bool:
    """Of all but activity, and only forwards."""
    if _told(was) == _told(now):
        return now.version >= was.version
    return now.version > was.version


def _told(account: Account) -> dict[str, Any]:
    return {name: getattr(account, name) for name in account.__slots__ if name not in ("version", "activity")}


STEPS: tuple[Callable[[Account, Account], bool], ...] = (
    the_first_payment_is_stamped_once,
    trial_is_one_way,
    an_expired_trial_stays_expired_until_it_pays,
    names_never_change,
    what_is_earned_becomes_nothing_but_paid,
    versions_move_with_every_change,
)


def overdue(book: Book, today: date) -> list[str]:
    """Accounts that the calendar should have acted on by now: none once a night is over."""
    from chalicelib.domain.accounts.scheduled_changes import due_on

    return [each.username for each in book.all(Account) if (day := due_on(each)) is not None and day <= today]

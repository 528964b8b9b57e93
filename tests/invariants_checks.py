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
from chalicelib.domain.accounts.codes import BonusStatus, RegistrationStatus
from chalicelib.domain.accounts.counters import StatusAndType, status_and_type
from chalicelib.domain.accounts.departures import Departure, Event
from chalicelib.domain.accounts.management_requests import ManagementRequest, ManagementRequestStatus
from chalicelib.domain.accounts.plans import INCLUDED, Plan
from chalicelib.domain.kernel.usernames import UsernameClaim
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.partners import Partner
from chalicelib.domain.sms.sms_registrations import Registration

T = TypeVar("T")
Sentences = Iterator[str]
NEVER_PAID = (Status.TRIAL, Status.EXPIRED_TRIAL)
HAD = (BonusStatus.EARNED, BonusStatus.PAID)


class Entities(Protocol):
    """Everything there is."""

    counts: Counter[tuple[str, StatusAndType]]

    def all(self, kind: type[T]) -> list[T]: ...


def broken(book: Entities) -> list[str]:
    """What does not hold now."""
    return [f"{check.__name__}: {item}" for check in CHECKS for item in check(book)]


def broken_between(before: dict[str, Account], after: dict[str, Account]) -> list[str]:
    """What may not follow what: accounts by their ids, then and now."""
    pairs = [(before[item], after[item]) for item in before if item in after]
    gone = [f"gone: {item}" for item in before if item not in after]
    return gone + [
        f"{check.__name__}: {now.username}" for check in STEPS for current, now in pairs if not check(current, now)
    ]


def accounts_of(book: Entities) -> dict[str, Account]:
    """The accounts by their ids."""
    return {item.account_id: item for item in book.all(Account)}


def counters_are_exact(book: Entities) -> Sentences:
    """Invariant 11: the summary's cells are the counts of the accounts."""
    recounted = Counter((item.partner_id, status_and_type(item)) for item in book.all(Account))
    for where in recounted.keys() | book.counts.keys():
        if recounted[where] != book.counts[where]:
            yield f"{where} is {book.counts[where]}, recounted {recounted[where]}"


def every_account_is_there_once(book: Entities) -> Sentences:
    """An account is with one partner, whatever was moved."""
    for account_id, number in Counter(item.account_id for item in book.all(Account)).items():
        if number > 1:
            yield f"{account_id} {number} times"


def usernames_lead_to_their_accounts(book: Entities) -> Sentences:
    """Invariant 14: each username is one account's, and leads to it."""
    claims = {item.username: (item.partner_id, item.account_id) for item in book.all(UsernameClaim)}
    named = {item.username.casefold(): (item.partner_id, item.account_id) for item in book.all(Account)}
    yield from (
        f"{name}: {claims.get(name)} for {named.get(name)}"
        for name in claims | named
        if claims.get(name) != named.get(name)
    )


def an_account_is_what_its_status_says(book: Entities) -> Sentences:
    """Trials have never paid; open accounts have; only what is open is charged for anything."""
    for item in book.all(Account):
        never_paid = item.initial_upgrade_on is None
        if item.status in NEVER_PAID and not (never_paid and item.plan is Plan.TRIAL):
            yield f"{item.username} is on trial and has paid"
        if item.status is Status.OPEN and (never_paid or item.plan is Plan.TRIAL):
            yield f"{item.username} is open and has not paid"
        if (item.status is not Status.OPEN or item.suspended) and item.add_ons:
            yield f"{item.username} is charged for {sorted(item.add_ons)}"
        if item.cancelled and item.cancellation is None:
            yield f"{item.username} is cancelled without a day"


def single_bill_is_for_managed_open_accounts(book: Entities) -> Sentences:
    """And for no others."""
    for item in book.all(Account):
        if item.billing_mode is BillingMode.SINGLE_BILL and (
            item.account_type is not AccountType.MANAGED or item.status is not Status.OPEN or item.suspended
        ):
            yield item.username


def what_a_plan_includes_is_never_charged(book: Entities) -> Sentences:
    """Invariant 4: what is included is not active."""
    yield from (item.username for item in book.all(Account) if item.add_ons & INCLUDED[item.plan])


def registrations_are_their_accounts_own(book: Entities) -> Sentences:
    """Invariants 5 and 6: the account's copy of the state is the registration's; none without SMS."""
    kept = {(item.partner_id, item.account_id): item.status for item in book.all(Registration)}
    reported = {(item.partner_id, item.account_id): item.sms_registration for item in book.all(Account)}
    started = {where: state for where, state in reported.items() if state is not RegistrationStatus.NOT_STARTED}
    if kept != started:
        yield f"kept {kept}, told {started}"
    without = [item.username for item in book.all(Account) if AddOn.SMS not in item.add_ons]
    yield from (item.username for item in book.all(Account) if item.username in without and _started(item))


def _started(account: Account) -> bool:
    return account.sms_registration is not RegistrationStatus.NOT_STARTED


def cancelled_accounts_have_one_departure(book: Entities) -> Sentences:
    """Invariant 10: of a cancelled account its last cancellation is listed, of a reactivated one none."""
    kept = Counter(
        (item.partner_id, item.account_id, item.effective_on)
        for item in book.all(Departure)
        if item.event is Event.CANCELLATION
    )
    due = Counter(
        (item.partner_id, item.account_id, item.cancellation.effective_on)
        for item in book.all(Account)
        if item.cancelled and item.cancellation
    )
    if kept != due:
        yield f"too many {kept - due}, too few {due - kept}"


def nobody_has_left_who_is_here(book: Entities) -> Sentences:
    """Invariant 12: a move-out stays, until the account comes back."""
    here = {(entry.partner_id, entry.account_id) for entry in book.all(Account)}
    for item in book.all(Departure):
        if item.event is Event.MOVE_OUT and (item.partner_id, item.account_id) in here:
            yield item.username


def bonuses_are_earned_on_their_day(book: Entities) -> Sentences:
    """Invariants 8 and 9: an account that has its bonus has a record of it with its partner, of day 95."""
    bonuses = {entry.account_id: entry for entry in book.all(Bonus)}
    for item in book.all(Account):
        bonus = bonuses.get(item.account_id)
        with_partner = bonus is not None and bonus.partner_id == item.partner_id
        if (item.bonus_status in HAD) != with_partner:
            yield f"{item.username} is {item.bonus_status}, its record {bonus}"
        elif bonus and with_partner and (bonus.status, bonus.earned_on) != (item.bonus_status, item.bonus_earned_on):
            yield f"{item.username} says {item.bonus_status}, its record {bonus}"
    yield from (bonus.username for bonus in bonuses.values() if bonus.earned_on != earned_on(bonus.initial_upgrade_on))


def one_request_for_permission_is_pending(book: Entities) -> Sentences:
    """While the account says that one is, and on referred accounts only."""
    pending = {
        (entry.partner_id, entry.account_id): entry.expires_on
        for entry in book.all(ManagementRequest)
        if entry.status is ManagementRequestStatus.PENDING
    }
    reported = {
        (entry.partner_id, entry.account_id): entry.permission_ends_on
        for entry in book.all(Account)
        if entry.permission_ends_on
    }
    if pending != reported:
        yield f"pending {pending}, told {reported}"
    for item in book.all(Account):
        if item.permission_ends_on and (item.account_type is not AccountType.REFERRED or item.cancelled):
            yield item.username


def partners_keep_an_admin(book: Entities) -> Sentences:
    """Their number is exact, and the last one stays."""
    admins = Counter(item.partner_id for item in book.all(Member) if item.role is Role.PARTNER_ADMIN)
    for partner in book.all(Partner):
        if partner.admin_count != admins[partner.partner_id] or not partner.admin_count:
            yield f"{partner.partner_id} has {admins[partner.partner_id]} admins, said to be {partner.admin_count}"


CHECKS: tuple[Callable[[Entities], Sentences], ...] = (
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


def the_first_payment_is_stamped_once(current: Account, now: Account) -> bool:
    """Invariant 7."""
    return current.initial_upgrade_on in (None, now.initial_upgrade_on)


def trial_is_one_way(current: Account, now: Account) -> bool:
    """Invariant 13."""
    return current.plan is Plan.TRIAL or now.plan is not Plan.TRIAL


def an_expired_trial_stays_expired_until_it_pays(current: Account, now: Account) -> bool:
    """Its end does not move back."""
    return current.status is not Status.EXPIRED_TRIAL or now.status is not Status.TRIAL


def names_never_change(current: Account, now: Account) -> bool:
    """Nor does the day it was created."""
    return (current.username, current.created_on) == (now.username, now.created_on)


def what_is_earned_becomes_nothing_but_paid(current: Account, now: Account) -> bool:
    """Invariant 8, with the partner it was earned with."""
    if current.bonus_status not in HAD or current.partner_id != now.partner_id:
        return True
    return now.bonus_status is BonusStatus.PAID or now.bonus_status is current.bonus_status


def versions_move_with_every_change(current: Account, now: Account) -> bool:
    """Of all but activity, and only forwards."""
    if _told(current) == _told(now):
        return now.version >= current.version
    return now.version > current.version


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


def overdue(book: Entities, today: date) -> list[str]:
    """Accounts that the calendar should have acted on by now: none once a night is over."""
    from chalicelib.domain.accounts.scheduled_changes import due_on

    return [item.username for item in book.all(Account) if (day := due_on(item)) is not None and day <= today]

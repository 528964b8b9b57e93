"""Bonuses: the ledger a partner sees, and paying by operators."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.audit import AuditKind, FieldChange, entry
from chalicelib.domain.changes import Change, Insert, Replace, Write
from chalicelib.domain.kernel import field_rules
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Conflict, FieldError, Invalid, NotFound
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.kernel.text_rules import problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.bonuses import Bonus
    from chalicelib.domain.ports import HasAccounts, HasBonuses, HasClock
    from chalicelib.services.ports import BonusPorts

MAX_PAYMENTS = 30
"""Bonuses one payment marks; each is up to three items of its transaction."""


@dataclass(frozen=True, slots=True)
class Month:
    """What was earned in one month, in one currency."""

    month: str
    """Such as `2026-11`."""
    number: int
    total: Money


def by_month(ledger: Iterable[Bonus]) -> list[Month]:
    """Return the program's monthly incentives, the latest month first."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(list)
    for bonus in ledger:
        sums[f"{bonus.earned_on:%Y-%m}", bonus.money.currency].append(bonus.money.amount)
    return [
        Month(month, len(amounts), Money(sum(amounts), currency))
        for (month, currency), amounts in sorted(sums.items(), reverse=True)
    ]


def pay(ports: BonusPorts, actor: Actor, account_ids: Sequence[str], reference: str) -> Change[list[Bonus]]:
    """Mark earned bonuses of the partner as paid, all or none; paying again with the same reference changes nothing."""
    _require_valid(account_ids, reference)
    earned = [_earned(ports, actor, item, place) for place, item in enumerate(account_ids)]
    paid = [_paid(ports, bonus, reference) for bonus in earned]
    writes = [
        write
        for current, updated in zip(earned, paid, strict=True)
        for write in _writes(ports, actor, current, updated)
    ]
    return Change(tuple(writes), paid)


def _require_valid(account_ids: Sequence[str], reference: str) -> None:
    errors = []
    if not 0 < len(account_ids) <= MAX_PAYMENTS:
        errors.append(FieldError("/account_ids", f"Name 1 to {MAX_PAYMENTS} accounts at once."))
    if len(set(account_ids)) < len(account_ids):
        errors.append(FieldError("/account_ids", "An account stands there twice."))
    errors += problems({"reference": reference}, {"reference": field_rules.PAYMENT_REFERENCE})
    Invalid.unless_none(errors)


def _earned(ports: HasBonuses, actor: Actor, account_id: str, place: int) -> Bonus:
    bonus = ports.bonuses.get(account_id)
    if bonus is None or bonus.partner_id != actor.partner_id:
        raise Invalid.field(f"/account_ids/{place}", "This account has earned no bonus for the partner.")
    return bonus


def _paid(ports: HasClock, bonus: Bonus, reference: str) -> Bonus:
    if bonus.paid_on is None:
        return replace(bonus, paid_on=today(ports.clock), payment_reference=reference, version=bonus.version + 1)
    if bonus.payment_reference == reference:
        return bonus
    raise Conflict(f"The bonus of {bonus.username} was paid on {bonus.paid_on} as {bonus.payment_reference}.")


def _writes(ports: HasAccounts, actor: Actor, current: Bonus, updated: Bonus) -> Iterator[Write]:
    if updated is current:
        return
    yield Replace(current, updated)
    yield from _account(ports, current)
    extra_changes = (FieldChange("payment_reference", None, updated.payment_reference),)
    yield Insert(
        entry(actor, ports.clock(), AuditKind.BONUS_PAID, account_id=current.account_id, extra_changes=extra_changes)
    )


def _account(ports: HasAccounts, bonus: Bonus) -> Iterator[Write]:
    """Yield the account's own copy of the status, where the account is still with the partner."""
    try:
        account: Account = ports.accounts.get(bonus.partner_id, bonus.account_id)
    except NotFound:
        return
    if account.bonus_status is BonusStatus.EARNED:
        yield Replace(account, replace(account, bonus_status=BonusStatus.PAID, version=account.version + 1))

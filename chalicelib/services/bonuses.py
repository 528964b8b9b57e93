"""Bonuses: the ledger a partner sees, and what operators record of payments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.audit import AuditKind, FieldChange, entry
from chalicelib.domain.changes import Change, Insert, Replace, Write
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Conflict, NotFound
from chalicelib.domain.kernel.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.bonuses import Bonus
    from chalicelib.domain.ports import HasAccounts, HasBonuses
    from chalicelib.services.ports import BonusPorts


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


def pay(ports: BonusPorts, actor: Actor, account_id: str, reference: str) -> Change[Bonus]:
    """Mark an earned bonus as paid; paying again with the same reference changes nothing."""
    current = _earned(ports, actor, account_id)
    if current.paid_on is None:
        paid = replace(current, paid_on=today(ports.clock), payment_reference=reference, version=current.version + 1)
        return _changed(ports, actor, AuditKind.BONUS_PAID, current, paid)
    if current.payment_reference == reference:
        return Change((), current)
    raise Conflict(f"This bonus was paid on {current.paid_on} as {current.payment_reference}.")


def void_payment(ports: BonusPorts, actor: Actor, account_id: str, reference: str) -> Change[Bonus]:
    """Take back a payment that was recorded by mistake: the bonus is earned again, and can be paid again."""
    current = _earned(ports, actor, account_id)
    if current.paid_on is None:
        return Change((), current)
    if current.payment_reference != reference:
        raise Conflict(f"This bonus was paid as {current.payment_reference}, not as {reference}.")
    earned = replace(current, paid_on=None, payment_reference=None, version=current.version + 1)
    return _changed(ports, actor, AuditKind.BONUS_PAYMENT_VOIDED, current, earned)


def _earned(ports: HasBonuses, actor: Actor, account_id: str) -> Bonus:
    bonus = ports.bonuses.get(account_id)
    if bonus is None or bonus.partner_id != actor.partner_id:
        raise NotFound("This account has earned no bonus for the partner.")
    return bonus


def _changed(ports: HasAccounts, actor: Actor, kind: AuditKind, current: Bonus, updated: Bonus) -> Change[Bonus]:
    reference = FieldChange("payment_reference", current.payment_reference, updated.payment_reference)
    audited = entry(actor, ports.clock(), kind, account_id=current.account_id, extra_changes=(reference,))
    return Change((Replace(current, updated), *_account(ports, updated), Insert(audited)), updated)


def _account(ports: HasAccounts, bonus: Bonus) -> Iterator[Write]:
    """Yield the account's own copy of the status, where the account is still with the partner."""
    try:
        account: Account = ports.accounts.get(bonus.partner_id, bonus.account_id)
    except NotFound:
        return
    if account.bonus_status in (BonusStatus.EARNED, BonusStatus.PAID) and account.bonus_status is not bonus.status:
        yield Replace(account, replace(account, bonus_status=bonus.status, version=account.version + 1))

"""Moving an account to another partner: the consent it needs, and what the account is after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.billing import leave_single_bill
from chalicelib.domain.accounts.bonuses import earned_on
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.kernel import field_rules
from chalicelib.domain.kernel.errors import Conflict, Invalid
from chalicelib.domain.kernel.text_rules import problems

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.bonuses import Bonus
    from chalicelib.domain.accounts.departures import Consent
    from chalicelib.domain.kernel.text_rules import TextRule


CONSENT_RULES: Mapping[str, TextRule] = {
    "given_by": field_rules.CONSENT_GIVEN_BY,
    "evidence": field_rules.CONSENT_EVIDENCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where an account goes, and by whose leave."""

    to_partner_id: str
    qualifies: bool
    """Whether the account may still earn a New Account Bonus, for its new partner."""
    consent: Consent


def require_movable(account: Account, to: Move) -> None:
    """Raise `Conflict` unless the account can go there."""
    if to.to_partner_id == account.partner_id:
        raise Conflict("The account is with this partner already.")
    require_not_cancelled(account)


def require_not_cancelled(account: Account) -> None:
    """Raise `Conflict` where there is no account that another partner could take over."""
    if account.cancelled:
        raise Conflict("The account is canceled; it can be moved when it has been reactivated.")


def require_consent(consent: Consent, now: datetime) -> None:
    """Raise `Invalid` unless it says who consented, when, and where that is recorded."""
    values = {"given_by": consent.given_by, "evidence": consent.evidence}
    Invalid.unless_none(problems(values, CONSENT_RULES, below="/consent"))
    if consent.given_at > now:
        raise Invalid.field("/consent/given_at", "A consent cannot be given in the future.")


def without_old_partner_state(account: Account) -> Account:
    """Return the account as it leaves: single bill with its add-ons, and a pending request for permission end."""
    return replace(leave_single_bill(account), permission_ends_on=None)


def transferred(account: Account, to: Move, bonus: Bonus | None, today: date) -> Account:
    """Return the account at its new partner; `bonus` is one it earned before, which stays where it was earned."""
    status = _bonus_status(account, to, bonus, today)
    return replace(
        account,
        partner_id=to.to_partner_id,
        partner_account_id=None,
        bonus_status=status,
        bonus_earned_on=bonus.earned_on if bonus and bonus.status is status else None,
    )


def _bonus_status(account: Account, to: Move, bonus: Bonus | None, today: date) -> BonusStatus:
    """Back with the partner that has its bonus, an account has that again; elsewhere it needs to qualify."""
    if bonus and bonus.partner_id == to.to_partner_id:
        return bonus.status
    if account.bonus_status is BonusStatus.DISQUALIFIED:
        return account.bonus_status
    if bonus or not to.qualifies or _too_late(account, today):
        return BonusStatus.NOT_ELIGIBLE
    return BonusStatus.TRACKING if account.initial_upgrade_on else BonusStatus.NOT_STARTED


def _too_late(account: Account, today: date) -> bool:
    """Tell whether the day on which it could be earned has passed under another partner."""
    upgraded = account.initial_upgrade_on
    return upgraded is not None and earned_on(upgraded) <= today

"""Earned bonuses on DynamoDB."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chalicelib.domain.bonuses import Bonus
from chalicelib.domain.money import Money
from chalicelib.storage.codec import Codec
from chalicelib.storage.selection import HIGHEST, Selection
from chalicelib.storage.tables.bonuses import Bonuses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chalicelib.domain.paging import Page
    from chalicelib.storage.reader import Reader

SAME = (
    "account_id partner_id version username organization initial_upgrade_on earned_on paid_on payment_reference"
).split()


def _attributes(bonus: Bonus) -> dict[str, Any]:
    return {
        **{name: getattr(bonus, name) for name in SAME},
        "amount": bonus.money.amount,
        "currency": bonus.money.currency,
        "earned": f"{bonus.earned_on.isoformat()}#{bonus.account_id}",
        "unannounced_partner": None if bonus.announced else bonus.partner_id,
    }


def _bonus(row: Bonuses) -> Bonus:
    return Bonus(
        **{name: getattr(row, name) for name in SAME},
        money=Money(int(row.amount), row.currency),
        announced=row.unannounced_partner is None,
    )


BONUS = Codec(kind=Bonus, table=Bonuses, attributes=_attributes, entity=_bonus)


def _earned(partner_id: str, first: date, last: date) -> Selection:
    return Selection(
        table=Bonuses, partition=partner_id, index="by_partner", first=first.isoformat(), last=f"{last}#{HIGHEST}"
    )


class DynamoBonuses:
    """A BonusStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, account_id: str) -> Bonus | None:
        """The bonus this account has earned, under whichever partner."""
        return self._reader.get(BONUS, account_id)

    def of_partner(self, partner_id: str) -> Iterator[Bonus]:
        """Every bonus the partner has earned, oldest first."""
        return self._reader.all(BONUS, Selection(table=Bonuses, partition=partner_id, index="by_partner"))

    def page(self, partner_id: str, first: date, last: date, after: str | None, limit: int) -> Page[Bonus]:
        """Bonuses earned on these days, the latest first."""
        latest_first = replace(_earned(partner_id, first, last), backwards=True)
        return self._reader.page(BONUS, latest_first.after(after), limit)

    def between(self, partner_id: str, first: date, last: date) -> Iterator[Bonus]:
        """Every bonus earned on these days, oldest first."""
        return self._reader.all(BONUS, _earned(partner_id, first, last))

    def unannounced(self, partner_id: str) -> list[Bonus]:
        """Earned bonuses whose mail has not been seen to, oldest first."""
        return list(self._reader.all(BONUS, Selection(table=Bonuses, partition=partner_id, index="unannounced")))

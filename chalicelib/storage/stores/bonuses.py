"""Earned bonuses on DynamoDB."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.kernel.money import Money
from chalicelib.storage.dynamo.attributes import DateAttribute
from chalicelib.storage.dynamo.mapper import Mapper, common_fields
from chalicelib.storage.dynamo.query import HIGHEST, KeyQuery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chalicelib.domain.kernel.paging import Page
    from chalicelib.storage.dynamo.reader import Reader


class BonusesByPartner(GlobalSecondaryIndex["Bonuses"]):
    """A partner's bonuses, the oldest first."""

    class Meta:
        index_name = "by_partner"
        projection = AllProjection()

    partner_id = UnicodeAttribute(hash_key=True)
    earned = UnicodeAttribute(range_key=True)


class UnnotifiedBonuses(GlobalSecondaryIndex["Bonuses"]):
    """A partner's bonuses whose mail has not been seen to; sparse."""

    class Meta:
        index_name = "unnotified"
        projection = AllProjection()

    unnotified_partner = UnicodeAttribute(hash_key=True)
    earned = UnicodeAttribute(range_key=True)


class UnpaidBonuses(GlobalSecondaryIndex["Bonuses"]):
    """What a partner has earned and was not paid yet; sparse."""

    class Meta:
        index_name = "unpaid"
        projection = IncludeProjection(["amount", "currency"])

    unpaid_partner = UnicodeAttribute(hash_key=True)
    earned = UnicodeAttribute(range_key=True)


class Bonuses(Model):
    """Earned bonuses; the account is the key, so that it earns one in its whole life."""

    class Meta:
        table_name = "bonuses"

    by_partner: ClassVar = BonusesByPartner()
    unnotified: ClassVar = UnnotifiedBonuses()
    unpaid: ClassVar = UnpaidBonuses()

    account_id = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute()
    version = NumberAttribute()
    earned = UnicodeAttribute()
    unnotified_partner = UnicodeAttribute(null=True)
    unpaid_partner = UnicodeAttribute(null=True)
    username = UnicodeAttribute()
    organization = UnicodeAttribute()
    initial_upgrade_on = DateAttribute()
    earned_on = DateAttribute()
    amount = NumberAttribute()
    currency = UnicodeAttribute()
    paid_on = DateAttribute(null=True)
    payment_reference = UnicodeAttribute(null=True)


SAME = common_fields(Bonus, Bonuses)


def _attributes(bonus: Bonus) -> dict[str, Any]:
    return {
        **{name: getattr(bonus, name) for name in SAME},
        "amount": bonus.money.amount,
        "currency": bonus.money.currency,
        "earned": f"{bonus.earned_on.isoformat()}#{bonus.account_id}",
        "unnotified_partner": None if bonus.notified else bonus.partner_id,
        "unpaid_partner": None if bonus.paid_on else bonus.partner_id,
    }


def _bonus(row: Bonuses) -> Bonus:
    return Bonus(
        **{name: getattr(row, name) for name in SAME},
        money=Money(int(row.amount), row.currency),
        notified=row.unnotified_partner is None,
    )


BONUS = Mapper(entity_type=Bonus, table=Bonuses, attributes=_attributes, from_row=_bonus)


def _earned(partner_id: str, first: date, last: date) -> KeyQuery:
    return KeyQuery(
        table=Bonuses, partition=partner_id, index="by_partner", lower=first.isoformat(), upper=f"{last}#{HIGHEST}"
    )


class DynamoBonuses:
    """A BonusStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, account_id: str) -> Bonus | None:
        """Return the bonus this account has earned, under whichever partner."""
        return self._reader.get(BONUS, account_id)

    def of_partner(self, partner_id: str) -> Iterator[Bonus]:
        """Yield every bonus the partner has earned, oldest first."""
        return self._reader.stream.all(BONUS, KeyQuery(table=Bonuses, partition=partner_id, index="by_partner"))

    def page(self, partner_id: str, first: date, last: date, after: str | None, limit: int) -> Page[Bonus]:
        """Bonuses earned on these days, the latest first."""
        latest_first = replace(_earned(partner_id, first, last), descending=True)
        return self._reader.page(BONUS, latest_first.after(after), limit)

    def between(self, partner_id: str, first: date, last: date) -> Iterator[Bonus]:
        """Yield every bonus earned on these days, oldest first."""
        return self._reader.stream.all(BONUS, _earned(partner_id, first, last))

    def unnotified(self, partner_id: str) -> list[Bonus]:
        """Earned bonuses whose mail has not been seen to, oldest first."""
        return list(self._reader.all(BONUS, KeyQuery(table=Bonuses, partition=partner_id, index="unnotified")))

    def unpaid(self, partner_id: str, limit: int) -> list[Money]:
        """Return the amounts of earned bonuses that are not paid, at most so many, oldest first."""
        rows: Any = self._reader.rows(KeyQuery(table=Bonuses, partition=partner_id, index="unpaid"), limit)
        return [Money(int(row.amount), row.currency) for row in rows]

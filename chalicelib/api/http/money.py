"""Money as answers show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.api.http.operation import View

if TYPE_CHECKING:
    from chalicelib.domain.kernel.money import Money


class MoneyView(View):
    """An amount of money."""

    amount: int
    """In the currency's minor unit (cents)."""
    currency: str


def money_view(money: Money) -> MoneyView:
    """Return an amount as an answer."""
    return MoneyView(amount=money.amount, currency=money.currency)

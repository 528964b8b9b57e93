"""Money: integer minor units and a currency."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.kernel.currencies import MINOR_UNIT_DIGITS

_USUAL_DIGITS = 2


def is_currency(code: str) -> bool:
    """Tells whether this is an active ISO 4217 code with a minor unit."""
    return code in MINOR_UNIT_DIGITS


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's minor unit (cents), so that sums are exact."""

    amount: int
    currency: str
    """ISO 4217, such as `USD`."""

    def __str__(self) -> str:
        """`USD 1,234.50`; a code that ISO 4217 has withdrawn since is shown with two digits."""
        digits = MINOR_UNIT_DIGITS.get(self.currency, _USUAL_DIGITS)
        whole, rest = divmod(abs(self.amount), 10**digits)
        fraction = f".{rest:0{digits}}" if digits else ""
        return f"{self.currency} {'-' if self.amount < 0 else ''}{whole:,}{fraction}"

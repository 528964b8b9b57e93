"""Money: integer minor units and a currency."""

from __future__ import annotations

from dataclasses import dataclass

DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "XAF": 0, "XOF": 0, "BHD": 3, "JOD": 3, "KWD": 3, "TND": 3}
"""Digits of the minor unit after ISO 4217, where they are not two."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's minor unit (cents), so that sums are exact."""

    amount: int
    currency: str
    """ISO 4217, such as `USD`."""

    def __str__(self) -> str:
        """`USD 1,234.50`."""
        digits = DIGITS.get(self.currency, 2)
        whole, rest = divmod(abs(self.amount), 10**digits)
        fraction = f".{rest:0{digits}}" if digits else ""
        return f"{self.currency} {'-' if self.amount < 0 else ''}{whole:,}{fraction}"

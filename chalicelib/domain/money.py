"""Money: integer minor units and a currency."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's minor unit (cents), so that sums are exact."""

    amount: int
    currency: str
    """ISO 4217, such as `USD`."""

"""Plans, and what a plan includes (data, not code)."""

from __future__ import annotations

from enum import StrEnum

from chalicelib.domain.accounts.add_ons import AddOn


class Plan(StrEnum):
    """What an account is subscribed to."""

    TRIAL = "trial"
    LITE = "lite"
    STANDARD = "standard"
    PREMIUM = "premium"

    @property
    def paid(self) -> bool:
        return self is not Plan.TRIAL


PAID_PLANS = tuple(plan for plan in Plan if plan.paid)

INCLUDED: dict[Plan, frozenset[AddOn]] = {
    Plan.TRIAL: frozenset(),
    Plan.LITE: frozenset(),
    Plan.STANDARD: frozenset(),
    Plan.PREMIUM: frozenset({AddOn.NEWSLETTER_ARCHIVE}),
}
"""Add-ons that a plan holds at no charge."""

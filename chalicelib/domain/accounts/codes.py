"""Name the codes that accounts, bonuses, departures and SMS registrations share."""

from __future__ import annotations

from enum import StrEnum


class BonusStatus(StrEnum):
    """How far a New Account Bonus is."""

    NOT_STARTED = "not_started"
    """no paid plan yet."""
    TRACKING = "tracking"
    """the 95 days are running."""
    EARNED = "earned"
    """earned, for ever."""
    PAID = "paid"
    """earned, and paid by the platform."""
    DISQUALIFIED = "disqualified"
    """the account left before day 95."""
    NOT_ELIGIBLE = "not_eligible"
    """the account moved in without qualifying."""


SETTLED = frozenset({BonusStatus.EARNED, BonusStatus.PAID, BonusStatus.DISQUALIFIED, BonusStatus.NOT_ELIGIBLE})
"""Statuses that time alone no longer changes."""


class CancelReason(StrEnum):
    """Why an account was canceled."""

    COST_TOO_HIGH = "cost_too_high"
    USING_A_COMPETITIVE_SERVICE = "using_a_competitive_service"
    NOT_DOING_EMAIL_MARKETING = "not_doing_email_marketing"
    SOMETHING_MISSING_OR_NOT_WORKING = "something_missing_or_not_working"
    DOING_IT_IN_HOUSE = "doing_it_in_house"
    POOR_RESULTS = "poor_results"
    TOO_DIFFICULT_TO_USE = "too_difficult_to_use"
    CANCELLED_ONLINE_BY_CUSTOMER = "cancelled_online_by_customer"
    DISSATISFIED_WITH_BILLING_POLICIES = "dissatisfied_with_billing_policies"


class RegistrationStatus(StrEnum):
    """How far an account's SMS registration is."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REJECTED = "rejected"

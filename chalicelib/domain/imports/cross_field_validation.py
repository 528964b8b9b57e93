"""Where the cells of a row are each right and yet do not fit together, or lie in the future."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import Status, latest_activity_day
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.imports.cells import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chalicelib.domain.imports.portfolio_row import PortfolioRow


def cross_field_problems(row: PortfolioRow, today: date) -> Iterator[Problem]:
    """Yield where cells that are each right do not fit together, or lie in the future."""
    yield from _plan(row)
    yield from _trial(row, today)
    yield from _cancellation(row, today)
    yield from _order(row)
    yield from _future(row, today)


def _plan(row: PortfolioRow) -> Iterator[Problem]:
    """Trial is one way: whoever pays has upgraded once, and whoever upgraded is never on trial again."""
    if row.status in (Status.TRIAL, Status.EXPIRED_TRIAL) and row.plan.paid:
        yield Problem("plan", f"A {row.status.label.lower()} ({row.status}) is on the plan trial, not {row.plan}.")
    elif row.status is Status.OPEN and not row.plan.paid:
        yield Problem("plan", "An open account (O) is on lite, standard or premium, not on trial.")
    elif row.plan.paid and row.initial_upgrade_on is None:
        yield Problem("initial_upgrade_on", f"An account on {row.plan} has a first payment date.")
    elif not row.plan.paid and row.initial_upgrade_on is not None:
        yield Problem("initial_upgrade_on", "An account on trial has no first payment date: trial never comes back.")


def _trial(row: PortfolioRow, today: date) -> Iterator[Problem]:
    if row.trial_ends_on is None:
        if not row.plan.paid:
            yield Problem("trial_ends_on", "An account on trial has a day on which its trial ends.")
    elif row.status is Status.EXPIRED_TRIAL and row.trial_ends_on > today:
        yield Problem(
            "trial_ends_on", f"The trial ends on {row.trial_ends_on}: it is not expired (E) yet but a trial (T)."
        )


def _cancellation(row: PortfolioRow, today: date) -> Iterator[Problem]:
    """Canceled on a past day or today; any other status may have a cancellation to come."""
    cancelled = row.status is Status.CANCELLED
    if (row.cancelled_on is None) is not (row.cancel_reason is None) or (cancelled and row.cancelled_on is None):
        yield from _incomplete_cancellation(row)
    elif row.cancelled_on is not None and cancelled is not (row.cancelled_on <= today):
        yield Problem(
            "cancelled_on",
            f"Canceled on {row.cancelled_on} does not fit the status {row.status}: "
            "C has a cancellation on or before today, every other status none or one still to come.",
        )


def _incomplete_cancellation(row: PortfolioRow) -> Iterator[Problem]:
    if row.cancelled_on is None:
        yield Problem("cancelled_on", "A cancellation has a day on which it takes effect.")
    if row.cancel_reason is None:
        yield Problem("cancel_reason", f"A cancellation has a reason: one of {', '.join(CancelReason)}.")


def _order(row: PortfolioRow) -> Iterator[Problem]:
    later = {
        "trial_ends_on": row.trial_ends_on,
        "initial_upgrade_on": row.initial_upgrade_on,
        "cancelled_on": row.cancelled_on,
    }
    for column, day in later.items():
        if day is not None and day < row.created_on:
            yield Problem(column, f"{day} is before the account was created ({row.created_on}).")
    if row.cancelled_on and row.initial_upgrade_on and row.created_on <= row.cancelled_on < row.initial_upgrade_on:
        yield Problem(
            "cancelled_on", f"{row.cancelled_on} is before the first payment date ({row.initial_upgrade_on})."
        )


def _future(row: PortfolioRow, today: date) -> Iterator[Problem]:
    latest, activity = latest_activity_day(today), row.activity
    past = {
        "created_on": (row.created_on, today),
        "initial_upgrade_on": (row.initial_upgrade_on, today),
        "last_login_on": (activity.last_login_on, latest),
        "last_campaign_on": (activity.last_campaign_on, latest),
    }
    for column, (day, last) in past.items():
        if day is not None and day > last:
            yield Problem(column, f"{day} is in the future; today is {today} (UTC).")

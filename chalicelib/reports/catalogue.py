"""The catalogue of reports: a new one is a file beside this and a line here."""

from __future__ import annotations

from chalicelib.reports.types import (
    all_accounts_summary,
    cancels_and_move_outs,
    managed_account_details,
    new_account_bonus_tracker,
    portfolio,
)

REPORTS = {
    item.code: item
    for item in (
        all_accounts_summary.REPORT,
        managed_account_details.REPORT,
        new_account_bonus_tracker.REPORT,
        cancels_and_move_outs.REPORT,
        portfolio.REPORT,
    )
}
"""Code → report."""

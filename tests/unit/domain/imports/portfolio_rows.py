"""Rows of a portfolio that are right, to be made wrong in one place."""

from __future__ import annotations

from datetime import date

from chalicelib.domain.imports.cells import Problem
from chalicelib.domain.imports.columns import PORTFOLIO_COLUMNS
from chalicelib.domain.imports.portfolio_row import PortfolioRow
from chalicelib.domain.imports.rows import read_portfolio_row

TODAY = date(2026, 11, 5)

OPEN = {
    **dict.fromkeys(PORTFOLIO_COLUMNS, ""),
    "username": "acme-bakery",
    "organization": "Acme Bakery",
    "owner_first_name": "Ada",
    "owner_last_name": "Baker",
    "owner_email": "ada@example.com",
    "partner_account_id": "A-17",
    "account_type": "managed",
    "billing_mode": "single_bill",
    "plan": "standard",
    "status": "O",
    "created_on": "2026-01-10",
    "trial_ends_on": "2026-03-11",
    "initial_upgrade_on": "2026-02-01",
    "list_size": "120",
    "login_count": "3",
    "last_login_on": "2026-10-30",
    "campaigns_sent": "2",
    "last_campaign_on": "2026-10-01",
    "add_ons": "sms|seo",
}
TRIAL = {
    **OPEN,
    "billing_mode": "direct",
    "plan": "trial",
    "status": "T",
    "created_on": "2026-10-01",
    "trial_ends_on": "2026-11-30",
    "initial_upgrade_on": "",
    "last_campaign_on": "2026-10-02",
    "add_ons": "",
}
EXPIRED = {**TRIAL, "status": "E", "trial_ends_on": "2026-11-05"}
CANCELLED = {
    **OPEN,
    "billing_mode": "direct",
    "status": "C",
    "add_ons": "",
    "cancelled_on": "2026-10-20",
    "cancel_reason": "poor_results",
}


def problems(row: dict[str, str]) -> list[Problem]:
    """Everything that is wrong with the row."""
    read = read_portfolio_row(row, TODAY)
    return read if isinstance(read, list) else []


def read(row: dict[str, str]) -> PortfolioRow:
    """The row, which must be right."""
    found = read_portfolio_row(row, TODAY)
    assert isinstance(found, PortfolioRow), found
    return found

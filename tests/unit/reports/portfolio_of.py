"""Accounts of one partner on the fakes, for the tests of reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Owner, Status
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.partners.partners import Partner
from chalicelib.reports.report import ReportContext
from tests.fakes import FakePorts

if TYPE_CHECKING:
    from chalicelib.reports.report import Report
    from chalicelib.reports.table import Front, Row

ACME = "prt_acme"
TODAY = date(2026, 11, 5)
ADMIN = Actor("admin", Role.PARTNER_ADMIN, ACME)


def account(number: int = 1, **changes: Any) -> Account:
    """An open managed account; the same number is the same account."""
    plain = Account(
        partner_id=ACME,
        account_id=f"acct_{number:026}",
        username=f"account.{number}",
        organization=f"Organization {number:05}",
        owner=Owner(first_name="Ada", last_name="Lovelace", email=f"ada{number}@example.com"),
        account_type=AccountType.MANAGED,
        billing_mode=BillingMode.SINGLE_BILL,
        plan=Plan.STANDARD,
        status=Status.OPEN,
        created_on=date(2026, 1, 2),
        initial_upgrade_on=date(2026, 1, 2),
        bonus_status=BonusStatus.EARNED,
        bonus_earned_on=date(2026, 4, 7),
    )
    return replace(plain, **changes)


def ports_with(*accounts: Account) -> FakePorts:
    """The partner with these accounts, settled, at noon of 2026-11-05."""
    ports = FakePorts()
    partner = Partner(partner_id=ACME, name="Acme Agency", created_at=ports.now, settled_on=ports.today)
    ports.book.put(partner, *accounts)
    return ports


def rows_of(ports: FakePorts, report: Report, **context: Any) -> list[Row]:
    """All rows of a report."""
    question = ReportContext(partner_id=ACME, today=ports.today, **context)
    arranged = report.arrange(report.read(ports, question), question)
    return [row for batch in arranged.batches for row in report.sheet.rows(batch, question)]


def front_of(ports: FakePorts, report: Report, **context: Any) -> Front:
    """What the first page of a report says of its rows."""
    question = ReportContext(partner_id=ACME, today=ports.today, **context)
    return report.arrange(report.read(ports, question), question).front


def as_dicts(ports: FakePorts, report: Report, **context: Any) -> list[dict[str, Any]]:
    """All rows of a report, by column title."""
    titles = [column.title for column in report.sheet.columns]
    return [dict(zip(titles, row, strict=True)) for row in rows_of(ports, report, **context)]

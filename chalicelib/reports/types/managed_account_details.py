"""Managed Account Details: one row a managed account of one status, with what it has and what it does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import AccountType
from chalicelib.reports import labels
from chalicelib.reports.contact_sheet import contact_sheet
from chalicelib.reports.report import Report, Sheet
from chalicelib.reports.table import Column, ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.accounts.counters import Summary
    from chalicelib.reports.report import Batch, ReportContext, ReportData
    from chalicelib.reports.table import Row

FIELDS = (
    "account_id",
    "partner_account_id",
    "username",
    "organization",
    "owner_first_name",
    "owner_last_name",
    "owner_email",
    "status",
    "plan",
    "billing_mode",
    "holds",
    "created_on",
    "trial_ends_on",
    "initial_upgrade_on",
    "list_size",
    "login_count",
    "last_login_on",
    "campaigns_sent",
    "last_campaign_on",
    "add_ons",
    "sms_registration",
)
COLUMNS = (
    Column("Account ID", width=31),
    Column("Partner account ID", width=14),
    Column("Username", width=18),
    Column("Organization", width=24),
    Column("Owner", width=16),
    Column("E-mail", width=26),
    Column("Status", width=6),
    Column("Plan", width=9),
    Column("Billing mode", width=11),
    Column("Holds", width=9),
    Column("Created", ColumnType.DATE, 10),
    Column("Trial ends", ColumnType.DATE, 10),
    Column("First payment date", ColumnType.DATE, 10),
    Column("List size", ColumnType.INTEGER, 8),
    Column("Logins", ColumnType.INTEGER, 7),
    Column("Last login", ColumnType.DATE, 10),
    Column("Campaigns sent", ColumnType.INTEGER, 9),
    Column("Last campaign", ColumnType.DATE, 10),
    Column("Add-ons", width=28),
    Column("SMS registration", width=12),
)


def read(data: ReportData, context: ReportContext) -> Iterator[Batch]:
    """Yield the managed accounts of the status, in the lists' order."""
    query = replace(context.filters, status=context.account_status, account_type=AccountType.MANAGED)
    return data.accounts.rows(context.partner_id, query, FIELDS)


def rows(batch: Batch, context: ReportContext) -> list[Row]:  # noqa: ARG001
    """Return one row an account; a whole column at a time."""
    ids, own_ids, usernames, organizations, firsts, lasts, emails, statuses, plans, modes, holds, *rest = (
        zip(*batch, strict=True) if batch else ((),) * len(FIELDS)
    )
    *dates_and_numbers, active, registrations = rest
    return list(
        zip(
            *(ids, own_ids, usernames, organizations, map(labels.full_name, firsts, lasts), emails, statuses),
            *(map(labels.label, plans), map(labels.label, modes), map(labels.labels, holds)),
            *dates_and_numbers,
            *(map(labels.add_ons, plans, statuses, active), map(labels.sms_registration, active, registrations)),
            strict=True,
        )
    )


def most_rows(summary: Summary, context: ReportContext) -> int:
    """Return the managed accounts of the status."""
    return summary.of(context.account_status, AccountType.MANAGED)


REPORT = Report(
    code="managed-account-details",
    title="Managed Account Details",
    sheet=Sheet(COLUMNS, rows),
    contacts=contact_sheet(FIELDS),
    read=read,
    needs_status=True,
    filters=frozenset(
        (
            "list_size_min",
            "list_size_max",
            "never_logged_in",
            "never_sent_campaign",
            "plan",
            "add_on",
            "first_payment_from",
            "first_payment_to",
        )
    ),
    most_rows=most_rows,
    counted=True,
)

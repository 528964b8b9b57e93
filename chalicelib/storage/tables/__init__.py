"""Every table as a PynamoDB model, by family; a table's name is bound when the process starts (`connection.connect`).

The names of attributes are the names they are stored under. What the models cannot say, such as point-in-time recovery
and the attribute `ttl` by which DynamoDB clears away, stands in the CloudFormation template.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.storage.tables.accounts import (
    Accounts,
    Bonuses,
    Departures,
    PermissionRequests,
    SmsRegistrations,
    Usernames,
)
from chalicelib.storage.tables.partners import Audit, Counters, Invites, InviteSlugs, Members, Partners, Requests
from chalicelib.storage.tables.sent import Deliveries, Downloads, SignInLinks, Suppressions
from chalicelib.storage.tables.work import Imports, NightlyRuns, ReportRuns, ReportSchedules, ServiceRequests

if TYPE_CHECKING:
    from pynamodb.models import Model

__all__ = [
    "Accounts",
    "Audit",
    "Bonuses",
    "Counters",
    "Deliveries",
    "Departures",
    "Downloads",
    "Imports",
    "InviteSlugs",
    "Invites",
    "LOGICAL_NAMES",
    "Members",
    "NightlyRuns",
    "Partners",
    "PermissionRequests",
    "ReportRuns",
    "ReportSchedules",
    "Requests",
    "ServiceRequests",
    "SignInLinks",
    "SmsRegistrations",
    "Suppressions",
    "TABLES",
    "Usernames",
]

TABLES: tuple[type[Model], ...] = (
    Partners,
    Counters,
    Members,
    Accounts,
    Usernames,
    Invites,
    InviteSlugs,
    SmsRegistrations,
    Departures,
    Bonuses,
    ReportRuns,
    Imports,
    Deliveries,
    ReportSchedules,
    PermissionRequests,
    ServiceRequests,
    Downloads,
    SignInLinks,
    Suppressions,
    Audit,
    NightlyRuns,
    Requests,
)

LOGICAL_NAMES: dict[type[Model], str] = {table: table.Meta.table_name for table in TABLES}

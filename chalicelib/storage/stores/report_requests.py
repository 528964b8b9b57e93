"""What is asked of a report as attributes, the same in the rows of runs and of schedules."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import msgspec
from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.accounts.filters import plain
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.report_runs.report_runs import ReportRequest
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, TextsAttribute

SAME = tuple(item.name for item in fields(ReportRequest) if item.name != "filters")


class ReportRequestRow:
    """The attributes that rows of runs and of schedules share."""

    report = UnicodeAttribute()
    formats = TextsAttribute()
    account_status = ChoiceAttribute(Status, null=True)
    filters = UnicodeAttribute(null=True)
    email_to = TextsAttribute()
    bonus_account_ids = TextsAttribute()


def request_attributes(request: ReportRequest) -> dict[str, Any]:
    """Return the request's attributes."""
    filters = plain(request.filters)
    return {
        **{name: getattr(request, name) for name in SAME},
        "filters": msgspec.json.encode(filters).decode() if filters else None,
    }


def request_of(row: ReportRequestRow) -> ReportRequest:
    """Return the request that a row holds."""
    return ReportRequest(
        **{name: getattr(row, name) for name in SAME},
        filters=msgspec.json.decode(row.filters or "{}", type=AccountQuery),
    )

"""Fields of report runs and report schedules; what they may be is the catalog's and the domain's."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from chalicelib.api.http.schema_hints import one_of, within
from chalicelib.api.http.text_fields import Reference
from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.partners.partners import MAX_RECIPIENTS
from chalicelib.domain.report_runs.report_schedules import MONTH_DAYS, WEEKDAYS
from chalicelib.reports.catalogue import REPORTS
from chalicelib.reports.formats import CONTACTS, FORMATS

ReportCode = Annotated[Reference, one_of(REPORTS)]
ReportFormat = Annotated[Reference, one_of((*FORMATS, CONTACTS.name))]
Weekday = Annotated[Reference, one_of(WEEKDAYS)]
MonthDay = Annotated[int, within(MONTH_DAYS)]
StatusLetter = Annotated[
    Reference,
    one_of(Status),
    Meta(description="Of managed-account-details only, which requires it: exactly one capital letter."),
]
Recipients = Annotated[
    list[Reference],
    Meta(max_length=MAX_RECIPIENTS, description="Addresses of the team, or recipients in the settings; mailed a link."),
]

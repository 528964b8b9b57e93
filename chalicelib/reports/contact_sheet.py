"""The contact list that a report of accounts can be written as beside its own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.formats.contacts import CONTACT_COLUMNS
from chalicelib.reports.report import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.reports.report import Batch, ReportContext
    from chalicelib.reports.table import Row

_FIELDS = ("owner_email", "owner_first_name", "owner_last_name", "organization")


def contact_sheet(fields: Sequence[str]) -> Sheet:
    """Return the sheet that makes contacts of tuples of these fields; an account whose owner was erased is none."""
    email, first, last, organization = map(fields.index, _FIELDS)

    def rows(batch: Batch, context: ReportContext) -> list[Row]:  # noqa: ARG001
        return [(row[email], row[first], row[last], row[organization]) for row in batch if row[email]]

    return Sheet(CONTACT_COLUMNS, rows)

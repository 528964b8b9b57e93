"""The first rows of an uploaded file as an import would read them."""

from __future__ import annotations

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import View
from chalicelib.api.http.request import Request
from chalicelib.api.imports import StartQuery, UnderstoodFile, understood_view
from chalicelib.domain.imports.dates import DateFormat
from chalicelib.domain.imports.preview import PreviewRow
from chalicelib.domain.kernel.errors import Conflict, TooLarge
from chalicelib.services.imports import imports

blueprint = Blueprint(__name__)


class CellProblem(View):
    """What is wrong in one cell."""

    column: str
    """Empty where it is the row as a whole."""
    reason: str
    """What is wrong, and what would be right."""


class PreviewRowView(View):
    """One row as it will be read."""

    line: int
    values: dict[str, str]
    """By column, dates as YYYY-MM-DD; a cell that cannot be read is as it stands in the file."""
    problems: list[CellProblem]
    """What is wrong with it; nothing for most rows."""


class ImportPreview(View):
    """The first rows of an uploaded file as they will be read."""

    understood: UnderstoodFile
    """How the file was read."""
    date_format: DateFormat
    """In which the dates were read."""
    date_formats: tuple[DateFormat, ...]
    """Those in which all dates of the first thousand rows are dates; more than one means that only you can tell."""
    rows: list[PreviewRowView]
    """The first ten; whether a username is taken is not looked up."""


@blueprint.operation("preview_import", "GET /imports/{import_id}/preview", refusals=(Conflict, TooLarge))
def preview_import(request: Request[None, StartQuery], import_id: str) -> ImportPreview:
    """Show the first rows of the uploaded file as they will be read, before the import is started."""
    date_format = request.query.date_format
    found = imports.preview(request.ports, request.actor, import_id, date_format)
    return ImportPreview(
        understood=understood_view(found.understood),
        date_format=date_format,
        date_formats=found.date_formats,
        rows=list(map(_row, found.rows)),
    )


def _row(row: PreviewRow) -> PreviewRowView:
    problems = [CellProblem(column=problem.column, reason=problem.reason) for problem in row.problems]
    return PreviewRowView(line=row.line, values=row.values, problems=problems)

"""Imports: an upload form, the start, following it, the result file and the template."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec import UNSET

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Next, PageQuery, next_cursor, start_after
from chalicelib.api.http.operation import Body, Instant, NoQuery, Query, View
from chalicelib.api.http.request import Request
from chalicelib.domain.imports.columns import ImportKind, template
from chalicelib.domain.imports.dates import DateFormat
from chalicelib.domain.imports.imports import Import, ImportStatus, Understood
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.kernel.errors import Conflict, TooLarge
from chalicelib.domain.kernel.files import DOWNLOAD_SECONDS
from chalicelib.services.imports import imports

blueprint = Blueprint(__name__)


class NewImport(Body):
    """An import to begin."""

    kind: ImportKind
    """What the file holds."""


class UploadForm(View):
    """A form (multipart/form-data) to post with the file as its last field; it works for fifteen minutes."""

    url: str
    """Where the form is posted."""
    fields: dict[str, str]
    """The form's other fields, each to be sent as it is."""


class ResultFile(View):
    """The rejected rows as CSV: line, username, column, reason. A row with several problems has several lines."""

    url: str
    """Where the file can be fetched."""
    expires_at: Instant


class UnderstoodFile(View):
    """How the file was read."""

    delimiter: str
    """Comma, semicolon or tab."""
    encoding: str
    columns: tuple[str, ...]
    """By their own names, in the file's order."""


class ImportView(View):
    """An import. Each row counts once: rows = created + adjusted + unchanged + rejected."""

    import_id: str
    kind: ImportKind
    """What the file holds."""
    status: ImportStatus
    progress: int
    """Hundredths of the way."""
    total_rows: int | None
    """How many rows the file has; known once it has been looked through."""
    rows: int
    """How many of them have been dealt with."""
    created: int
    """Written just as they were."""
    adjusted: int
    """Written without what the rules forbid in their state, such as add-ons of a canceled account."""
    unchanged: int
    """Their username was this partner's already; nothing was touched."""
    rejected: int
    """Not written; the result file says why."""
    date_format: DateFormat
    """How the dates in the file are written."""
    understood: UnderstoodFile | None
    """Known once the file has been looked through."""
    reason: str | None
    """Why it failed."""
    requested_by: str
    created_at: Instant
    started_at: Instant | None
    finished_at: Instant | None
    upload: UploadForm | None = None
    """Only in the answer that made the import."""
    result: ResultFile | None = None
    """Once it is done, for thirty days."""


class ImportList(View):
    """A page of imports, the newest first."""

    items: list[ImportView]
    next: Next = UNSET


class StartQuery(Query):
    date_format: DateFormat = DateFormat.YEAR_FIRST
    """How the dates in the file are written. It is never guessed: see the preview."""


class TemplateQuery(Query):
    kind: ImportKind = ImportKind.PORTFOLIO
    """What the file is to hold."""


def _with_form(request: Request[Any, Any], view: ImportView) -> ImportView:
    """Add a form signed now, a secret of fifteen minutes that is not kept; none once the import has been started."""
    made = imports.find(request.ports, request.actor, view.import_id)
    if made.status is ImportStatus.CREATED:
        form = imports.upload_form(request.ports, made)
        view.upload = UploadForm(url=form.url, fields=dict(form.fields))
    return view


@blueprint.operation("create_import", "POST /imports", status=201, enrich_response=_with_form)
def create_import(request: Request[NewImport, NoQuery]) -> Answer[ImportView]:
    """Make an import and get the form to upload its file with; asked again, the form is signed anew.

    Operators import a portfolio; partner admins create managed accounts in bulk.
    """
    return request.execute(lambda: imports.request(request.ports, request.actor, request.body.kind), _made)


@blueprint.operation("start_import", "POST /imports/{import_id}/start", status=202, refusals=(Conflict, TooLarge))
def start_import(request: Request[None, StartQuery], import_id: str) -> Answer[ImportView]:
    """Import the uploaded file, its dates read in the format given; follow the import until it is done."""
    date_format = request.query.date_format
    return request.execute(lambda: imports.start(request.ports, request.actor, import_id, date_format), _made)


def _made(item: Import) -> Answer[ImportView]:
    return Answer(present(item), location=f"/imports/{item.import_id}")


@blueprint.operation("list_imports", "GET /imports")
def list_imports(request: Request[None, PageQuery]) -> ImportList:
    """List imports, the newest first."""
    partner_id = request.partner.partner_id
    page = imports.page(request.ports, request.actor, start_after(request.query, partner_id), request.query.limit)
    return ImportList(
        items=[_with_result(request, entry) for entry in page.items],
        next=next_cursor(request.query, partner_id, page.next),
    )


@blueprint.operation("get_import_template", "GET /imports/template", media_type="text/csv; charset=utf-8")
def get_import_template(request: Request[None, TemplateQuery]) -> str:
    """Get a file with nothing but the header."""
    return template(request.query.kind).decode()


@blueprint.operation("get_import", "GET /imports/{import_id}")
def get_import(request: Request[None, NoQuery], import_id: str) -> ImportView:
    """Get an import, with a link to its result file that works for five minutes."""
    return _with_result(request, imports.find(request.ports, request.actor, import_id))


def _with_result(request: Request[Any, Any], item: Import) -> ImportView:
    now = request.ports.clock()
    view = present(item)
    if item.has_result(now):
        until = instant_text(now + timedelta(seconds=DOWNLOAD_SECONDS))
        view.result = ResultFile(url=imports.result_url(request.ports, item), expires_at=until)
    return view


def present(item: Import) -> ImportView:
    """Return the import without its links."""
    counts = item.counts
    return ImportView(
        import_id=item.import_id,
        kind=item.kind,
        status=item.status,
        progress=item.progress,
        total_rows=item.total_rows,
        rows=counts.rows,
        created=counts.created,
        adjusted=counts.adjusted,
        unchanged=counts.unchanged,
        rejected=counts.rejected,
        date_format=item.date_format,
        understood=understood_view(item.understood) if item.understood else None,
        reason=item.reason,
        requested_by=item.requested_by,
        created_at=instant_text(item.created_at),
        started_at=_instant(item.started_at),
        finished_at=_instant(item.finished_at),
    )


def understood_view(understood: Understood) -> UnderstoodFile:
    """Return what was understood of a file as an answer."""
    return UnderstoodFile(delimiter=understood.delimiter, encoding=understood.encoding, columns=understood.columns)


def _instant(at: datetime | None) -> str | None:
    return None if at is None else instant_text(at)

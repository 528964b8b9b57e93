"""Reports: asking for a run, following it, downloading its files, taking it away."""

from __future__ import annotations

from msgspec import UNSET, UnsetType, field

from chalicelib.api.accounts.filters import AccountFilters, account_query
from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Next, PageQuery, next_cursor, start_after
from chalicelib.api.http.operation import Body, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.report_runs.fields import Recipients, ReportCode, ReportFormat, StatusLetter
from chalicelib.api.report_runs.views import ReportRunView, present
from chalicelib.domain.report_runs.report_runs import ReportRun
from chalicelib.reports.request_validation import ReportInput
from chalicelib.services.report_runs import report_runs

blueprint = Blueprint(__name__)


class NewReportRun(Body):
    """A report to run."""

    report: ReportCode
    formats: list[ReportFormat]
    account_status: StatusLetter | None = None
    filters: AccountFilters | UnsetType = UNSET
    email_to: Recipients = field(default_factory=list)


class ReportRunList(View):
    """A page of report runs, the newest first."""

    items: list[ReportRunView]
    next: Next = UNSET


@blueprint.operation("run_report", "POST /reports", status=202)
def run_report(request: Request[NewReportRun, NoQuery]) -> Answer[ReportRunView]:
    """Ask for a report; follow the run at `Location` until it is ready."""
    body = request.body
    asked = report_input(body.report, body.formats, body.account_status, body.filters, body.email_to)

    def requested(run: ReportRun) -> Answer[ReportRunView]:
        return Answer(present(request.ports, run), location=f"/reports/{run.report_run_id}")

    return request.execute(
        lambda: report_runs.request(request.ports, request.actor, asked),
        requested,
    )


def report_input(
    report: str,
    formats: list[str],
    account_status: str | None,
    filters: AccountFilters | UnsetType,
    email_to: list[str],
) -> ReportInput:
    """Return what a body asks for."""
    query = account_query(filters)
    return ReportInput(report=report, formats=formats, account_status=account_status, filters=query, email_to=email_to)


@blueprint.operation("list_report_runs", "GET /reports")
def list_report_runs(request: Request[None, PageQuery]) -> ReportRunList:
    """List report runs, the newest first."""
    query, partner_id = request.query, request.partner.partner_id
    page = report_runs.page(request.ports, request.actor, start_after(query, partner_id), query.limit)
    items = [present(request.ports, run) for run in page.items]
    return ReportRunList(items=items, next=next_cursor(query, partner_id, page.next))


@blueprint.operation("get_report_run", "GET /reports/{report_run_id}")
def get_report_run(request: Request[None, NoQuery], report_run_id: str) -> ReportRunView:
    """Get a report run, with links to its files that work for five minutes."""
    return present(request.ports, report_runs.find(request.ports, request.actor, report_run_id))


@blueprint.operation("delete_report_run", "DELETE /reports/{report_run_id}", status=204)
def delete_report_run(request: Request[None, NoQuery], report_run_id: str) -> Answer[None]:
    """Take a report run away, with its files."""

    def deleted(_: ReportRun) -> Answer[None]:
        return Answer(None)

    return request.execute(lambda: report_runs.delete(request.ports, request.actor, report_run_id), deleted)

"""Links in mails to report files: public, bound to one file, revocable; following one uses nothing up."""

from __future__ import annotations

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import AnyQuery, NoQuery
from chalicelib.api.http.request import Request
from chalicelib.domain.kernel.errors import Gone
from chalicelib.domain.report_runs.report_runs import ReportRun
from chalicelib.services.report_runs import downloads

blueprint = Blueprint(__name__)


@blueprint.operation("follow_download", "GET /downloads/{token}", status=302, refusals=(Gone,), for_browsers=True)
def follow_download(request: Request[None, AnyQuery], token: str) -> Answer[None]:
    """Go to the file: a fresh address that works for five minutes. 410 once the link has expired or was revoked."""
    return Answer(None, location=downloads.follow(request.ports, token))


@blueprint.operation("look_at_download", "HEAD /downloads/{token}")
def look_at_download(request: Request[None, AnyQuery], token: str) -> Answer[None]:  # noqa: ARG001
    """Answer mail scanners: nothing is looked up, told or counted."""
    return Answer(None)


@blueprint.operation("revoke_report_links", "DELETE /reports/{report_run_id}/links", status=204)
def revoke_report_links(request: Request[None, NoQuery], report_run_id: str) -> Answer[None]:
    """End every link to the run's files that was mailed until now."""

    def revoked(_: ReportRun) -> Answer[None]:
        return Answer(None)

    return request.execute(lambda: downloads.revoke(request.ports, request.actor, report_run_id), revoked)

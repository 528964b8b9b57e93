"""Reports over HTTP: asking for a run, following it, its links, taking it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.report_runs.report_runs import ReportRun, ReportRunStatus
from chalicelib.services.report_runs.worker import make
from tests.unit.api.bodies import created
from tests.unit.api.conftest import ACME

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts

DETAILS = {"report": "managed-account-details", "formats": ["csv", "xlsx"], "account_status": "O"}
UNKNOWN = "run_00000000000000000000000000"


def asked(client: ApiClient, key: str = "report-1", **changes: Any) -> str:
    """The id of a run that was just asked for."""
    reply = client.post("/reports", {**DETAILS, **changes}, key=key)
    assert reply.status == 202, reply.text
    return str(reply.json["report_run_id"])


def ready(client: ApiClient, ports: FakePorts, **changes: Any) -> str:
    """The id of a run that is ready."""
    run_id = asked(client, **changes)
    make(ports, ACME, run_id)
    return run_id


def test_a_run_is_accepted_with_its_place_and_handed_over(admin: ApiClient, ports: FakePorts) -> None:
    reply = admin.post("/reports", DETAILS)
    run = reply.json
    assert (reply.status, run["status"], run["account_status"]) == (202, "requested", "O")
    assert reply.headers["Location"].endswith(f"/reports/{run['report_run_id']}")
    assert ports.report_queue.sent == [(ACME, {"partner_id": ACME, "report_run_id": run["report_run_id"]})]
    assert (run["requested_by"], run["requested_at"]) == ("admin", "2026-11-05T12:00:00.000Z")


def test_the_same_request_again_is_one_run(admin: ApiClient, ports: FakePorts) -> None:
    first, again = (admin.post("/reports", DETAILS, key="same") for _ in range(2))
    assert again.json == first.json
    assert len(ports.book.all(ReportRun)) == 1


def test_a_ready_run_has_its_files_with_links_for_five_minutes(admin: ApiClient, ports: FakePorts) -> None:
    created(admin)
    run = admin.get(f"/reports/{ready(admin, ports)}").json
    assert (run["status"], run["progress"], run["rows"], run["as_of"]) == ("ready", 100, 1, "2026-11-05T12:00:00.000Z")
    assert run["expires_at"] == "2026-12-05T12:00:00.000Z"
    assert [file["format"] for file in run["files"]] == ["csv", "xlsx"]
    csv = run["files"][0]
    assert csv["name"] == "partnerbook-managed-account-details-O-2026-11-05-1200-UTC.csv"
    assert csv["bytes"] > 0
    assert csv["download"]["expires_at"] == "2026-11-05T12:05:00.000Z"
    assert csv["download"]["url"].endswith("seconds=300")


def test_files_that_have_expired_are_not_offered_even_if_they_are_not_cleared_away(
    admin: ApiClient, ports: FakePorts
) -> None:
    run_id = ready(admin, ports)
    ports.later(days=30)
    run = admin.get(f"/reports/{run_id}").json
    assert (run["status"], run["files"], run["rows"]) == ("expired", [], 0)


@pytest.mark.parametrize("wrong", ["o", "OT", " O", ""])
def test_invariant_01_a_wrong_status_is_refused_with_the_four_letters_and_nothing_is_written(
    admin: ApiClient, ports: FakePorts, wrong: str
) -> None:
    reply = admin.post("/reports", {**DETAILS, "account_status": wrong})
    assert (reply.status, reply.code, reply.pointers) == (422, "invalid", ["/account_status"])
    assert all(f"{letter} (" in reply.json["detail"] for letter in "OTEC")
    assert ports.book.all(ReportRun) == []
    assert ports.report_queue.sent == []


@pytest.mark.parametrize(
    ("changes", "pointer", "named"),
    [
        ({"account_status": None}, "/account_status", "O (open)"),
        ({"report": "everything"}, "/report", "all-accounts-summary"),
        ({"formats": ["docx"]}, "/formats/0", "csv, html, pdf, xls, xlsx"),
        ({"formats": []}, "/formats", "csv, html, pdf, xls, xlsx"),
        ({"report": "portfolio", "account_status": None, "formats": ["pdf"]}, "/formats/0", "csv"),
        (
            {"report": "portfolio", "account_status": None, "formats": ["csv"], "filters": {"status": "o"}},
            "/filters/status",
            "O",
        ),
        ({"filters": {"colour": "red"}}, "/filters/colour", ""),
        ({"filters": {"nab_status": "earned"}}, "/filters/nab_status", "list_size_max"),
        ({"filters": {"plan": "gold"}}, "/filters/plan", "premium"),
        ({"filters": {"first_payment_from": "2026-02-30"}}, "/filters/first_payment_from", ""),
        ({"filters": {"list_size_min": -1}}, "/filters/list_size_min", "0"),
        ({"filters": {"never_logged_in": "yes"}}, "/filters/never_logged_in", ""),
        ({"colour": "red"}, "/colour", ""),
        ({"formats": "csv"}, "/formats", ""),
        ({"status": 5}, "/status", ""),
    ],
)
def test_each_wrong_value_is_refused_by_name(
    admin: ApiClient, ports: FakePorts, changes: dict[str, Any], pointer: str, named: str
) -> None:
    reply = admin.post("/reports", {**DETAILS, **changes})
    assert (reply.status, reply.code, reply.pointers) == (422, "invalid", [pointer])
    assert named in reply.text
    assert ports.book.all(ReportRun) == []


def test_contradicting_filters_are_refused(admin: ApiClient) -> None:
    reply = admin.post("/reports", {**DETAILS, "filters": {"list_size_min": 5, "list_size_max": 4}})
    assert (reply.status, reply.code) == (422, "invalid")


def test_more_rows_than_a_pdf_holds_are_refused_naming_csv_and_xlsx(admin: ApiClient, ports: FakePorts) -> None:
    created(admin)
    ports.spooled_row_limit = 0
    reply = admin.post("/reports", {**DETAILS, "formats": ["pdf"]}, key="pdf")
    assert (reply.status, reply.pointers) == (422, ["/formats"])
    assert "CSV or XLSX" in reply.json["detail"]


def test_another_partners_run_and_an_unknown_one_are_answered_alike(
    caller: Callable[[str], ApiClient], admin: ApiClient, ports: FakePorts
) -> None:
    run_id, stranger = ready(admin, ports), caller("stranger")
    before = ports.book.dump()
    for method in ("GET", "DELETE"):
        foreign, unknown = stranger.call(method, f"/reports/{run_id}"), stranger.call(method, f"/reports/{UNKNOWN}")
        assert (foreign.status, foreign.headers, foreign.text) == (unknown.status, unknown.headers, unknown.text)
        assert foreign.status == 404
    assert stranger.get("/reports").json == {"items": []}
    assert ports.book.dump() == before


def test_runs_are_listed_the_newest_first_and_page_by_page(admin: ApiClient, ports: FakePorts) -> None:
    runs = []
    for number in range(5):
        runs.append(asked(admin, key=f"r-{number}"))
        ports.later(seconds=1)
    first = admin.get("/reports?limit=3").json
    rest = admin.get(f"/reports?limit=3&cursor={first['next']}").json
    assert [run["report_run_id"] for run in first["items"] + rest["items"]] == runs[::-1]
    assert "next" not in rest
    assert admin.get("/reports?limit=3&cursor=made-up").pointers == ["cursor"]


def test_a_run_is_taken_away_with_its_files(admin: ApiClient, ports: FakePorts) -> None:
    run_id = ready(admin, ports)
    reply = admin.delete(f"/reports/{run_id}")
    assert (reply.status, reply.text) == (204, "")
    assert ports.files.kept == {}
    assert admin.get(f"/reports/{run_id}").status == 404


def test_a_viewer_runs_and_reads_reports_and_does_not_take_them_away(
    caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    viewer = caller("viewer")
    run_id = ready(viewer, ports)
    assert viewer.get(f"/reports/{run_id}").json["status"] == "ready"
    assert viewer.delete(f"/reports/{run_id}").status == 403
    assert ports.report_runs.get(ACME, run_id).status is ReportRunStatus.READY


def test_the_platform_asks_for_no_reports(caller: Callable[[str], ApiClient]) -> None:
    assert caller("platform").post("/reports", DETAILS).status == 403
    assert caller("platform").get("/reports").status == 403


def test_what_was_asked_for_is_shown_as_it_was_asked(admin: ApiClient) -> None:
    filters = {"list_size_max": 0, "never_logged_in": True, "first_payment_from": "2026-01-31", "plan": "lite"}
    run = admin.get(f"/reports/{asked(admin, filters=filters)}").json
    assert run["filters"] == filters
    assert run["report"] == "managed-account-details"

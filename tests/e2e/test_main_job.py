"""The main job on the embedded stack: the real portfolio in, every report out in every format, downloaded, read back.

The other end-to-end tests leave the first partner's accounts as the sample has them, or put back what they change.
"""

from __future__ import annotations

import re
import time
from base64 import urlsafe_b64encode
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from infra.local.api import Api, send
from tests.e2e.report_desk import ReportDesk
from tests.e2e.sample_figures import PORTFOLIO, Sample, sample_on
from tests.e2e.stack import TODAY, EmbeddedStack
from tests.unit.reports.formats.reading import csv_rows, html_rows, openpyxl_sheets, xlrd_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.stack

ALL = ["pdf", "html", "csv", "xls", "xlsx"]
DETAILS = "managed-account-details"
REPORTS = {
    "all-accounts-summary": {},
    DETAILS: {"account_status": "O"},
    "new-account-bonus-tracker": {},
    "cancels-and-move-outs": {},
}


@pytest.fixture(scope="module")
def sample() -> Sample:
    return sample_on(date.fromisoformat(TODAY))


@pytest.fixture(scope="module")
def admin(stack: EmbeddedStack) -> Api:
    return stack.http("partner_admin")


@pytest.fixture(scope="module")
def desk(admin: Api) -> ReportDesk:
    return ReportDesk(admin)


def dicts(rows: list[list[str]]) -> list[dict[str, str]]:
    """Rows by their header."""
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def without_separators(cell: str) -> str:
    """A number as CSV has it."""
    return cell.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", cell) else cell


def without(name: str, rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return [{title: value for title, value in row.items() if title != name} for row in rows]


def by_username(rows: Iterable[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {row["Username"]: row for row in rows}


def as_text(grid: Iterable[tuple[Any, ...]]) -> list[list[str]]:
    """A spreadsheet's cells as CSV has them."""
    return [["" if value is None else _text(value) for value in row] for row in grid]


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) else str(value)


def pdf_pages(file: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(file)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_the_summary_counts_the_sample(admin: Api, sample: Sample) -> None:
    summary = admin.get("/summary").json()
    found = {status: (item["managed"], item["referred"]) for status, item in summary["by_status"].items()}
    assert found == sample.summary()
    assert (found["O"], found["C"]) == ((2706, 2318), (669, 1200))
    assert summary["total"] == {"managed": 3402, "referred": 3641, "total": 7043}


def test_the_summary_report_has_the_same_numbers(desk: ReportDesk, sample: Sample) -> None:
    rows = csv_rows(desk.files("all-accounts-summary", ALL)["csv"])
    assert [row[0] for row in rows] == ["Accounts", "Open", "Trials", "Expired trials", "Canceled", "Total"]
    assert [(int(row[1]), int(row[2])) for row in rows[1:-1]] == list(sample.summary().values())
    assert all(int(row[1]) + int(row[2]) == int(row[3]) for row in rows[1:])
    assert rows[-1] == ["Total", "3402", "3641", "7043"]


def test_the_details_of_open_accounts_are_those_of_the_sample_cell_for_cell(desk: ReportDesk, sample: Sample) -> None:
    rows = dicts(csv_rows(desk.files(DETAILS, ALL, account_status="O")["csv"]))
    expected = [sample.details(row) for row in sample.of("O", "managed")]
    assert len(rows) == len(expected) == 2706
    assert by_username(without("Account ID", rows)) == by_username(expected)
    assert len({row["Account ID"] for row in rows}) == 2706


@pytest.mark.parametrize("status", ["T", "E", "C"])
def test_the_details_of_other_accounts_are_those_of_the_sample(desk: ReportDesk, sample: Sample, status: str) -> None:
    rows = dicts(csv_rows(desk.files(DETAILS, ["csv"], account_status=status)["csv"]))
    assert {row["Username"] for row in rows} == {row["username"] for row in sample.of(status, "managed")}
    assert {row["Status"] for row in rows} == {status}
    if status == "C":
        assert {(row["Add-ons"], row["Billing mode"]) for row in rows} == {("", "Direct")}


def test_the_tracker_knows_every_accounts_days_and_status(desk: ReportDesk, sample: Sample) -> None:
    rows = dicts(csv_rows(desk.files("new-account-bonus-tracker", ALL)["csv"]))
    assert by_username(without("Reason", rows)) == by_username(map(sample.tracker, sample.rows))
    assert len(rows) == 7043
    statuses = Counter(row["NAB status"] for row in rows)
    assert statuses.keys() == {"Not started", "Tracking", "Earned", "Disqualified"}
    assert all(row["Reason"].startswith("Canceled on day ") for row in rows if row["NAB status"] == "Disqualified")


def test_the_departures_of_ninety_days_are_those_of_the_sample(desk: ReportDesk, sample: Sample) -> None:
    rows = dicts(csv_rows(desk.files("cancels-and-move-outs", ALL)["csv"]))
    assert by_username(rows) == by_username(sample.departures())
    assert len(rows) == len(sample.departures())
    days = [int(row["Days ago"]) for row in rows]
    assert days == sorted(days)


@pytest.mark.parametrize("report", REPORTS)
def test_every_format_holds_the_same_cells(desk: ReportDesk, report: str) -> None:
    files = desk.files(report, ALL, **REPORTS[report])
    rows = csv_rows(files["csv"])
    assert [list(map(without_separators, row)) for row in html_rows(files["html"])] == rows
    assert as_text(next(iter(openpyxl_sheets(files["xlsx"]).values()))) == rows
    assert as_text(next(iter(xlrd_sheets(files["xls"]).values()))) == rows


@pytest.mark.parametrize("report", REPORTS)
def test_the_pdf_shows_every_row_under_its_heading_page_by_page(desk: ReportDesk, report: str) -> None:
    files = desk.files(report, ALL, **REPORTS[report])
    rows, pages = csv_rows(files["csv"]), pdf_pages(files["pdf"])
    shown = re.sub(r"\s", "", "".join(pages))
    key = 2 if report == DETAILS else 0
    assert [row[key] for row in rows[1:] if re.sub(r"\s", "", row[key]) not in shown] == []
    assert "Harbour Lane Agency" in pages[0]
    assert "5 November 2026" in pages[0]
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert rows[0][-1].split()[0] in page


def test_a_run_tells_who_asked_when_what_and_how_many_rows(desk: ReportDesk, stack: EmbeddedStack) -> None:
    run = desk.run(DETAILS, ALL, account_status="O")
    assert (run["rows"], run["progress"], run["account_status"], run["missing_glyphs"]) == (2706, 100, "O", 0)
    assert run["requested_by"] == stack.http("partner_admin").get("/me").json()["subject"]
    assert run["seconds"] > 0
    names = [re.sub(r"-\d{4}-UTC\.", ".", file["name"]) for file in run["files"]]
    assert names == [f"partnerbook-{DETAILS}-O-{TODAY}.{name}" for name in ALL]


def test_a_contact_list_is_written_beside_filtered_details(desk: ReportDesk, sample: Sample) -> None:
    never = desk.files(DETAILS, ["csv", "contacts"], account_status="O", filters={"never_sent_campaign": True})
    expected = {row["owner_email"] for row in sample.of("O", "managed") if row["campaigns_sent"] == "0"}
    contacts = dicts(csv_rows(never["contacts"]))
    assert {row["email"] for row in contacts} == expected
    assert {row["E-mail"] for row in dicts(csv_rows(never["csv"]))} == expected


def test_the_portfolio_export_gives_the_sample_back(desk: ReportDesk, sample: Sample) -> None:
    """But for what the rules forbid in a state, which the import has dropped."""
    file = desk.files("portfolio", ["csv"])["csv"]
    exported = {row["username"]: row for row in dicts(csv_rows(file))}
    assert csv_rows(file)[0] == csv_rows(PORTFOLIO.read_bytes())[0]
    assert exported.keys() == {row["username"] for row in sample.rows}
    dropped = {"add_ons", "billing_mode"}
    for row in sample.rows:
        values = {name: value for name, value in row.items() if name not in dropped}
        assert values.items() <= exported[row["username"]].items()
        assert set(filter(None, exported[row["username"]]["add_ons"].split("|"))) <= set(row["add_ons"].split("|"))
    kept = [row for row in sample.rows if row["status"] == "O" and row["plan"] != "premium"]
    assert [exported[row["username"]] for row in kept] == kept


@pytest.mark.parametrize("wrong", ["o", "OT", " O", "", None])
def test_a_wrong_status_is_refused_with_the_four_letters(admin: Api, wrong: str | None) -> None:
    refused = admin.post("/reports", {"report": DETAILS, "formats": ["csv"], "account_status": wrong})
    assert refused.status == 422
    assert refused.headers["Content-Type"].startswith("application/problem+json")
    assert all(f"{letter} (" in refused.json()["detail"] for letter in "OTEC")


def test_an_add_on_is_switched_and_the_report_follows(admin: Api, desk: ReportDesk, sample: Sample) -> None:
    before = sum("inbox_preview" in row["add_ons"].split("|") for row in sample.of("O", "managed"))
    account = _without_inbox_preview(admin)
    place = f"/accounts/{account['account_id']}/add-ons/inbox_preview"
    assert admin.put(place).json()["add_ons"]["inbox_preview"]["entitlement"] == "active"
    try:
        run = _soon(desk, before + 1)
        assert run["rows"] == before + 1
    finally:
        assert admin.delete(place).json()["add_ons"]["inbox_preview"]["entitlement"] == "inactive"


def _without_inbox_preview(admin: Api) -> dict[str, Any]:
    listed = admin.get("/accounts?status=O&account_type=managed&billing_mode=single_bill").json()["items"]
    return next(item for item in listed if item["add_ons"]["inbox_preview"]["entitlement"] == "inactive")


def _soon(desk: ReportDesk, rows: int) -> dict[str, Any]:
    """An index shows a change a moment later."""
    for _ in range(5):
        run = ReportDesk(desk.api).run(DETAILS, ["csv"], account_status="O", filters={"add_on": "inbox_preview"})
        if run["rows"] == rows:
            return run
        time.sleep(1)
    return run


def test_another_partners_run_and_an_unknown_one_are_answered_alike(stack: EmbeddedStack, desk: ReportDesk) -> None:
    run_id = desk.run(DETAILS, ALL, account_status="O")["report_run_id"]
    stranger = stack.http(stack.info.user("partner_admin", second=True))
    for method in ("GET", "DELETE"):
        foreign = stranger.request(method, f"/reports/{run_id}")
        unknown = stranger.request(method, "/reports/run_00000000000000000000000000")
        assert foreign.status == unknown.status == 404
        assert {**foreign.json(), "instance": ""} == {**unknown.json(), "instance": ""}
    assert run_id not in [run["report_run_id"] for run in stranger.get("/reports").json()["items"]]


def test_a_link_is_for_one_file_and_only_as_it_was_given(desk: ReportDesk) -> None:
    first, second = (file["download"]["url"] for file in desk.run("all-accounts-summary", ALL)["files"][:2])
    assert send("GET", first.replace("summary-2026", "summary-2027")).status in (403, 404)
    assert send("GET", f"{first.partition('?')[0]}?{second.partition('?')[2]}").status == 403
    assert send("GET", first.partition("?")[0]).status == 403
    assert send("HEAD", first).status == 403
    answer = send("GET", first)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


def test_a_forged_token_is_nobodys(admin: Api) -> None:
    assert admin.token
    header, payload, signature = admin.token.split(".")
    unsigned = urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    turned = signature[:10] + ("A" if signature[10] != "A" else "B") + signature[11:]
    for forged in (f"{header}.{payload}.{turned}", f"{unsigned}.{payload}.", f"{header}.{payload}", "nonsense"):
        refused = Api(admin.url, forged).get("/summary")
        assert refused.status == 401
        assert refused.headers["Content-Type"].startswith("application/problem+json")


def test_a_viewer_may_run_reports_and_not_take_them_away(stack: EmbeddedStack) -> None:
    viewer = ReportDesk(stack.http("partner_viewer"))
    run = viewer.run("all-accounts-summary", ["csv"])
    assert run["status"] == "ready"
    assert viewer.api.delete(f"/reports/{run['report_run_id']}").status == 403


def test_a_run_is_taken_away_with_its_files(admin: Api) -> None:
    desk = ReportDesk(admin)
    run = desk.run("all-accounts-summary", ["csv"])
    url = run["files"][0]["download"]["url"]
    assert send("GET", url).status == 200
    assert admin.delete(f"/reports/{run['report_run_id']}").status == 204
    assert admin.get(f"/reports/{run['report_run_id']}").status == 404
    assert send("GET", url).status == 404

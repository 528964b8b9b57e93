"""docs/api.md has every problem that the API or its gateway answers with, and its limits are the code's."""

from __future__ import annotations

import re

import msgspec

from chalicelib.api.http.operation import BODY_LIMIT
from chalicelib.api.http.problems import INTERNAL, PROBLEMS, crash, type_of
from chalicelib.config import Settings
from chalicelib.domain.bulk_operations.bulk_operations import MAX_ACCOUNTS, RESULTS_KEPT
from chalicelib.domain.imports.file import MAX_ROWS
from chalicelib.domain.kernel.files import DOWNLOAD_SECONDS, UPLOAD_SECONDS
from chalicelib.domain.kernel.idempotency import WINDOW_HOURS
from chalicelib.domain.kernel.paging import DEFAULT_LIMIT, MAX_LIMIT
from chalicelib.domain.partners.partners import MAX_RECIPIENTS
from chalicelib.domain.report_runs.report_schedules import MAX_SCHEDULES
from chalicelib.services.accounts.activity import MAX_REPORTS
from infra.package import ROOT

PAGE = (ROOT / "docs/api.md").read_text()
PROBLEM = re.compile(
    r"^\| `(?P<type>/problems/[a-z-]+)` \| (?P<status>\d+) \| (?P<title>[^|]+) \| [^|]+\. \|$", re.MULTILINE
)
LIMIT = re.compile(r"^\| (?P<what>[^|`]+(?:`limit`[^|]*)?) \| (?P<most>[\d,]+) \|$", re.MULTILINE)
GATEWAY = re.compile(r'"type":"(?P<type>/problems/[a-z-]+)","title":"(?P<title>[^"]+)"(?:,"status":(?P<status>\d+))?')


def rows() -> dict[str, tuple[str, str]]:
    return {row["type"]: (row["status"], row["title"]) for row in PROBLEM.finditer(PAGE)}


def gateway_problems() -> list[re.Match[str]]:
    files = [*(ROOT / "infra/template").glob("*.yaml"), *(ROOT / "infra/aws").glob("*.yaml")]
    found = [match for path in files for match in GATEWAY.finditer(path.read_text())]
    assert len(found) == sum(path.read_text().count('"type":"/problems/') for path in files)
    return found


def test_every_problem_of_the_api_leads_to_a_row_of_the_table() -> None:
    table = rows()
    for error, (status, title) in PROBLEMS.items():
        assert table[type_of(error)] == (str(status), title)
    assert table[INTERNAL] == ("500", msgspec.json.decode(crash("x").body)["title"])


def test_every_problem_of_the_gateway_leads_to_a_row_of_the_table() -> None:
    table = rows()
    for problem in gateway_problems():
        status, title = table[problem["type"]]
        assert title == problem["title"]
        assert problem["status"] in (None, status)


def test_no_row_is_about_a_problem_that_there_is_not() -> None:
    documented = {type_of(error) for error in PROBLEMS} | {INTERNAL} | {match["type"] for match in gateway_problems()}
    assert set(rows()) == documented


def test_the_limits_are_those_of_the_code() -> None:
    config = Settings.__dataclass_fields__
    wanted = {
        "bytes of a request's body": BODY_LIMIT,
        "items of a page, unless `limit` says less": DEFAULT_LIMIT,
        "items of a page": MAX_LIMIT,
        "hours for which a key's answer is kept": WINDOW_HOURS,
        "seconds for which a file's address works": DOWNLOAD_SECONDS,
        "seconds for which an upload form works": UPLOAD_SECONDS,
        "rows of an import": MAX_ROWS,
        "rows of a report as PDF, HTML or XLS (CSV and XLSX have no limit)": config["spooled_row_limit"].default,
        "report schedules of a partner": MAX_SCHEDULES,
        "recipients in the settings": MAX_RECIPIENTS,
        "reports of activity in one request": MAX_REPORTS,
        "accounts of a bulk operation": MAX_ACCOUNTS,
        "days for which the outcomes of a bulk operation are kept": RESULTS_KEPT.days,
        "requests a second of one partner": config["partner_rate"].default,
        "requests at once of one partner": config["partner_burst"].default,
        "requests a second of one address without a sign-in": config["address_rate"].default,
        "requests at once of one address without a sign-in": config["address_burst"].default,
    }
    assert {row["what"]: int(row["most"].replace(",", "")) for row in LIMIT.finditer(PAGE)} == wanted

"""Imports over HTTP: from the form to the result file, and what is refused on the way."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest

from chalicelib.domain.imports.columns import OPTIONAL_PROFILE_COLUMNS, PORTFOLIO_COLUMNS, PROFILE_COLUMNS
from chalicelib.domain.imports.imports import Import
from chalicelib.services.imports.worker import run
from chalicelib.services.rate_limiter import RateLimiter
from tests.api_client import ApiClient, Reply
from tests.fakes import FakePorts
from tests.unit.api.conftest import ACME
from tests.unit.domain.imports.portfolio_rows import OPEN
from tests.unit.services.imports.importing import as_file, clients

Callers = Callable[[str], ApiClient]


def made(client: ApiClient, kind: str = "portfolio", key: str = "make-1") -> Any:
    reply = client.post("/imports", {"kind": kind}, key=key)
    assert reply.status == 201, reply.text
    return reply.json


def uploaded(ports: FakePorts, view: Any, content: bytes) -> None:
    ports.files.kept[view["upload"]["fields"]["key"]] = content


def start(client: ApiClient, view: Any, key: str = "start-1") -> Reply:
    return client.post(f"/imports/{view['import_id']}/start", key=key)


def work(ports: FakePorts) -> None:
    for partner_id, message in ports.import_queue.sent:
        run(ports, partner_id, message["import_id"], RateLimiter(0))
    ports.import_queue.sent.clear()


def test_an_import_goes_from_the_form_to_the_result_file(ports: FakePorts, caller: Callers) -> None:
    operator = caller("operator")
    reply = operator.post("/imports", {"kind": "portfolio"}, key="make-1")
    view = reply.json
    assert reply.headers["Location"].endswith(f"/imports/{view['import_id']}")
    assert (view["status"], view["kind"], view["progress"], view["rows"]) == ("created", "portfolio", 0, 0)
    assert view["upload"]["fields"]["key"] == f"imports/{ACME}/{view['import_id']}/upload.csv"
    uploaded(ports, view, as_file([*clients(3), {**OPEN, "username": "bad-plan", "plan": "gold"}]))
    begun = start(operator, view)
    assert (begun.status, begun.json["status"]) == (202, "running")
    assert ports.import_queue.sent == [(ACME, {"partner_id": ACME, "import_id": view["import_id"]})]
    assert operator.get(f"/imports/{view['import_id']}").json["result"] is None
    work(ports)
    ended = operator.get(f"/imports/{view['import_id']}").json
    reported = {
        name: ended[name] for name in ("status", "progress", "total_rows", "rows", "created", "rejected", "upload")
    }
    assert reported == {
        "status": "done", "progress": 100, "total_rows": 4, "rows": 4, "created": 3, "rejected": 1, "upload": None,
    }  # fmt: skip
    assert f"imports/{ACME}/{view['import_id']}/result.csv" in ended["result"]["url"]
    assert ended["result"]["expires_at"] == "2026-11-05T12:05:00.000Z"


def test_asked_again_with_the_same_key_it_is_the_same_import_with_a_form_signed_anew(
    ports: FakePorts, caller: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = caller("operator")
    signed: list[str] = []
    form = ports.files.upload_form
    monkeypatch.setattr(ports.files, "upload_form", lambda key, *rest: signed.append(key) or form(key, *rest))
    first, second = made(operator), made(operator)
    assert first == second
    assert len(signed) == 2
    assert len(operator.get("/imports").json["items"]) == 1


def test_no_form_is_kept_with_the_answer(ports: FakePorts, caller: Callers) -> None:
    made(caller("operator"))
    assert "files.example" not in repr(list(ports.book.things.values()))


def test_a_start_that_is_sent_again_has_one_effect(ports: FakePorts, caller: Callers) -> None:
    operator = caller("operator")
    view = made(operator)
    uploaded(ports, view, as_file(clients(1)))
    first, second = start(operator, view), start(operator, view)
    assert first.json == second.json
    assert second.headers["Idempotency-Replayed"] == "true"
    assert len(ports.import_queue.sent) == 1


@pytest.mark.parametrize(
    ("subject", "kind", "status"),
    [
        ("operator", "portfolio", 201),
        ("operator", "managed-accounts", 201),
        ("admin", "managed-accounts", 201),
        ("admin", "portfolio", 403),
        ("manager", "managed-accounts", 403),
        ("viewer", "managed-accounts", 403),
        ("platform", "portfolio", 403),
        ("operator", "everything", 422),
    ],
)
def test_who_may_import_what(caller: Callers, subject: str, kind: str, status: int) -> None:
    assert caller(subject).post("/imports", {"kind": kind}).status == status


def test_without_an_upload_the_start_says_what_is_missing(caller: Callers) -> None:
    operator = caller("operator")
    reply = start(operator, made(operator))
    assert (reply.status, reply.code) == (409, "conflict")
    assert "Nothing has been uploaded yet" in reply.json["detail"]


def test_a_second_import_waits_for_its_turn(ports: FakePorts, caller: Callers) -> None:
    operator = caller("operator")
    first = made(operator)
    uploaded(ports, first, as_file(clients(1)))
    assert start(operator, first).status == 202
    second = made(operator, key="make-2")
    uploaded(ports, second, as_file(clients(1)))
    assert start(operator, second, key="start-2").status == 409
    work(ports)
    assert start(operator, second, key="start-3").status == 202


def test_a_file_with_an_unknown_column_fails_with_a_sentence(ports: FakePorts, caller: Callers) -> None:
    operator = caller("operator")
    view = made(operator)
    uploaded(ports, view, as_file(clients(2)).replace(b"plan", b"tariff", 1))
    start(operator, view)
    work(ports)
    failed = operator.get(f"/imports/{view['import_id']}").json
    assert (failed["status"], failed["rows"], failed["result"]) == ("failed", 0, None)
    assert "Columns missing: plan. Unknown columns: 'tariff'." in failed["reason"]


def test_another_partners_import_and_an_unknown_one_are_answered_alike(ports: FakePorts, caller: Callers) -> None:
    view = made(caller("operator"))
    uploaded(ports, view, as_file(clients(1)))
    stranger = caller("stranger")
    answers = [
        (reply.status, reply.json["type"], reply.json["detail"])
        for import_id in (view["import_id"], "imp_0", "turn", "%23turn")
        for reply in (stranger.get(f"/imports/{import_id}"), start(stranger, {"import_id": import_id}, import_id))
    ]
    assert len(set(answers[:4])) == 1
    assert {status for status, _, _ in answers} == {404}
    assert stranger.get("/imports").json == {"items": []}


def test_an_upload_form_that_is_not_used_is_given_again_instead_of_another(ports: FakePorts, caller: Callers) -> None:
    operator = caller("operator")
    first = made(operator)
    assert made(operator, key="make-2")["import_id"] == first["import_id"]
    assert len(ports.book.all(Import)) == 1
    ports.later(seconds=15 * 60)
    assert made(operator, key="make-3")["import_id"] != first["import_id"]


def test_imports_are_listed_page_by_page_for_everyone_of_the_partner(ports: FakePorts, caller: Callers) -> None:
    operator, viewer = caller("operator"), caller("viewer")
    names = []
    for number in range(3):
        ports.later(seconds=15 * 60)
        names.append(made(operator, key=f"make-{number}")["import_id"])
    page = viewer.get("/imports?limit=2").json
    rest = viewer.get(f"/imports?limit=2&cursor={page['next']}").json
    assert [item["import_id"] for item in page["items"] + rest["items"]] == names[::-1]
    assert "next" not in rest
    assert all(item["upload"] is None for item in page["items"])


def test_result_files_are_offered_as_long_as_they_are_kept(ports: FakePorts, caller: Callers) -> None:
    operator = caller("operator")
    view = made(operator)
    uploaded(ports, view, as_file(clients(1)))
    start(operator, view)
    work(ports)
    ports.later(days=29)
    assert operator.get(f"/imports/{view['import_id']}").json["result"] is not None
    ports.later(days=1)
    assert operator.get(f"/imports/{view['import_id']}").json["result"] is None


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("", PORTFOLIO_COLUMNS),
        ("?kind=portfolio", PORTFOLIO_COLUMNS),
        ("?kind=managed-accounts", PROFILE_COLUMNS + OPTIONAL_PROFILE_COLUMNS),
    ],
)
def test_a_template_is_the_header_of_its_kind_and_two_examples(
    caller: Callers, query: str, columns: tuple[str, ...]
) -> None:
    reply = caller("viewer").get(f"/imports/template{query}")
    assert reply.headers["Content-Type"].startswith("text/csv")
    header, *examples = csv.reader(StringIO(reply.text))
    assert header == list(columns)
    assert [len(row) for row in examples] == [len(columns)] * 2


@pytest.mark.parametrize("kind", ["portfolio", "managed-accounts"])
def test_the_template_is_imported_as_it_is(caller: Callers, ports: FakePorts, kind: str) -> None:
    operator = caller("operator")
    content = operator.get(f"/imports/template?kind={kind}").text.encode()
    view = made(operator, kind)
    uploaded(ports, view, content)
    preview = operator.get(f"/imports/{view['import_id']}/preview").json
    assert [row["problems"] for row in preview["rows"]] == [[], []]


def test_an_unknown_kind_of_template_is_refused(caller: Callers) -> None:
    assert caller("viewer").get("/imports/template?kind=other").status == 422


def semicolons(*dates: str) -> bytes:
    """A file as a spreadsheet of another country writes it."""
    rows = [
        {**OPEN, "username": f"client-{n}", "created_on": day, "trial_ends_on": "", "initial_upgrade_on": day}
        | {"last_login_on": "", "last_campaign_on": ""}
        for n, day in enumerate(dates)
    ]
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(name.replace("_", " ").title() for name in PORTFOLIO_COLUMNS)
    writer.writerows(row.values() for row in rows)
    return f"sep=;\r\n{text.getvalue()};;;\r\n".encode()


def test_the_first_rows_are_shown_as_they_will_be_read_before_the_start(ports: FakePorts, caller: Callers) -> None:
    operator = caller("operator")
    view = made(operator)
    path = f"/imports/{view['import_id']}/preview"
    assert operator.get(path).status == 409
    uploaded(ports, view, semicolons("03/04/2026", "10/05/2026"))
    plain = operator.get(path).json
    assert plain["understood"] == {
        "delimiter": "semicolon", "encoding": "UTF-8", "columns": list(PORTFOLIO_COLUMNS),
    }  # fmt: skip
    assert plain["date_formats"] == ["MM/DD/YYYY", "DD/MM/YYYY"], "nobody but the uploader can tell"
    assert {item["column"] for item in plain["rows"][0]["problems"]} == {"created_on", "initial_upgrade_on"}
    for chosen, days in (("MM/DD/YYYY", ["2026-03-04", "2026-10-05"]), ("DD/MM/YYYY", ["2026-04-03", "2026-05-10"])):
        shown = operator.get(f"{path}?date_format={chosen}").json
        assert [row["values"]["created_on"] for row in shown["rows"]] == days
        assert [row["problems"] for row in shown["rows"]] == [[], []]
    assert [row["line"] for row in shown["rows"]] == [3, 4]
    assert operator.get("/imports").json["items"][0]["status"] == "created"


def test_an_import_reads_its_dates_as_was_chosen_and_says_what_it_understood(ports: FakePorts, caller: Callers) -> None:
    operator = caller("operator")
    view = made(operator)
    uploaded(ports, view, semicolons("03/04/2026", "12/31/2025"))
    path = f"/imports/{view['import_id']}"
    assert operator.post(f"{path}/start?date_format=MM/DD/YYYY", key="start-1").status == 202
    assert operator.post(f"{path}/start?date_format=DD/MM/YYYY", key="start-1").status == 422, "another request"
    work(ports)
    ended = operator.get(path).json
    assert (ended["created"], ended["rejected"], ended["date_format"]) == (2, 0, "MM/DD/YYYY")
    assert ended["understood"]["delimiter"] == "semicolon"
    assert operator.get(f"{path}/preview").status == 409


@pytest.mark.parametrize("date_format", ["MM-DD", "", "mm/dd/yyyy"])
def test_a_date_format_that_there_is_not_is_refused_with_those_there_are(caller: Callers, date_format: str) -> None:
    operator = caller("operator")
    reply = operator.post(f"/imports/{made(operator)['import_id']}/start?date_format={date_format}", key="start-1")
    assert reply.status == 422
    assert "YYYY-MM-DD" in reply.text
    assert "DD/MM/YYYY" in reply.text


def test_a_file_that_is_useless_as_a_whole_has_no_preview_but_a_reason(ports: FakePorts, caller: Callers) -> None:
    operator = caller("operator")
    view = made(operator)
    uploaded(ports, view, b"username;organization\r\n")
    reply = operator.get(f"/imports/{view['import_id']}/preview")
    assert reply.status == 409
    assert "Columns missing" in reply.text

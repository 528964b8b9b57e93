"""What all answers have in common, refusals and crashes included."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from aws_lambda_powertools.logging import Logger

from chalicelib import telemetry
from chalicelib.api.http import problems
from chalicelib.domain.kernel import errors
from chalicelib.services.leases import LostLease
from tests.unit.api.bodies import created, new

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts


def every_error() -> set[type[errors.PartnerbookError]]:
    def below(kind: type[errors.PartnerbookError]) -> set[type[errors.PartnerbookError]]:
        return {kind}.union(*(below(subclass) for subclass in kind.__subclasses__()))

    of_jobs_alone = {LostLease}
    return below(errors.PartnerbookError) - {errors.PartnerbookError} - of_jobs_alone


def test_every_error_of_the_product_has_a_status_and_a_title() -> None:
    assert set(problems.PROBLEMS) == every_error()


def test_codes_are_told_apart() -> None:
    assert len({item.code for item in every_error()}) == len(every_error())


def test_a_problem_is_rfc_9457_with_the_requests_id(admin: ApiClient) -> None:
    reply = admin.get("/accounts/acct_x")
    assert reply.json == {
        "type": "/problems/not-found",
        "title": "Not found",
        "status": 404,
        "detail": reply.json["detail"],
        "instance": "6b3a0e6c-0000-4000-8000-000000000001",
    }
    assert reply.headers["Content-Type"] == "application/problem+json"


def test_every_answer_says_how_a_browser_has_to_treat_it(admin: ApiClient, anyone: ApiClient) -> None:
    for reply in (admin.get("/accounts"), admin.get("/accounts?x=1"), anyone.get("/health"), anyone.get("/me")):
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
        assert not any(name.lower().startswith("access-control") for name in reply.headers)


def test_busy_is_a_503_with_a_time_to_wait(admin: ApiClient, ports: FakePorts) -> None:
    account = created(admin)
    ports.transaction_writer.conflict()
    reply = admin.put(f"/accounts/{account['account_id']}/add-ons/seo")
    assert (reply.status, reply.code, reply.headers["Retry-After"]) == (503, "busy", "1")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What is logged."""
    stream = StringIO()
    logger = Logger(service=f"tests-{id(stream)}", stream=stream)
    monkeypatch.setattr(telemetry, "logger", lambda: logger)
    return stream


def lines(log: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


class Secret(Exception):
    """An exception whose message holds what a person typed."""


def test_a_crash_says_nothing_of_its_reason_and_is_logged_once_without_what_was_typed(
    admin: ApiClient, ports: FakePorts, monkeypatch: pytest.MonkeyPatch, log: StringIO
) -> None:
    def fail(_: object) -> None:
        try:
            raise KeyError("ada@engines.example")
        except KeyError as cause:
            raise Secret("ada@engines.example") from cause

    monkeypatch.setattr(ports.transaction_writer, "write", fail)
    reply = admin.post("/accounts", new())
    assert (reply.status, reply.code) == (500, "internal")
    assert "ada" not in reply.text
    (line,) = lines(log)
    assert line["level"] == "ERROR"
    assert line["error"].endswith("Secret")
    assert line["cause"]["error"] == "builtins.KeyError"
    assert any("fail" in frame for frame in line["stack"])
    assert "ada@engines.example" not in log.getvalue()


def test_each_request_is_one_line_of_log_with_partner_account_and_result(admin: ApiClient, log: StringIO) -> None:
    account = created(admin)
    admin.get(f"/accounts/{account['account_id']}")
    _, line = lines(log)
    reported = {name: line[name] for name in ("operation", "partner_id", "account_id", "subject", "status")}
    assert reported == {
        "operation": "get_account",
        "partner_id": "prt_acme",
        "account_id": account["account_id"],
        "subject": "admin",
        "status": 200,
    }


def test_the_summary_counts_by_status_and_type(admin: ApiClient, caller: Callable[[str], ApiClient]) -> None:
    for number, plan in enumerate(("lite", "lite", "trial")):
        created(admin, username=f"account_{number}", plan=plan)
    created(caller("stranger"), username="not_mine")
    summary = admin.get("/summary").json
    assert summary["by_status"]["O"] == {"managed": 2, "referred": 0, "total": 2}
    assert summary["by_status"]["T"] == {"managed": 1, "referred": 0, "total": 1}
    assert list(summary["by_status"]) == ["O", "T", "E", "C"]
    assert summary["total"] == {"managed": 3, "referred": 0, "total": 3}
    assert summary["as_of"] == "2026-11-05T12:00:00.000Z"

"""What goes around the work of every event function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from chalice.app import CloudWatchEvent, SQSEvent

from chalicelib.config import settings
from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.jobs.decorators import count, each_message, job
from tests.unit.jobs.events import scheduled_event, sqs_event

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes import FakePorts

    Lines = Callable[[], list[dict[str, Any]]]


def worker(ports: FakePorts, message: dict[str, str]) -> dict[str, Any]:
    """Fails where it is told to."""
    if "fail" in message:
        raise ConnectionError("ada@example.com")
    return {"created": 7}


def test_only_the_messages_that_failed_come_again(ports: FakePorts) -> None:
    event = SQSEvent(sqs_event({"partner_id": "a"}, {"fail": "yes"}, "not JSON", {"partner_id": "b"}), None)
    assert each_message(worker)(event) == {
        "batchItemFailures": [{"itemIdentifier": "message-1"}, {"itemIdentifier": "message-2"}]
    }


def test_a_message_is_told_in_one_line_with_its_ids(log: Lines) -> None:
    each_message(worker)(SQSEvent(sqs_event({"partner_id": "prt_1", "report_run_id": "run_1", "to": "a@b.c"}), None))
    (line,) = log()
    assert (line["message"], line["level"], line["job"]) == ("job", "INFO", "worker")
    assert (line["partner_id"], line["report_run_id"], line["message_id"]) == ("prt_1", "run_1", "message-0")
    assert line["result"] == {"created": 7}
    assert line["milliseconds"] >= 0
    assert "a@b.c" not in str(line)


def test_a_failure_is_told_by_kind_and_place_and_never_by_its_message(
    log: Lines,
) -> None:
    each_message(worker)(SQSEvent(sqs_event({"fail": "yes", "partner_id": "prt_1"}), None))
    (line,) = log()
    assert (line["level"], line["error"], line["partner_id"]) == ("ERROR", "builtins.ConnectionError", "prt_1")
    assert "worker" in line["stack"][-1]
    assert "ada@example.com" not in str(line)


def test_metrics_are_sent_off_with_each_piece_of_work(metrics: Lines) -> None:
    def counting(ports: Any, message: Any) -> dict[str, Any]:
        count("Things", 2)
        return {}

    each_message(counting)(SQSEvent(sqs_event({}), None))
    reported = metrics()[-1]
    assert {"Things": [2.0], "service": "partnerbook-functions", "stage": settings().stage}.items() <= reported.items()
    assert reported["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["stage", "service"]]


@pytest.mark.aws("R10")
def test_a_message_whose_work_fails_is_counted_by_its_job(metrics: Lines) -> None:
    each_message(worker)(SQSEvent(sqs_event({"fail": "yes"}), None))
    reported = metrics()[-1]
    assert {"JobsFailed": [1.0], "job": "Worker", "stage": settings().stage}.items() <= reported.items()
    assert sorted(reported["_aws"]["CloudWatchMetrics"][0]["Dimensions"][0]) == ["job", "service", "stage"]


@pytest.mark.aws("R10")
def test_work_that_asks_to_come_again_is_no_failure(metrics: Lines) -> None:
    def crowded(ports: Any, message: Any) -> dict[str, Any]:
        raise Unavailable

    event = SQSEvent(sqs_event({}), None)
    assert each_message(crowded)(event) == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert not [reported for reported in metrics() if "JobsFailed" in reported]


def test_what_a_scheduled_job_raises_is_raised_so_that_it_runs_again(
    log: Lines,
) -> None:
    def failing(ports: Any) -> dict[str, Any]:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        job(failing)(CloudWatchEvent(scheduled_event(), None))
    assert [line["level"] for line in log()] == ["ERROR"]

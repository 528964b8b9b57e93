"""Alarms on what the logs tell of: their patterns find the lines that the product really writes, and no others."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.architecture.template_reading import named, of_type

Template = dict[str, Any]


class Value:
    """A value in a line as a filter pattern compares it: a missing one is never equal, nor more."""

    def __init__(self, line: dict[str, Any], path: str) -> None:
        found: Any = line
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        self._found = found

    def __eq__(self, other: object) -> bool:
        return type(self._found) is type(other) and self._found == other

    def __gt__(self, other: float) -> bool:
        return isinstance(self._found, int | float) and self._found > other

    __hash__ = None  # type: ignore[assignment]


def matches(pattern: str, line: dict[str, Any]) -> bool:
    """CloudWatch Logs, "Filter pattern syntax for JSON": comparisons joined by && and ||."""
    condition = pattern.strip("{} ").replace("&&", "and").replace("||", "or").replace(" = ", " == ")
    return bool(eval(re.sub(r"\$\.([\w.]+)", r'value("\1")', condition), {"value": lambda path: Value(line, path)}))


def pattern(template: Template, name: str, group: str) -> str:
    node = of_type(template, "Logs::MetricFilter")[name]
    assert named(node["LogGroupName"]) == group
    return str(node["FilterPattern"])


def test_every_alarm_on_a_log_has_a_filter_that_feeds_it(template: Template) -> None:
    fed = {
        (json.dumps(item["MetricNamespace"]), item["MetricName"])
        for node in of_type(template, "Logs::MetricFilter").values()
        for item in node["MetricTransformations"]
    }
    asked = {
        (json.dumps(node["Namespace"]), node["MetricName"])
        for node in of_type(template, "CloudWatch::Alarm").values()
        if isinstance(node.get("Namespace"), dict)
    }
    assert asked == fed
    assert len(asked) >= 3


@pytest.mark.aws("W14")
@pytest.mark.parametrize(
    ("state", "rings"), [("failed", True), ("unsure", True), ("sent", False), ("queued", False), ("suppressed", False)]
)
def test_a_mail_that_was_given_up_rings(template: Template, state: str, rings: bool) -> None:
    line = {
        "message": "job",
        "job": "delivery_worker",
        "result": {"kind": "report_ready", "status": state, "attempts": 1},
    }
    assert matches(pattern(template, "MailsGivenUp", "DeliveryWorkerLogGroup"), line) is rings


@pytest.mark.aws("W14")
@pytest.mark.parametrize(
    ("mails", "rings"), [({"unsure": 1}, True), ({"failed": 2}, True), ({"queued": 9}, False), ({}, False)]
)
def test_a_mail_that_the_sweeper_flagged_rings(template: Template, mails: dict[str, int], rings: bool) -> None:
    line = {"message": "job", "job": "sweeper", "result": {"report_runs": {}, "mails": mails}}
    assert matches(pattern(template, "MailsFlagged", "SweeperLogGroup"), line) is rings


@pytest.mark.parametrize(("status", "rings"), [("401", True), ("403", False), ("200", False)])
def test_a_token_that_the_gateway_refused_is_counted(template: Template, status: str, rings: bool) -> None:
    written = json.loads(of_type(template, "ApiGateway::Stage")["RestAPIv1Stage"]["AccessLogSetting"]["Format"])
    line = {**written, "status": status}
    assert matches(pattern(template, "TokensRefused", "AccessLog"), line) is rings


@pytest.mark.parametrize(("status", "rings"), [(403, True), (404, False), (200, False)])
def test_a_request_that_the_api_refused_is_counted(template: Template, status: int, rings: bool) -> None:
    line = {"message": "request", "operation": "list_partners", "subject": "viewer", "status": status}
    assert matches(pattern(template, "RequestsRefused", "ApiHandlerLogGroup"), line) is rings

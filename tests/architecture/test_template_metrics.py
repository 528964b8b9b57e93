"""Every metric that an alarm or the dashboard asks for is one that AWS or our own code emits, with those dimensions.

CloudWatch knows a metric by namespace, name and dimensions together: an alarm on any other combination never has data.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib import telemetry
from infra.check_data import metric as drift
from tests.architecture.template_reading import of_type

Template = dict[str, Any]
Metric = tuple[str, str, frozenset[str]]
"""Namespace, name, and the names of the dimensions."""
ROOT = Path(__file__).parents[2]
AWS_METRICS: dict[str, dict[frozenset[str], set[str]]] = {
    # Amazon API Gateway Developer Guide, "Amazon API Gateway dimensions and metrics"
    "AWS/ApiGateway": {
        frozenset({"ApiName"}): {"Count", "4XXError", "5XXError", "Latency"},
        frozenset({"ApiName", "Stage"}): {"Count", "4XXError", "5XXError", "Latency"},
    },
    # AWS Lambda Developer Guide, "Types of metrics for Lambda functions"
    "AWS/Lambda": {frozenset({"FunctionName"}): {"Errors", "Throttles", "Duration", "Invocations"}},
    # Amazon SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS"
    "AWS/SQS": {
        frozenset({"QueueName"}): {"ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"},
    },
    # Amazon DynamoDB Developer Guide, "DynamoDB metrics and dimensions"
    "AWS/DynamoDB": {
        frozenset({"TableName"}): {
            *("ReadThrottleEvents", "WriteThrottleEvents", "TransactionConflict"),
            *("ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"),
        },
        frozenset({"TableName", "GlobalSecondaryIndexName"}): {"ReadThrottleEvents", "WriteThrottleEvents"},
    },
    # Amazon SES Developer Guide, "Creating reputation monitoring alarms using CloudWatch"
    "AWS/SES": {frozenset(): {"Reputation.BounceRate", "Reputation.ComplaintRate"}},
}
OURS = frozenset({"service", "stage"})


def counted() -> Iterator[str]:
    """The metrics that jobs count, by the names that stand in their code; a state's name is any."""
    for path in (ROOT / "chalicelib/jobs").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "count":
                yield from _names(node.args[0])


def _names(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.Constant):
        yield re.escape(str(argument.value))
    elif isinstance(argument, ast.IfExp):
        yield from (*_names(argument.body), *_names(argument.orelse))
    elif isinstance(argument, ast.JoinedStr):
        yield "".join(
            re.escape(part.value) if isinstance(part, ast.Constant) else "[A-Z][a-z]+" for part in argument.values
        )


def is_emitted(metric: Metric, filtered: set[tuple[str, str]]) -> bool:
    namespace, name, dimensions = metric
    if namespace in AWS_METRICS:
        return name in AWS_METRICS[namespace].get(dimensions, set())
    if (namespace, name) in filtered:
        return dimensions == frozenset()
    if name == drift("dev", 0)["MetricName"]:
        return dimensions == {item["Name"] for item in drift("dev", 0)["Dimensions"]} == OURS
    if name == "JobsFailed":
        return dimensions == OURS | {"job"}
    return (
        namespace == telemetry.NAMESPACE
        and dimensions == OURS
        and any(re.fullmatch(shape, name) for shape in counted())
    )


def from_log_filters(template: Template) -> set[tuple[str, str]]:
    """The metrics that filters make of log lines: without dimensions, unless they say so."""
    return {
        (text_of(made["MetricNamespace"]), text_of(made["MetricName"]))
        for item in of_type(template, "Logs::MetricFilter").values()
        for made in item["MetricTransformations"]
    }


def text_of(value: Any) -> str:
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else str(value)


def asked(template: Template) -> Iterator[tuple[str, Metric]]:
    for name, alarm in of_type(template, "CloudWatch::Alarm").items():
        stats = [item["MetricStat"]["Metric"] for item in alarm.get("Metrics", []) if "MetricStat" in item]
        for metric in stats or [alarm]:
            dimensions = frozenset(item["Name"] for item in metric.get("Dimensions", []))
            yield name, (text_of(metric["Namespace"]), text_of(metric["MetricName"]), dimensions)
    for name, dashboard in of_type(template, "CloudWatch::Dashboard").items():
        for metric in on_dashboard(dashboard["DashboardBody"]["Fn::Sub"]):
            yield name, metric


def on_dashboard(body: str) -> Iterator[Metric]:
    for widget in json.loads(body)["widgets"]:
        before: list[str] = []
        for row in widget["properties"]["metrics"]:
            output = [item for item in row if isinstance(item, str)]
            if output and output[0] == "...":
                output = [*before[: len(before) - len(output) + 1], *output[1:]]
            output = [before[place] if entry == "." else entry for place, entry in enumerate(output)]
            before = output or before
            yield before[0], before[1], frozenset(before[2::2])


@pytest.mark.aws("W2", "W4")
def test_every_metric_that_is_asked_for_is_emitted(template: Template) -> None:
    filtered = from_log_filters(template)
    found = list(asked(template))
    assert len(found) > 80
    assert [(name, metric) for name, metric in found if not is_emitted(metric, filtered)] == []


@pytest.mark.aws("W2")
def test_a_tables_alarm_watches_each_of_its_indexes_too(template: Template) -> None:
    for name, table in of_type(template, "DynamoDB::Table").items():
        alarms = of_type(template, "CloudWatch::Alarm")
        parts = [alarm["Metrics"] for alarm_name, alarm in alarms.items() if alarm_name.startswith(f"{name}Throttles")]
        assert max(map(len, parts)) <= 10, "An alarm takes ten metrics at most."
        watched = {
            dimension["Value"]
            for metrics in parts
            for metric in metrics
            if "MetricStat" in metric
            for dimension in metric["MetricStat"]["Metric"]["Dimensions"]
            if dimension["Name"] == "GlobalSecondaryIndexName"
        }
        assert watched == {index["IndexName"] for index in table.get("GlobalSecondaryIndexes", [])}


@pytest.mark.aws("W4")
def test_two_stages_of_one_account_never_add_up(template: Template) -> None:
    """Whatever is ours is asked for by the stage's own name."""
    for name, alarm in of_type(template, "CloudWatch::Alarm").items():
        stats = [item["MetricStat"]["Metric"] for item in alarm.get("Metrics", []) if "MetricStat" in item]
        for metric in stats or [alarm]:
            if metric["Namespace"] == telemetry.NAMESPACE:
                assert {"Name": "stage", "Value": {"Ref": "Stage"}} in metric["Dimensions"], name


@pytest.mark.aws("R10")
def test_every_worker_has_an_alarm_on_messages_that_failed(template: Template) -> None:
    fed = {
        re.sub(r"\W", "", mapping["FunctionName"]["Ref"])
        for mapping in of_type(template, "Lambda::EventSourceMapping").values()
    }
    alarms = of_type(template, "CloudWatch::Alarm")
    watched = {
        dimension["Value"]
        for alarm in alarms.values()
        if alarm.get("MetricName") == "JobsFailed"
        for dimension in alarm["Dimensions"]
        if dimension["Name"] == "job"
    }
    assert watched == fed


@pytest.mark.aws("R11")
def test_a_stage_without_partners_rings_for_no_night(template: Template) -> None:
    alarm = of_type(template, "CloudWatch::Alarm")["NightlyMissing"]
    expression = next(item["Expression"] for item in alarm["Metrics"] if "Expression" in item)
    assert expression == "IF(todo > 0 AND FILL(settled, 0) < 1, 1, 0)"
    assert alarm["TreatMissingData"] == "notBreaching"

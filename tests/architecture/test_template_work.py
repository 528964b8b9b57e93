"""How the template runs what nobody waits for: queues, retries, dead letters, time-outs, alarms."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.template_reading import named, of_type, text

Template = dict[str, Any]
ROOT = Path(__file__).parents[2]
FIFTEEN_MINUTES = 900
HEARTBEATS = {"SweeperMissing"}


def mappings(template: Template) -> dict[str, dict[str, Any]]:
    return of_type(template, "Lambda::EventSourceMapping")


def test_a_message_stays_hidden_six_times_as_long_as_its_function_may_take(template: Template) -> None:
    queues, functions = of_type(template, "SQS::Queue"), of_type(template, "Lambda::Function")
    fed = {named(mapping["EventSourceArn"]) for mapping in mappings(template).values()}
    assert fed == {name for name, queue in queues.items() if "RedrivePolicy" in queue}
    for mapping in mappings(template).values():
        timeout = functions[named(mapping["FunctionName"])]["Timeout"]
        assert queues[named(mapping["EventSourceArn"])]["VisibilityTimeout"] >= 6 * timeout


def test_every_queue_gives_up_after_five_receptions_at_most_and_keeps_what_it_gave_up(template: Template) -> None:
    queues = of_type(template, "SQS::Queue")
    working = {name: queue for name, queue in queues.items() if "RedrivePolicy" in queue}
    dead = {named(queue["RedrivePolicy"]["deadLetterTargetArn"]) for queue in working.values()}
    assert all(queue["RedrivePolicy"]["maxReceiveCount"] <= 5 for queue in working.values())
    assert set(queues) - set(working) == dead | {"FailedEvents"}
    assert all(queues[name]["MessageRetentionPeriod"] == 14 * 24 * 3600 for name in dead)


def test_workers_answer_for_each_message_by_itself_and_only_so_many_run_at_once(template: Template) -> None:
    for mapping in mappings(template).values():
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["ScalingConfig"]["MaximumConcurrency"] >= 2


def test_what_a_schedule_starts_hands_over_what_failed(template: Template) -> None:
    functions = of_type(template, "Lambda::Function")
    scheduled = {
        named(target["Arn"]) for rule in of_type(template, "Events::Rule").values() for target in rule["Targets"]
    }
    assert scheduled == {"Nightly", "Sweeper", "ScheduledReports"}
    assert all(named(functions[name]["DeadLetterConfig"]["TargetArn"]) == "FailedEvents" for name in scheduled)


def test_the_api_answers_before_the_gateway_gives_up(template: Template) -> None:
    assert of_type(template, "Lambda::Function")["APIHandler"]["Timeout"] < 29


def test_every_function_is_traced_and_its_log_goes_after_a_while(template: Template) -> None:
    functions = of_type(template, "Lambda::Function")
    assert all(function["TracingConfig"]["Mode"] == "Active" for function in functions.values())
    logged = {
        match
        for group in of_type(template, "Logs::LogGroup").values()
        if group["RetentionInDays"]
        for match in re.findall(r"/aws/lambda/\$\{(\w+)\}", text(group["LogGroupName"]))
    }
    assert logged == set(functions)


def test_every_function_queue_and_table_has_its_alarms(template: Template) -> None:
    alarms = of_type(template, "CloudWatch::Alarm")
    for function in of_type(template, "Lambda::Function"):
        assert {f"{function}{kind}" for kind in ("Errors", "Throttles", "Duration")} <= set(alarms)
    for name, queue in of_type(template, "SQS::Queue").items():
        assert (f"{name}Age" if "RedrivePolicy" in queue else f"{name}NotEmpty") in alarms
    for table in of_type(template, "DynamoDB::Table"):
        assert f"{table}Throttles" in alarms


def test_a_function_near_its_time_out_is_told_of_in_time(template: Template) -> None:
    alarms = of_type(template, "CloudWatch::Alarm")
    for name, function in of_type(template, "Lambda::Function").items():
        assert alarms[f"{name}Duration"]["Threshold"] == function["Timeout"] * 900


def test_every_alarm_tells_somebody_and_names_a_runbook_that_exists(template: Template) -> None:
    headings = {
        heading.strip().lower().replace(" ", "-")
        for heading in re.findall(r"^## (.+)$", (ROOT / "docs/operations.md").read_text(), re.MULTILINE)
    }
    for name, alarm in of_type(template, "CloudWatch::Alarm").items():
        assert alarm["AlarmActions"], name
        found = re.search(r"Runbook: docs/operations\.md#([a-z-]+)$", alarm["AlarmDescription"])
        assert found, name
        assert found[1] in headings, name


@pytest.mark.aws("R11")
def test_only_a_heartbeat_is_alarming_when_nothing_is_measured(template: Template) -> None:
    """None breaches on missing data: it would ring at its creation, before anything could be measured."""
    for name, alarm in of_type(template, "CloudWatch::Alarm").items():
        assert alarm["TreatMissingData"] == ("missing" if name in HEARTBEATS else "notBreaching")
        assert ("InsufficientDataActions" in alarm) == (name in HEARTBEATS)


def test_no_alarm_on_a_table_stays_on_when_nothing_is_measured(template: Template) -> None:
    """CloudWatch ignores missing data of AWS/DynamoDB (API reference, PutMetricAlarm), not that of an expression."""
    for name, alarm in of_type(template, "CloudWatch::Alarm").items():
        assert alarm.get("Namespace") != "AWS/DynamoDB", name
        stats = [item for item in alarm.get("Metrics", []) if "MetricStat" in item]
        if any(stat["MetricStat"]["Metric"]["Namespace"] == "AWS/DynamoDB" for stat in stats):
            (expression,) = (item["Expression"] for item in alarm["Metrics"] if "Expression" in item)
            assert [stat["Id"] for stat in stats if f"FILL({stat['Id']}," not in expression] == [], name


@pytest.mark.aws("R11")
def test_a_night_is_missed_only_by_a_stage_that_is_a_day_old(template: Template) -> None:
    alarm = of_type(template, "CloudWatch::Alarm")["NightlyNotStarted"]
    (expression,) = (item["Expression"] for item in alarm["Metrics"] if "Expression" in item)
    assert expression == "IF(sweeps > 285 AND FILL(nights, 0) < 1, 1, 0)"

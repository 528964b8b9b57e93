"""Bringing a stack to a template, against a CloudFormation that keeps AWS's rules (docs/aws.md, rows B6, W9, W10)."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.rehearsal.session import Session
from infra.stack import Stack, StackFailed, put_template
from infra.stack_repair import repair

QUEUE = {"Type": "AWS::SQS::Queue", "DeletionPolicy": "Retain", "Properties": {"QueueName": {"Fn::Sub": "${Stage}-q"}}}
SMALL: dict[str, Any] = {
    "Parameters": {"Stage": {"Type": "String"}},
    "Resources": {"Queue": QUEUE, "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "t"}}},
    "Outputs": {"QueueUrl": {"Value": {"Ref": "Queue"}}},
}


def stack_of(session: Session) -> Stack:
    return Stack(session.client("cloudformation"), "small", pause=0)


def apply(session: Session, template: dict[str, Any], keep: Any = (), **parameters: str) -> dict[str, str]:
    address = put_template(session.client("s3"), "code", f"{id(template)}.json", template)
    return stack_of(session).apply(address, {"Stage": "dev", **parameters}, keep)


def with_many(count: int) -> dict[str, Any]:
    topics = {f"Topic{n}": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": f"topic-{n}"}} for n in range(count)}
    return {**SMALL, "Resources": {**topics, "Queue": QUEUE}}


def test_the_same_template_again_changes_nothing(session: Session) -> None:
    assert apply(session, SMALL) == apply(session, SMALL)
    assert session.world.created == 2


@pytest.mark.aws("W9")
def test_a_release_that_adds_a_parameter_is_deployed_with_its_default(session: Session) -> None:
    apply(session, SMALL)
    parameters = {**SMALL["Parameters"], "Added": {"Type": "String", "Default": "new"}}
    apply(session, {**SMALL, "Parameters": parameters}, keep=parameters)
    assert stack_of(session).parameters() == {"Stage": "dev", "Added": "new"}


@pytest.mark.aws("W9")
def test_cloudformation_refuses_the_previous_value_of_a_parameter_that_was_not_there(session: Session) -> None:
    apply(session, SMALL)
    address = put_template(session.client("s3"), "code", "x.json", {**SMALL, "Parameters": {"Stage": {}, "Added": {}}})
    kept = [{"ParameterKey": key, "UsePreviousValue": True} for key in ("Stage", "Added")]
    with pytest.raises(ClientError, match="Cannot specify usePreviousValue as true for a parameter key not in"):
        session.client("cloudformation").create_change_set(
            StackName="small", ChangeSetName="c", ChangeSetType="UPDATE", TemplateURL=address, Parameters=kept
        )


@pytest.mark.aws("B6")
def test_a_failed_first_create_leaves_nothing_behind_and_is_repaired_by_running_again(session: Session) -> None:
    session.client("cloudformation").failing["Topic"] = "Rate exceeded"
    with pytest.raises(StackFailed, match=r"ROLLBACK_COMPLETE\n  Topic \(AWS::SNS::Topic\): Rate exceeded"):
        apply(session, SMALL)
    assert session.world.resources == {}
    repair(stack_of(session))
    assert apply(session, SMALL)["QueueUrl"].endswith("/dev-q")


@pytest.mark.aws("B6")
def test_a_stack_that_was_never_created_cannot_be_updated(session: Session) -> None:
    session.client("cloudformation").failing["Topic"] = "Rate exceeded"
    with pytest.raises(StackFailed):
        apply(session, SMALL)
    with pytest.raises(ClientError, match="ROLLBACK_COMPLETE state and can not be updated"):
        apply(session, SMALL)


@pytest.mark.aws("B6")
def test_a_rollback_that_stopped_is_finished_before_the_update(session: Session) -> None:
    apply(session, SMALL)
    record = next(iter(session.client("cloudformation").stacks.values()))
    record.status, record.seen = "UPDATE_ROLLBACK_FAILED", 2
    repair(stack_of(session))
    assert stack_of(session).status() == "UPDATE_ROLLBACK_COMPLETE"


@pytest.mark.aws("B6")
def test_a_stack_that_is_half_deleted_is_said_and_left_alone(session: Session) -> None:
    apply(session, SMALL)
    record = next(iter(session.client("cloudformation").stacks.values()))
    record.status, record.seen = "DELETE_FAILED", 2
    with pytest.raises(StackFailed, match="small is in DELETE_FAILED: finish that first"):
        repair(stack_of(session))
    assert stack_of(session).status() == "DELETE_FAILED"


@pytest.mark.aws("W10")
def test_the_reason_of_a_failure_is_found_pages_behind_its_rollback(session: Session) -> None:
    apply(session, with_many(3))
    cloudformation = session.client("cloudformation")
    cloudformation.failing["Queue2"] = "The queue is broken"
    resources = {**with_many(120)["Resources"], "Queue2": {"Type": "AWS::SQS::Queue", "Properties": {}}}
    with pytest.raises(StackFailed) as failed:
        apply(session, {**SMALL, "Resources": resources})
    assert str(failed.value) == "small: UPDATE_ROLLBACK_COMPLETE\n  Queue2 (AWS::SQS::Queue): The queue is broken"
    first = cloudformation.describe_stack_events(StackName="small")["StackEvents"]
    assert "The queue is broken" not in str(first)


@pytest.mark.aws("W10")
def test_failures_of_earlier_operations_are_not_told_again(session: Session) -> None:
    cloudformation = session.client("cloudformation")
    apply(session, SMALL)
    for reason in ("The first reason", "The second reason"):
        cloudformation.failing["Other"] = reason
        resources = {**SMALL["Resources"], "Other": {"Type": "AWS::SQS::Queue", "Properties": {}}}
        with pytest.raises(StackFailed) as failed:
            apply(session, {**SMALL, "Resources": resources})
    assert "The first reason" not in str(failed.value)


def test_a_refusal_to_describe_a_stack_is_not_taken_for_its_absence(session: Session) -> None:
    class Denied:
        def describe_stacks(self, **_: Any) -> Any:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "not authorized"}}, "DescribeStacks")

    with pytest.raises(ClientError, match="not authorized"):
        Stack(Denied(), "small", 0).exists()

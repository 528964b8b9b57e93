"""Stands in for CloudFormation's client, with its rules: states, parameters, retained resources, paged events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from infra.rehearsal.change_sets import ChangeSet, StackRecord, judge, refuse
from infra.rehearsal.operations import Operations
from infra.rehearsal.physical import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.rehearsal.world import World

PAGE = 50
IN_PROGRESS = ("CREATE", "UPDATE", "DELETE", "IMPORT", "ROLLBACK")
"""How statuses begin that a stack comes to by way of being in progress."""


@dataclass
class CloudFormation:
    """One region's CloudFormation, as a boto3 client shows it."""

    world: World
    region: str
    read_template: Callable[[str], dict[str, Any]]
    failing: dict[str, str] = field(default_factory=dict)
    stacks: dict[str, StackRecord] = field(default_factory=dict)
    """By id; a deleted stack is found by its id only."""

    def create_change_set(self, **request: Any) -> dict[str, Any]:
        """Judge a change set and keep it."""
        name = request["StackName"]
        record = self._live(name)
        previous = record.template if record and request.get("UsePreviousTemplate") else None
        change = judge(record, name, request, previous or self.read_template(request["TemplateURL"]))
        if record is None:
            stack_id = f"arn:aws:cloudformation:{self.region}:{ACCOUNT}:stack/{name}/{len(self.stacks)}"
            record = self.stacks[stack_id] = StackRecord(name, stack_id)
        record.change_sets[request["ChangeSetName"]] = change
        return {"StackId": record.stack_id}

    def describe_change_set(self, *, StackName: str, ChangeSetName: str) -> dict[str, Any]:  # noqa: N803
        """Tell what became of a change set."""
        change = self._change(StackName, ChangeSetName)
        return {"Status": change.status, "StatusReason": change.reason}

    def delete_change_set(self, *, StackName: str, ChangeSetName: str) -> None:  # noqa: N803
        """Forget a change set."""
        del self._found(StackName).change_sets[ChangeSetName]

    def execute_change_set(
        self,
        *,
        StackName: str,  # noqa: N803
        ChangeSetName: str,  # noqa: N803
        RetainExceptOnCreate: bool = False,  # noqa: N803
    ) -> None:
        """Carry a change set out; all others are gone with it."""
        record, change = self._found(StackName), self._change(StackName, ChangeSetName)
        if change.status != "CREATE_COMPLETE":
            refuse(f"ChangeSet [{ChangeSetName}] cannot be executed in its current status of [{change.status}]")
        record.change_sets.clear()
        self._operations().execute(record, change, retain_except_on_create=RetainExceptOnCreate)

    def describe_stacks(self, *, StackName: str = "") -> dict[str, Any]:  # noqa: N803
        """Tell of one stack, or of all that are not deleted."""
        if not StackName:
            return {
                "Stacks": [self._shown(stack) for stack in self.stacks.values() if stack.status != "DELETE_COMPLETE"]
            }
        record = self._found(StackName)
        record.seen += 1
        return {"Stacks": [self._shown(record)]}

    def describe_stack_events(self, *, StackName: str, NextToken: str = "0") -> dict[str, Any]:  # noqa: N803
        """Return a page of events, newest first."""
        events, start = self._found(StackName).events[::-1], int(NextToken)
        more = {"NextToken": str(start + PAGE)} if len(events) > start + PAGE else {}
        return {"StackEvents": events[start : start + PAGE], **more}

    def delete_stack(self, *, StackName: str) -> None:  # noqa: N803
        """Delete a stack."""
        self._operations().delete(self._found(StackName))

    def continue_update_rollback(self, *, StackName: str) -> None:  # noqa: N803
        """Finish a rollback that stopped."""
        record = self._found(StackName)
        if record.status != "UPDATE_ROLLBACK_FAILED":
            refuse(f"Stack {StackName} is in {record.status} state and can not continue rollback.")
        record.status, record.seen = "UPDATE_ROLLBACK_COMPLETE", 0

    def list_stack_resources(self, *, StackName: str) -> dict[str, Any]:  # noqa: N803
        """Return all resources of a stack."""
        return {
            "StackResourceSummaries": [
                {"LogicalResourceId": key, "ResourceType": item.kind, "PhysicalResourceId": item.physical_id}
                for key, item in self._found(StackName).resources.items()
            ]
        }

    def get_template(self, *, StackName: str, TemplateStage: str) -> dict[str, Any]:  # noqa: N803, ARG002
        """Return the template a stack stands at."""
        return {"TemplateBody": self._found(StackName).template}

    def get_paginator(self, operation: str) -> Any:
        """Return a paginator over the pages of an operation."""
        return _Paginator(getattr(self, operation))

    def _operations(self) -> Operations:
        return Operations(self.world, self.region, self.failing)

    def _shown(self, record: StackRecord) -> dict[str, Any]:
        status = record.status
        if record.seen == 1 and status.partition("_")[0] in IN_PROGRESS:
            status = f"{status.rpartition('_')[0]}_IN_PROGRESS"
        return {
            "StackName": record.name,
            "StackId": record.stack_id,
            "StackStatus": status,
            "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in record.parameters.items()],
            "Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in record.outputs.items()],
        }

    def _live(self, name: str) -> StackRecord | None:
        if name in self.stacks:
            return self.stacks[name]
        living = [stack for stack in self.stacks.values() if stack.name == name and stack.status != "DELETE_COMPLETE"]
        return living[0] if living else None

    def _found(self, name: str) -> StackRecord:
        record = self._live(name)
        if record is None:
            refuse(f"Stack with id {name} does not exist")
        return record

    def _change(self, stack: str, name: str) -> ChangeSet:
        return self._found(stack).change_sets[name]


@dataclass(frozen=True)
class _Paginator:
    operation: Callable[..., dict[str, Any]]

    def paginate(self, **request: Any) -> Iterator[dict[str, Any]]:
        """Yield one page that holds all."""
        yield self.operation(**request)

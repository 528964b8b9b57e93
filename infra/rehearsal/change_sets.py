"""Judges change sets as CloudFormation does: states, parameters, the previous template, no changes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from infra.rehearsal import services
from infra.stack import ABSENT, UPDATABLE

if TYPE_CHECKING:
    from infra.rehearsal.world import Resource

NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."


@dataclass
class StackRecord:
    """One stack as CloudFormation keeps it."""

    name: str
    stack_id: str
    status: str = "REVIEW_IN_PROGRESS"
    template: dict[str, Any] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    change_sets: dict[str, ChangeSet] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    seen: int = 0
    """How often its last status was asked for: at first it is still in progress."""


@dataclass
class ChangeSet:
    """One change set."""

    kind: str
    template: dict[str, Any]
    parameters: dict[str, str]
    imports: list[dict[str, Any]]
    status: str = "CREATE_COMPLETE"
    reason: str = ""


def refuse(message: str) -> NoReturn:
    """Answer as CloudFormation does."""
    services.refuse("ValidationError", message)


def judge(record: StackRecord | None, name: str, request: dict[str, Any], template: dict[str, Any]) -> ChangeSet:
    """Make a change set of a request, or refuse it."""
    kind = request["ChangeSetType"]
    status = record.status if record else ""
    if kind == "UPDATE" and status in ABSENT:
        refuse(f"Stack [{name}] does not exist")
    if kind == "UPDATE" and status not in UPDATABLE:
        refuse(f"Stack:{name} is in {status} state and can not be updated.")
    if kind != "UPDATE" and status not in ABSENT:
        refuse(
            f"Stack [{name}] already exists and cannot be created again with the changeSet "
            f"[{request['ChangeSetName']}]."
        )
    parameters = _parameters(record, template, request["Parameters"])
    change = ChangeSet(kind, template, parameters, request.get("ResourcesToImport", []))
    if kind == "UPDATE" and record and _same(record, change):
        change.status, change.reason = "FAILED", NO_CHANGES
    return change


def _same(record: StackRecord, change: ChangeSet) -> bool:
    return record.parameters == change.parameters and json.dumps(record.template) == json.dumps(change.template)


def _parameters(record: StackRecord | None, template: dict[str, Any], values: list[dict[str, Any]]) -> dict[str, str]:
    declared, result = template.get("Parameters", {}), {}
    if unknown := sorted({entry["ParameterKey"] for entry in values} - set(declared)):
        refuse(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    for item in values:
        result[item["ParameterKey"]] = _value(record, item)
    for key, node in declared.items():
        if key not in result:
            if "Default" not in node:
                refuse(f"Parameters: [{key}] must have values")
            result[key] = str(node["Default"])
        _fits(key, node, result[key])
    return result


def _value(record: StackRecord | None, values: dict[str, Any]) -> str:
    key = values["ParameterKey"]
    if not values.get("UsePreviousValue"):
        return str(values["ParameterValue"])
    if not record or key not in record.parameters:
        refuse(
            f"Invalid input for parameter key {key}. Cannot specify usePreviousValue as true for a "
            "parameter key not in "
            "the previous template"
        )
    return record.parameters[key]


def _fits(key: str, node: dict[str, Any], value: str) -> None:
    if "AllowedValues" in node and value not in node["AllowedValues"]:
        refuse(f"Parameter '{key}' must be one of AllowedValues")
    if "AllowedPattern" in node and not re.fullmatch(node["AllowedPattern"], value):
        refuse(f"Parameter '{key}' must match pattern {node['AllowedPattern']}")

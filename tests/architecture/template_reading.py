"""Small questions to a CloudFormation template."""

from __future__ import annotations

import json
from typing import Any

Resources = dict[str, dict[str, Any]]


def of_type(template: dict[str, Any], kind: str) -> Resources:
    """The properties of each resource of this type, by its logical name."""
    return {
        name: node.get("Properties", {})
        for name, node in template["Resources"].items()
        if node["Type"] == f"AWS::{kind}"
    }


def text(node: Any) -> str:
    """A node as text, to look something up in it."""
    return json.dumps(node, sort_keys=True)


def named(node: Any) -> str:
    """The logical name that a `Ref` or `Fn::GetAtt` points at."""
    if "Ref" in node:
        return str(node["Ref"])
    target = node["Fn::GetAtt"]
    return str(target.split(".")[0] if isinstance(target, str) else target[0])


def statements(template: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every statement of every role's own policies, with the role's name."""
    return [
        (name, statement)
        for name, role in of_type(template, "IAM::Role").items()
        for policy in role.get("Policies", [])
        for statement in policy["PolicyDocument"]["Statement"]
    ]

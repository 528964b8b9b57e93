"""Lets a stage use another set of tables than the one its stack made: after a restore, by the parameter TableSet.

Tables are named `partnerbook-<stage>-<set><table>`; the stack's own set is the empty one. Whatever refers to a table
from outside of it (roles, alarms, the dashboard) refers to the set in use (decision 19).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from infra.restored_tables import described

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE, PARAMETER, OWN = "AWS::DynamoDB::Table", "TableSet", "own"
NAME_BEGINS = "partnerbook-${Stage}-"
ARN = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/"
REFERENCE = re.compile(r"\$\{(?P<name>[A-Za-z0-9]+)(?P<arn>\.Arn)?\}")


def tables(template: dict[str, Any]) -> dict[str, str]:
    """Return each table's name behind the prefix, by its logical name: `AccountsTable` is `accounts`."""
    return {
        key: _short(node["Properties"]["TableName"])
        for key, node in template["Resources"].items()
        if node["Type"] == TABLE
    }


def _short(name: dict[str, str]) -> str:
    if not name["Fn::Sub"].startswith(NAME_BEGINS):
        raise SystemExit(f"A table's name begins with {NAME_BEGINS}: {name['Fn::Sub']} does not.")
    return name["Fn::Sub"].removeprefix(NAME_BEGINS)


def follow(template: dict[str, Any]) -> None:
    """Make everything outside the tables refer to the set in use."""
    names = tables(template)
    for key, node in template["Resources"].items():
        if key not in names:
            template["Resources"][key] = _following(node, names)
    template["Outputs"] = _following(template.get("Outputs", {}), names)


def _following(node: Any, names: dict[str, str]) -> Any:
    if isinstance(node, list):
        return [_following(item, names) for item in node]
    if not isinstance(node, dict):
        return node
    if len(node) == 1 and (reference := _reference(node, names)):
        return {"Fn::Sub": reference}
    return {key: _following(value, names) for key, value in node.items()}


def _reference(node: dict[str, Any], names: dict[str, str]) -> str:
    """Return the text that a reference to a table becomes; empty if it is none."""
    if node.get("Ref") in names:
        return _name(names[node["Ref"]])
    target = node.get("Fn::GetAtt")
    if isinstance(target, str):
        target = target.split(".", 1)
    if target and target[0] in names:
        if target[1] != "Arn":
            raise SystemExit(f"{'.'.join(target)} would be the stack's own table's, not the restored one's.")
        return ARN + _name(names[target[0]])
    text = node.get("Fn::Sub")
    return REFERENCE.sub(lambda found: _substituted(found, names), text) if isinstance(text, str) else ""


def _substituted(found: re.Match[str], names: dict[str, str]) -> str:
    if found["name"] not in names:
        return found[0]
    return (ARN if found["arn"] else "") + _name(names[found["name"]])


def _name(short: str) -> str:
    return f"{NAME_BEGINS}${{{PARAMETER}}}{short}"


def physical(stage: str, chosen: str, short: str) -> str:
    """Return a table's name in a set."""
    return f"partnerbook-{stage}-{chosen}{short}"


def named(text: str) -> str:
    """Read a set's name as people write it: `own` is the stack's own."""
    return "" if text == OWN else text


def missing(dynamodb: Any, template: dict[str, Any], stage: str, chosen: str) -> Iterator[str]:
    """Say which tables and indexes of the template a set does not have."""
    for key, short in tables(template).items():
        name = physical(stage, chosen, short)
        if table := described(dynamodb, name):
            yield from _indexes(name, table, template["Resources"][key]["Properties"])
        else:
            yield f"The table set {chosen} has no table {name}, which this version needs. Create it before deploying."


def _indexes(name: str, table: dict[str, Any], wanted: dict[str, Any]) -> Iterator[str]:
    existing = {index["IndexName"] for index in table.get("GlobalSecondaryIndexes", [])}
    for index in wanted.get("GlobalSecondaryIndexes", []):
        if index["IndexName"] not in existing:
            yield (
                f"The table {name} has no index {index['IndexName']}, which this version needs. Add it "
                "before deploying."
            )

"""Collects the statements of all policies that a stage has made, with every reference resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.rehearsal.world import Resource

OF_RESOURCES = ("PolicyDocument", "KeyPolicy", "AssumeRolePolicyDocument")


def statements(resources: dict[str, Resource]) -> list[dict[str, Any]]:
    """Return each statement with its owner, and whether it grants to a role (then its resources are judged as well)."""
    return [*_of_roles(resources), *_of_resources(resources)]


def _of_roles(resources: dict[str, Resource]) -> Iterator[dict[str, Any]]:
    for name, role in resources.items():
        for policy in role.properties.get("Policies", []) if role.kind == "AWS::IAM::Role" else []:
            for statement in policy["PolicyDocument"]["Statement"]:
                yield {"owner": name, "grants": True, "statement": statement}


def _of_resources(resources: dict[str, Resource]) -> Iterator[dict[str, Any]]:
    for name, item in resources.items():
        for key in OF_RESOURCES:
            for statement in item.properties.get(key, {}).get("Statement", []):
                yield {"owner": name, "grants": False, "statement": statement}

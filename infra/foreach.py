"""Expands `Fn::ForEach` as CloudFormation's language extensions do, so that SAM, linters and tests see all there is."""

from __future__ import annotations

from typing import Any

PREFIX = "Fn::ForEach::"


def _replaced(node: Any, name: str, value: str) -> Any:
    if isinstance(node, dict):
        return {_replaced(key, name, value): _replaced(item, name, value) for key, item in node.items()}
    if isinstance(node, list):
        return [_replaced(item, name, value) for item in node]
    return node.replace(f"${{{name}}}", value) if isinstance(node, str) else node


def expand(resources: dict[str, Any], collections: dict[str, list[str]]) -> dict[str, Any]:
    """Return the resources with each loop written out; a loop's collection is a list or a `Ref` to one of
    `collections`.
    """
    result: dict[str, Any] = {}
    for key, node in resources.items():
        if not key.startswith(PREFIX):
            result[key] = node
            continue
        name, collection, body = node
        for value in collection if isinstance(collection, list) else collections[collection["Ref"]]:
            result |= _replaced(body, name, value)
    return result

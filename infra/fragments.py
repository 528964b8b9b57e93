"""Reads CloudFormation fragments written as YAML, short forms (`!Ref`) included, and merges them into one template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BARE = ("Ref", "Condition")


class FragmentLoader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms."""


def _intrinsic(loader: FragmentLoader, tag: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type]
    if tag == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {tag if tag in BARE else f"Fn::{tag}": value}


FragmentLoader.add_multi_constructor("!", _intrinsic)


def read(path: Path) -> dict[str, Any]:
    """Return one fragment; its top-level `x-…` keys only hold anchors."""
    content = yaml.load(path.read_text(), FragmentLoader) or {}
    return {key: value for key, value in content.items() if not key.startswith("x-")}


def merge(base: Any, more: Any) -> Any:
    """`base` with `more` laid over it: mappings are merged, anything else is replaced."""
    if _is_mapping(base) and _is_mapping(more):
        return {**base, **{key: merge(base.get(key), value) for key, value in more.items()}}
    return more


def _is_mapping(node: Any) -> bool:
    return isinstance(node, dict) and not any(key == "Ref" or key.startswith("Fn::") for key in node if len(node) == 1)


def read_all(paths: Iterable[Path]) -> dict[str, Any]:
    """Return the fragments as one, in the order of their names."""
    template: dict[str, Any] = {}
    for path in sorted(paths):
        template = merge(template, read(path))
    return template

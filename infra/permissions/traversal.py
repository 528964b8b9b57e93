"""Walks mypy's syntax trees; its own visitors are compiled and cannot be derived from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from mypy.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_BELOW = frozenset((
    *("node", "info", "analyzed", "def_var", "var", "variable", "original_def", "original_first_arg", "expanded"),
    *("unanalyzed_items", "def_frame", "special_alias", "subject_dummy", "alias_name"),
))  # fmt: skip
"""Attributes that lead to what is defined elsewhere, or to the same once more."""


def below(node: Node) -> Iterator[Node]:
    """Yield the nodes right below one, in the order of the code as far as that matters to nobody."""
    for name in _attributes(type(node).__mro__):
        yield from _nodes(getattr(node, name, None))


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and everything below it."""
    yield node
    for item in below(node):
        yield from walk(item)


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _nodes(item)


@cache
def _attributes(kinds: tuple[type, ...]) -> tuple[str, ...]:
    names = (name for kind in kinds for name in getattr(kind, "__mypyc_attrs__", ()))
    return tuple(name for name in dict.fromkeys(names) if name not in NOT_BELOW and not name.startswith("__"))

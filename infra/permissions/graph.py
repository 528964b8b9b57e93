"""What the code refers to and what it asks of AWS, as a graph: followed from a handler, it gives all that it may do."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy.nodes import Expression

    from infra.permissions.program import Unit

Permission = tuple[str, str]
"""An action, and the resource of the template that it is done to."""
Folders = frozenset[str]
"""Folders of the bucket that a file written or read by a call may be in."""
OBJECT = "the object"
"""In place of a resource: the file that the store of files was asked for."""


@dataclass(frozen=True, slots=True)
class CodeLocation:
    """A line of the code."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Edge:
    """One function refers to another, and so may call it or have it called."""

    target: str
    place: CodeLocation
    key: tuple[Unit, Expression] | None = None
    """The key of a file and where it stands, where the target is a method of the store of files."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A request to AWS."""

    permission: Permission
    place: CodeLocation


@dataclass(slots=True)
class Graph:
    """References, requests and what could not be followed, each by the function that has it."""

    edges: dict[str, list[Edge]] = field(default_factory=dict)
    effects: dict[str, list[Effect]] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visit:
    """A function, entered by way of another."""

    unit: str
    folders: Folders = frozenset()
    """Of the file that is worked on, within the store of files."""


FoldersOf = Callable[[Visit, Edge], Folders]
Trail = tuple[CodeLocation, ...]
"""The places by which something is reached, from the handler on."""


def reached(graph: Graph, starts: Iterable[str], folders_of: FoldersOf) -> dict[Visit, Trail]:
    """Return everything that may run when one of these runs, each by a shortest way."""
    trails: dict[Visit, Trail] = {Visit(start): () for start in starts}
    waiting = deque(trails)
    while waiting:
        visit = waiting.popleft()
        for edge in graph.edges.get(visit.unit, ()):
            following = Visit(edge.target, folders_of(visit, edge))
            if following not in trails:
                trails[following] = (*trails[visit], edge.place)
                waiting.append(following)
    return trails

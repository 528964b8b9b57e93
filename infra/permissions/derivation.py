"""Derives what each deployed function may do, from its handler through every branch that its code has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mypy.nodes import CallExpr, MemberExpr

from infra import fragments
from infra.permissions.calls import FILES, WRITERS, Collector
from infra.permissions.folders import FolderFinder
from infra.permissions.graph import OBJECT, CodeLocation, Folders, reached
from infra.permissions.program import NotDerivable, read

if TYPE_CHECKING:
    from pathlib import Path

    from infra.permissions.graph import Edge, Effect, Permission, Trail, Visit
    from infra.permissions.program import Program

API = "api"
SERVED = ("chalicelib.api.handler.api", "chalicelib.api.http.dispatch.serve")
"""What every request goes through, beside the view of its operation."""
JOBS = ("schedule", "on_sqs_message", "authorizer")
"""Decorators of functions that are deployed by themselves."""


@dataclass(frozen=True, slots=True)
class Need:
    """Why a function needs a permission."""

    place: CodeLocation
    """Where it asks for it."""
    trail: Trail
    """By which places it gets there."""


Needs = dict[str, dict["Permission", Need]]
"""What each function needs, by its policy's name."""


def derive(root: Path) -> Needs:
    """Return what the code below this folder needs; raises `NotDerivable` with every place that cannot be followed."""
    program = read(root)
    collected = Collector(program, _queues(root))
    collected.collect()
    derivation = Derivation(collected)
    needs = {name: derivation.needs(starts) for name, starts in handlers(program).items()}
    if derivation.problems:
        raise NotDerivable("\n".join(sorted(derivation.problems)))
    return needs


def _queues(root: Path) -> dict[str, str]:
    """Return the template's name of each queue, by its port."""
    globals_ = fragments.read(root / "infra/template/parameters.yaml")["Globals"]
    variables = globals_["Function"]["Environment"]["Variables"]
    return {
        name.removesuffix("_URL").lower(): value["Ref"]
        for name, value in variables.items()
        if name.endswith("_QUEUE_URL")
    }


def handlers(program: Program) -> dict[str, list[str]]:
    """Return what Lambda calls, by the name of the function's policy."""
    found: dict[str, list[str]] = {API: list(SERVED)}
    for function in program.decorated:
        for decorator in (_decorator(item) for item in function.decorators):
            if decorator == "operation":
                found[API].append(function.fullname)
            elif decorator in JOBS:
                found[function.name] = [function.fullname]
    return found


def _decorator(expression: object) -> str:
    callee = expression.callee if isinstance(expression, CallExpr) else None
    return callee.name if isinstance(callee, MemberExpr) else ""


class Derivation:
    """Follows references in one program."""

    def __init__(self, collected: Collector) -> None:
        self.problems: set[str] = set()
        self._collected = collected
        self._finder = FolderFinder(collected)

    def needs(self, starts: list[str]) -> dict[Permission, Need]:
        """Return what is needed from these on."""
        graph = self._collected.graph
        found: dict[Permission, Need] = {}
        for visit, trail in reached(graph, starts, self._folders_of).items():
            self.problems.update(graph.problems.get(visit.unit, ()))
            for effect in graph.effects.get(visit.unit, ()):
                for permission in _permissions(effect, visit):
                    found.setdefault(permission, Need(effect.place, trail))
        return found

    def _folders_of(self, visit: Visit, edge: Edge) -> Folders:
        if not edge.target.startswith((FILES, *WRITERS)):
            return frozenset()
        if edge.key is None:
            return visit.folders
        try:
            return self._finder.folders(*edge.key)
        except NotDerivable as problem:
            self.problems.add(f"{edge.place}: {problem}")
            return frozenset()


def _permissions(effect: Effect, visit: Visit) -> list[Permission]:
    action, resource = effect.permission
    if resource != OBJECT:
        return [effect.permission]
    return [(action, f"${{FilesBucket.Arn}}/{folder}/*") for folder in sorted(visit.folders)]

"""Says in which folders of the bucket a file may be, by following its key to the text that it begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    ConditionalExpr,
    Decorator,
    FuncDef,
    ListExpr,
    MemberExpr,
    NameExpr,
    OpExpr,
    ReturnStmt,
    StrExpr,
    Var,
)

from infra.permissions.program import NotDerivable
from infra.permissions.resolution import member
from infra.permissions.traversal import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.nodes import Expression

    from infra.permissions.calls import Collector
    from infra.permissions.program import Unit

UNKNOWN = "It cannot be told which folder this file is in: begin its key with the folder, or with a key that does."


class FolderFinder:
    """Finds folders in one program."""

    def __init__(self, collected: Collector) -> None:
        self._collected = collected
        self._program = collected.program

    def folders(self, unit: Unit, key: Expression) -> frozenset[str]:
        """Return the folders that a key may be in; raises where the code does not tell."""
        return frozenset(self._folders(unit, key, frozenset()))

    def _folders(self, unit: Unit, key: Expression, seen: frozenset[int]) -> Iterator[str]:
        if id(key) in seen:
            return
        if isinstance(key, StrExpr) and "/" in key.value:
            yield key.value.partition("/")[0]
            return
        sources = list(self._sources(unit, key))
        if not sources:
            raise NotDerivable(UNKNOWN)
        for place, source in sources:
            yield from self._folders(place, source, seen | {id(key)})

    def _sources(self, unit: Unit, key: Expression) -> Iterator[tuple[Unit, Expression]]:
        """Yield what a key begins with, or what it is made of elsewhere."""
        if isinstance(key, OpExpr):
            yield from ((unit, item) for item in ([key.left] if key.op == "+" else [key.left, key.right]))
        elif isinstance(key, ConditionalExpr):
            yield from ((unit, item) for item in (key.if_expr, key.else_expr))
        elif isinstance(key, CallExpr):
            yield from self._called(unit, key)
        elif isinstance(key, MemberExpr):
            yield from self._kept(key)
        elif isinstance(key, NameExpr) and isinstance(key.node, Var):
            yield from self._named(unit, key)

    def _called(self, unit: Unit, call: CallExpr) -> Iterator[tuple[Unit, Expression]]:
        """Yield a text put together (that is what an f-string is), or what a function gives."""
        callee = call.callee
        if isinstance(callee, MemberExpr) and callee.name in ("join", "format") and isinstance(callee.expr, StrExpr):
            first = call.args[0]
            yield unit, first.items[0] if isinstance(first, ListExpr) else first
            return
        for name in self._collected.resolver.named(callee):
            yield from self._given_by(name)

    def _given_by(self, name: str) -> Iterator[tuple[Unit, Expression]]:
        unit = self._program.units.get(name)
        for node in unit.code if unit else ():
            for item in walk(node):
                if unit and isinstance(item, ReturnStmt) and item.expr is not None:
                    yield unit, item.expr

    def _kept(self, key: MemberExpr) -> Iterator[tuple[Unit, Expression]]:
        """Yield a property's value, or whatever the field was ever given."""
        for info in self._collected.resolver.classes_of(key.expr):
            name = member(info, key.name) or ""
            yield from self._given_by(name)
            yield from self._collected.stores.get(name, ())

    def _named(self, unit: Unit, name: NameExpr) -> Iterator[tuple[Unit, Expression]]:
        """Yield what a local name is set to; a parameter is whatever is passed for it anywhere."""
        for item in (item for node in unit.code for item in walk(node)):
            if isinstance(item, AssignmentStmt) and any(_is(target, name) for target in item.lvalues):
                yield unit, item.rvalue
        function = unit.code[0].func if isinstance(unit.code[0], Decorator) else unit.code[0]
        for position, argument in enumerate(function.arguments if isinstance(function, FuncDef) else ()):
            if argument.variable is name.node and isinstance(function, FuncDef):
                yield from self._passed(unit.name, position - _bound(function), argument.variable.name)

    def _passed(self, function: str, position: int, name: str) -> Iterator[tuple[Unit, Expression]]:
        for unit, call in self._collected.calls.get(function, ()):
            for place, (values, value) in enumerate(zip(call.arg_names, call.args, strict=True)):
                if values == name or (values is None and place == position):
                    yield unit, value


def _is(target: Expression, name: NameExpr) -> bool:
    return isinstance(target, NameExpr) and target.node is name.node


def _bound(function: FuncDef) -> int:
    """Return how many parameters a call does not name: one for a method."""
    return int(bool(function.info) and not function.is_static)

"""Reads from the storage layer what its words mean: which table keeps what, and what each write does to its item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mypy.nodes import AssignmentStmt, CallExpr, ClassDef, DictExpr, MemberExpr, NameExpr, StrExpr, TypeInfo

from infra.permissions.program import NotDerivable
from infra.permissions.traversal import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.nodes import Expression, Node

    from infra.permissions.program import Program, Unit

STORAGE = "chalicelib.storage"
MAKERS = ("Mapper", "dataclass_mapper")
ACTIONS = {"PUT": "dynamodb:PutItem", "UPDATE": "dynamodb:UpdateItem", "DELETE": "dynamodb:DeleteItem"}


@dataclass(frozen=True, slots=True)
class Kept:
    """How things of one kind are kept."""

    table: str
    proof: bool
    """Whether it is looked for after a write whose answer was lost."""
    index: str | None = None
    """The table of the rows by which it is searched, which are written with it."""


class StorageFacts:
    """The facts of one program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def table(self, model: TypeInfo) -> str | None:
        """Return the template's name of a model's table, such as `ReportRunsTable`; None for what is no model."""
        definition = model.names.get("Meta")
        meta = definition.node if definition else None
        if not isinstance(meta, TypeInfo):
            return None
        name = next((text for item, text in _texts(meta.defn) if item == "table_name"), None)
        return name and "".join(word.title() for word in name.split("-")) + "Table"

    def mapper(self, name: str) -> Kept:
        """Return what a mapper keeps, by the mapper's full name."""
        unit = self._program.units.get(name)
        call = unit.code[0] if unit else None
        tables = {table for item in _named_in(call) if (table := self.table(item))} if call else set()
        if not isinstance(call, CallExpr) or len(tables) != 1:
            raise NotDerivable(f"{name} is no mapper made by Mapper(…) or dataclass_mapper(…) of one table.")
        proof = any(
            key == "write_once_id" and _is_true(value) for key, value in zip(call.arg_names, call.args, strict=True)
        )
        return Kept(tables.pop(), proof)

    @cached_property
    def kinds(self) -> dict[str, Kept]:
        """How each kind of thing is kept, by the name of its class, as the mappers of the stores say."""
        (indexed,) = self._program.units[f"{STORAGE}.transactions.registry.INDEXED_BY"].code
        assert isinstance(indexed, DictExpr)
        index = {
            key.value: value.value
            for key, value in indexed.items
            if isinstance(key, StrExpr) and isinstance(value, StrExpr)
        }
        return {
            kind: replace(self.mapper(name), index=self.mapper(index[kind]).table if kind in index else None)
            for name, unit in self._program.units.items()
            if name.startswith(f"{STORAGE}.stores.") and (kind := _mapped(unit))
        }

    @cached_property
    def writes(self) -> dict[str, tuple[str, str | None]]:
        """What each kind of write does, by its class's name: an action, and a table where it is always the same."""
        (makers,) = self._program.units[f"{STORAGE}.transactions.items._MAKERS"].code
        assert isinstance(makers, DictExpr)
        named = {
            key.name: f"{STORAGE}.transactions.items.{value.name}"
            for key, value in makers.items
            if isinstance(key, NameExpr) and isinstance(value, NameExpr)
        }
        return {
            kind: self._made(maker)
            for kind, maker in {**named, "Count": f"{STORAGE}.transactions.transaction._counting"}.items()
        }

    def _made(self, maker: str) -> tuple[str, str | None]:
        unit = self._program.units[maker]
        acts = {ACTIONS[item.name] for item in _members_in(unit) if item.name in ACTIONS}
        tables = {table for node in unit.code for item in _named_in(node) if (table := self.table(item))}
        if len(acts) != 1 or len(tables) > 1:
            raise NotDerivable(f"{maker} does not make one step of one table.")
        return acts.pop(), tables.pop() if tables else None


def _texts(definition: ClassDef) -> Iterator[tuple[str, str]]:
    for item in definition.defs.body:
        if (
            isinstance(item, AssignmentStmt)
            and isinstance(item.rvalue, StrExpr)
            and isinstance(item.lvalues[0], NameExpr)
        ):
            yield item.lvalues[0].name, item.rvalue.value


def _mapped(unit: Unit) -> str | None:
    """Return the kind of thing that `Mapper(…)` or `dataclass_mapper(…)` maps; None for another expression."""
    call = unit.code[0] if unit.code else None
    if not isinstance(call, CallExpr) or not isinstance(call.callee, NameExpr) or call.callee.name not in MAKERS:
        return None
    kind = call.args[0]
    return kind.name if isinstance(kind, NameExpr) else None


def _is_true(value: Expression) -> bool:
    return isinstance(value, NameExpr) and value.name == "True"


def _named_in(node: Node) -> list[TypeInfo]:
    return [item.node for item in walk(node) if isinstance(item, NameExpr) and isinstance(item.node, TypeInfo)]


def _members_in(unit: Unit) -> list[MemberExpr]:
    return [item for node in unit.code for item in walk(node) if isinstance(item, MemberExpr)]

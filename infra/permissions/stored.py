"""Finds what a call asks of DynamoDB: a write of a thing, a read by a mapper, a key query, an update of an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import ConditionalExpr, MemberExpr, NameExpr, StrExpr
from mypy.types import Instance, TupleType, get_proper_type

from infra.permissions.program import NotDerivable
from infra.permissions.resolution import classes
from infra.permissions.storage_facts import STORAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.nodes import CallExpr, Expression
    from mypy.types import Type

    from infra.permissions.graph import Permission
    from infra.permissions.program import Program
    from infra.permissions.resolution import Resolver
    from infra.permissions.storage_facts import Kept, StorageFacts

CHANGES = "chalicelib.domain.changes."
READER = f"{STORAGE}.dynamo.reader.Reader."
READS = {"get": "GetItem", "many": "BatchGetItem", "many_of_partition": "BatchGetItem", "scan": "Scan"}
"""Methods of the reader that name their table by a mapper; the others take a key query, which says all by itself."""
MODEL_CALLS = {
    "get": "GetItem", "refresh": "GetItem", "query": "Query", "count": "Query", "scan": "Scan", "save": "PutItem",
    "update": "UpdateItem", "delete": "DeleteItem", "batch_get": "BatchGetItem", "batch_write": "BatchWriteItem",
}  # fmt: skip
INDEXING = {"Insert": ("PutItem",), "Remove": ("DeleteItem",), "Replace": ("PutItem", "DeleteItem")}
"""What is done to the rows by which a thing is searched, when it is written so."""
SELECTION = f"{STORAGE}.dynamo.query.KeyQuery"
UPDATE_ONE = f"{STORAGE}.dynamo.single_update.update_one"


class Stored:
    """Knows the words of the storage layer in one program."""

    def __init__(self, program: Program, resolver: Resolver, facts: StorageFacts) -> None:
        self._program = program
        self._resolver = resolver
        self._facts = facts

    def asked(self, call: CallExpr, names: list[str]) -> list[Permission] | None:
        """Return the permissions that a call takes; None where it is none of these."""
        for name in names:
            if name == SELECTION:
                return list(self._selected(call))
            if name == UPDATE_ONE:
                return [("dynamodb:UpdateItem", self._table_of(call.args[1]))]
            if name.startswith(READER):
                return self._read(name.removeprefix(READER), call)
        return self._written(call, names) or self._by_model(call)

    def _read(self, method: str, call: CallExpr) -> list[Permission]:
        if method not in READS:
            return []
        (mapper,) = self._resolver.named(call.args[0]) or [""]
        return [(f"dynamodb:{READS[method]}", self._facts.mapper(mapper).table)]

    def _selected(self, call: CallExpr) -> Iterator[Permission]:
        values = dict(zip(call.arg_names, call.args, strict=True))
        table = self._table_of(values["table"])
        for index in _texts(values.get("index")):
            yield "dynamodb:Query", f"${{{table}.Arn}}/index/{index}" if index else table

    def _by_model(self, call: CallExpr) -> list[Permission] | None:
        callee = call.callee
        if not isinstance(callee, MemberExpr) or callee.name not in MODEL_CALLS:
            return None
        tables = [table for item in self._resolver.classes_of(callee.expr) if (table := self._facts.table(item))]
        return [(f"dynamodb:{MODEL_CALLS[callee.name]}", table) for table in tables] or None

    def _written(self, call: CallExpr, names: list[str]) -> list[Permission] | None:
        """Making a write is asking for it: what is made is committed, in this function or another of the same kind."""
        write, entity = self._write_of(names), call.args[0] if call.args else None
        found = self._program.types.get(entity) if entity else None
        if write is None and isinstance(call.callee, NameExpr) and call.callee.fullname == "builtins.map":
            write = self._write_of(self._resolver.named(call.args[0]))
            found = _item_of(self._program.types.get(call.args[1]))
        if write is None:
            return None
        action, table = self._facts.writes[write]
        if table:
            return [(action, table)]
        return [item for kept in self._kept(found) for item in self._done_to(write, action, kept)]

    def _write_of(self, names: list[str]) -> str | None:
        written = (name.removeprefix(CHANGES) for name in names if name.startswith(CHANGES))
        return next((name for name in written if name in self._facts.writes), None)

    def _kept(self, kind: Type | None) -> list[Kept]:
        names = [item.name for item in classes(kind)] if kind else []
        if not names or any(name not in self._facts.kinds for name in names):
            raise NotDerivable(
                f"What is written here is of no known kind ({kind}): give it a type that a store has a mapper of."
            )
        return [self._facts.kinds[name] for name in names]

    def _done_to(self, write: str, action: str, kept: Kept) -> Iterator[Permission]:
        """Yield the look-up of an insert whose answer was lost, where finding it proves that it was written, and what
        is done to the rows of a search index.
        """
        yield action, kept.table
        if write == "Insert" and kept.proof:
            yield "dynamodb:GetItem", kept.table
        if kept.index:
            yield from ((f"dynamodb:{done}", kept.index) for done in INDEXING[write])

    def _table_of(self, expression: Expression) -> str:
        tables = {self._facts.table(item) for item in self._resolver.classes_of(expression)}
        if len(tables) != 1 or not (table := tables.pop()):
            raise NotDerivable("The table is not named here: name its model in the call.")
        return table


def _texts(expression: Expression | None) -> Iterator[str | None]:
    if expression is None or (isinstance(expression, NameExpr) and expression.name == "None"):
        yield None
    elif isinstance(expression, StrExpr):
        yield expression.value
    elif isinstance(expression, ConditionalExpr):
        yield from _texts(expression.if_expr)
        yield from _texts(expression.else_expr)
    else:
        raise NotDerivable("The index is not named here: write its name into the call.")


def _item_of(kind: Type | None) -> Type | None:
    """Return what iterating over it gives."""
    proper = get_proper_type(kind) if kind else None
    if isinstance(proper, TupleType):
        return proper.items[0] if proper.items else None
    return proper.args[0] if isinstance(proper, Instance) and proper.args else None

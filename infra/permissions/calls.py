"""Finds what each function refers to, and what it asks of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.nodes import CallExpr, MemberExpr, NameExpr, RefExpr
from mypy.patterns import ClassPattern
from mypy.types import CallableType, get_proper_type

from infra.permissions.clients import Clients
from infra.permissions.graph import CodeLocation, Edge, Effect, Graph
from infra.permissions.program import NotDerivable
from infra.permissions.resolution import PORTS, Resolver
from infra.permissions.storage_facts import STORAGE, StorageFacts
from infra.permissions.stored import Stored
from infra.permissions.traversal import below

if TYPE_CHECKING:
    from mypy.nodes import Expression, Node, TypeInfo

    from infra.permissions.program import Program, Unit

OPAQUE = (
    f"{STORAGE}.dynamo.reader.",
    f"{STORAGE}.dynamo.stream_reader.",
    f"{STORAGE}.transactions.writer.",
    f"{STORAGE}.dynamo.single_update.",
    "chalicelib.notifications.queue.",
    "chalicelib.bootstrap.",
)
"""What is not looked into: whoever calls it is known to ask for what it does."""
FILES = f"{STORAGE}.s3.files.S3Files."
WRITERS = (f"{STORAGE}.s3.multipart.ObjectWriter",)
"""Classes of which somebody who makes one uses all."""
TESTS_OF_CLASSES = ("builtins.isinstance", "builtins.issubclass")


class Collector:
    """Goes through the program once."""

    def __init__(self, program: Program, queues: dict[str, str]) -> None:
        self.program = program
        self.resolver = Resolver(program)
        self.graph = Graph()
        self.stores: dict[str, list[tuple[Unit, Expression]]] = {}
        """What dataclasses' fields are made of, by the field's full name."""
        self.calls: dict[str, list[tuple[Unit, CallExpr]]] = {}
        """Where each function is called."""
        self._queues = queues
        self._stored = Stored(program, self.resolver, StorageFacts(program))
        self._clients = Clients(program, self.resolver)

    def collect(self) -> None:
        """Go through all of it."""
        for unit in self.program.units.values():
            for node in unit.code:
                self._visit(unit, unit.name, node)

    def _visit(self, unit: Unit, owner: str, node: Node) -> None:
        """`owner` is who has done what is found here: the unit, or the field that keeps the function."""
        if isinstance(node, CallExpr):
            self._visit_call(unit, owner, node)
            return
        if isinstance(node, RefExpr):
            self._refer(unit, owner, node)
        for item in below(node):
            if not (isinstance(node, ClassPattern) and item is node.class_ref):
                self._visit(unit, owner, item)

    def _visit_all(self, unit: Unit, owner: str, nodes: list[Expression]) -> None:
        for node in nodes:
            self._visit(unit, owner, node)

    def _visit_call(self, unit: Unit, owner: str, call: CallExpr) -> None:
        names = self.resolver.named(call.callee)
        for name in names:
            self.calls.setdefault(name, []).append((unit, call))
        if _fullname(call) in TESTS_OF_CLASSES:
            self._visit_all(unit, owner, call.args[:1])
        elif self._asks(unit, owner, call, names):
            self._visit_all(unit, owner, [call.callee.expr] if isinstance(call.callee, MemberExpr) else [])
            self._visit_all(unit, owner, call.args)
        elif not self._works_on_file(unit, owner, call, names):
            self._visit_usual(unit, owner, call, names)

    def _visit_usual(self, unit: Unit, owner: str, call: CallExpr, names: list[str]) -> None:
        if _fullname(call) == "dataclasses.replace":
            self._keep_replaced(unit, call)
        made = next((self.program.classes[name] for name in names if name in self.program.classes), None)
        self._visit(unit, owner, call.callee)
        if made and "dataclass" in made.metadata:
            self._visit_fields(unit, owner, call, made)
        else:
            self._visit_all(unit, owner, call.args)

    def _works_on_file(self, unit: Unit, owner: str, call: CallExpr, names: list[str]) -> bool:
        """Tell whether a call is one of the store of files; then the key of its file goes with the reference."""
        methods = [name for name in names if name.startswith(FILES)]
        if not methods or unit.name.startswith((FILES, *WRITERS)):
            return False
        for name in methods:
            self._edge(owner, name, CodeLocation(unit.path, call.line), (unit, call.args[0]))
        assert isinstance(call.callee, MemberExpr)
        self._visit_all(unit, owner, [call.callee.expr, *call.args])
        return True

    def _keep_replaced(self, unit: Unit, call: CallExpr) -> None:
        for info in self.resolver.classes_of(call.args[0]):
            for name, value in zip(call.arg_names, call.args, strict=True):
                if name:
                    self.stores.setdefault(f"{info.fullname}.{name}", []).append((unit, value))

    def _asks(self, unit: Unit, owner: str, call: CallExpr, names: list[str]) -> bool:
        """Note what a call asks of AWS; whether it is one of those that ask."""
        place = CodeLocation(unit.path, call.line)
        try:
            asked = self._stored.asked(call, names)
            if asked is None:
                asked = self._clients.asked(call)
        except NotDerivable as problem:
            self.graph.problems.setdefault(owner, []).append(f"{place}: {problem}")
            return False
        for permission in asked or ():
            self.graph.effects.setdefault(owner, []).append(Effect(permission, place))
        return asked is not None

    def _refer(self, unit: Unit, owner: str, reference: RefExpr) -> None:
        place = CodeLocation(unit.path, reference.line)
        self._require_type(owner, reference, place)
        for name in self.resolver.named(reference):
            if name.startswith(PORTS) and (queue := name.rpartition(".")[2]) in self._queues:
                resource = self._queues[queue]
                self.graph.effects.setdefault(owner, []).append(Effect(("sqs:SendMessage", resource), place))
            elif name in self.program.classes:
                self._refer_class(owner, self.program.classes[name], place)
            elif name.startswith(WRITERS) and not unit.name.startswith(WRITERS):
                continue  # who makes a writer uses all of it
            elif not name.startswith(OPAQUE):
                self._edge(owner, name, place)

    def _require_type(self, owner: str, reference: RefExpr, place: CodeLocation) -> None:
        if isinstance(reference, MemberExpr) and self.resolver.is_lost(reference):
            reported = f"{place}: {reference.name} is asked of something without a type: give it one."
            self.graph.problems.setdefault(owner, []).append(reported)

    def _refer_class(self, owner: str, info: TypeInfo, place: CodeLocation) -> None:
        """Whoever makes an object has what Python calls of itself called, and all of some."""
        self._edge(owner, info.fullname, place)
        for base in info.mro:
            for name in base.names:
                if name.startswith("__") or info.fullname in WRITERS:
                    self._edge(owner, f"{base.fullname}.{name}", place)

    def _edge(self, owner: str, target: str, place: CodeLocation, key: tuple[Unit, Expression] | None = None) -> None:
        if target.startswith("chalicelib.") and target != owner:
            self.graph.edges.setdefault(owner, []).append(Edge(target, place, key))

    def _visit_fields(self, unit: Unit, owner: str, call: CallExpr, made: TypeInfo) -> None:
        """A function that is kept in a field is run by whoever uses the field, not by who keeps it there."""
        names = _parameters(made)
        for position, (name, value) in enumerate(zip(call.arg_names, call.args, strict=True)):
            field = name or (names[position] if position < len(names) else None)
            if field is None:
                self._visit(unit, owner, value)
                continue
            full = f"{made.fullname}.{field}"
            self.stores.setdefault(full, []).append((unit, value))
            kind = get_proper_type(self.program.types.get(value)) if value in self.program.types else None
            self._visit(unit, full if isinstance(kind, CallableType) and not kind.is_type_obj() else owner, value)


def _parameters(made: TypeInfo) -> list[str]:
    """Return the parameters of a dataclass's constructor."""
    symbol = made.names.get("__init__")
    kind = get_proper_type(symbol.type) if symbol and symbol.type else None
    return [name or "" for name in kind.arg_names[1:]] if isinstance(kind, CallableType) else []


def _fullname(call: CallExpr) -> str:
    return call.callee.fullname if isinstance(call.callee, NameExpr) else ""

"""Says what a name or attribute in the code may be: functions, classes, globals and fields, by their full names."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mypy.nodes import Decorator, FuncDef, MemberExpr, NameExpr, OverloadedFuncDef, TypeInfo, Var
from mypy.state import state
from mypy.subtypes import is_proper_subtype
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    LiteralType,
    Overloaded,
    TupleType,
    TypeType,
    TypeVarType,
    UnionType,
    get_proper_type,
)
from mypy.typevars import fill_typevars_with_any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.nodes import Expression, SymbolNode
    from mypy.types import ProperType, Type

    from infra.permissions.program import Program

PORTS = "chalicelib.domain.ports."
EVERY_FAMILY_HAS = "chalicelib.domain.kernel.clock.HasClock"
"""Every port is a protocol of its own; who holds some or all of them does not matter."""
DOMAIN = "chalicelib.domain."
LIBRARIES_HAVE_TOO = frozenset(("get", "read", "write", "send", "create", "end", "find", "size"))
"""Methods of ports that an untyped thing of a library may well have."""


class Resolver:
    """Resolves references in one program."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def named(self, expression: Expression) -> list[str]:
        """Return everything that a name or attribute may be; nothing for what is of a library, or local."""
        if isinstance(expression, NameExpr):
            return list(self._of_node(expression.node))
        if not isinstance(expression, MemberExpr):
            return []
        existing = list(self._of_node(expression.node))
        return existing or [
            name for info in self.classes_of(expression.expr) for name in self._members(info, expression.name)
        ]

    def is_defined(self, expression: MemberExpr) -> bool:
        """Tell whether an attribute is one of a module or class of the program, and not of an object."""
        return any(self._of_node(expression.node))

    def classes_of(self, expression: Expression) -> list[TypeInfo]:
        """Return the classes of which an expression's value may be, or which it may be itself."""
        found = self._program.types.get(expression)
        return list(classes(found)) if found is not None else []

    def is_lost(self, expression: MemberExpr) -> bool:
        """Tell whether something only ports have is asked of what has no type, so that nobody knows whose it is."""
        if expression.name not in self._only_ports_have or self.named(expression):
            return False
        return isinstance(get_proper_type(self._program.types.get(expression.expr)), AnyType)

    @cached_property
    def _only_ports_have(self) -> frozenset[str]:
        ports = [self._program.classes[name] for name, kinds in self.implementations.items() if kinds]
        of_domain = (port for port in ports if port.fullname.startswith(DOMAIN))
        families = (kind for kind in self._program.classes.values() if _holds_ports(kind))
        names = (name for item in (*of_domain, *families) for name in item.protocol_members)
        return frozenset(names) - LIBRARIES_HAVE_TOO

    def _of_node(self, node: SymbolNode | None) -> Iterator[str]:
        defined = isinstance(node, TypeInfo | FuncDef | Decorator | OverloadedFuncDef)
        if node and (defined or (isinstance(node, Var) and node.fullname in self._program.units)):
            yield node.fullname

    def _members(self, info: TypeInfo, name: str) -> Iterator[str]:
        kinds = [info, *self._below.get(info.fullname, ())]
        if info.is_protocol and not _holds_ports(info):
            kinds += self.implementations.get(info.fullname, [])
        seen = dict.fromkeys(found for kind in kinds if (found := member(kind, name)))
        yield from seen

    @cached_property
    def _below(self) -> dict[str, list[TypeInfo]]:
        below: dict[str, list[TypeInfo]] = {}
        for info in self._program.classes.values():
            for base in info.mro[1:]:
                below.setdefault(base.fullname, []).append(info)
        return below

    @cached_property
    def implementations(self) -> dict[str, list[TypeInfo]]:
        """The classes that can stand for each protocol."""
        kinds = list(self._program.classes.values())
        plain = [kind for kind in kinds if not kind.is_protocol and not kind.fallback_to_any]
        with state.strict_optional_set(True):
            return {
                protocol.fullname: [item for item in plain if _implements(item, protocol)]
                for protocol in kinds
                if protocol.is_protocol and not _holds_ports(protocol)
            }


def _holds_ports(kind: TypeInfo) -> bool:
    return kind.is_protocol and kind.has_base(EVERY_FAMILY_HAS)


def _implements(kind: TypeInfo, protocol: TypeInfo) -> bool:
    if any(kind.get(name) is None for name in protocol.protocol_members):
        return False
    return is_proper_subtype(fill_typevars_with_any(kind), fill_typevars_with_any(protocol))


def member(info: TypeInfo, name: str) -> str | None:
    """Return the full name of a class's own or inherited member."""
    base = next((base for base in info.mro if name in base.names), None)
    return f"{base.fullname}.{name}" if base else None


def classes(kind: Type) -> Iterator[TypeInfo]:
    """Yield the classes in a type: of an instance, of each of a union, of a class itself."""
    proper = get_proper_type(kind)
    if isinstance(proper, UnionType):
        for item in proper.items:
            yield from classes(item)
    elif isinstance(proper, TypeType):
        yield from classes(proper.item)
    elif isinstance(proper, TypeVarType):
        yield from classes(proper.upper_bound)
    elif (info := _class_of(proper)) is not None:
        yield info


def _class_of(kind: ProperType) -> TypeInfo | None:
    if isinstance(kind, CallableType | Overloaded):
        return kind.type_object() if kind.is_type_obj() else None
    if isinstance(kind, TupleType):
        return kind.partial_fallback.type
    instance = kind.fallback if isinstance(kind, LiteralType) else kind
    return instance.type if isinstance(instance, Instance) else None

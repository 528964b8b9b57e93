"""Reads the code as a typed program, by mypy: every function, class and global, and the type of every expression."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mypy import build
from mypy.find_sources import create_source_list
from mypy.nodes import (
    AssignmentStmt,
    ClassDef,
    Decorator,
    FuncDef,
    IfStmt,
    NameExpr,
    OverloadedFuncDef,
    TypeInfo,
)
from mypy.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mypy.nodes import Expression, MypyFile, Node, Statement
    from mypy.types import Type

PACKAGE = "chalicelib"


class NotDerivable(Exception):
    """Something in the code cannot be followed; it says where, and how to write it so that it can be."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A function, a global, or a class without its methods, with the code that runs when it is used."""

    name: str
    path: str
    """Of its file, from the root of the tree."""
    code: tuple[Node, ...]


@dataclass(slots=True)
class Program:
    """All of the package's code."""

    root: Path
    types: dict[Expression, Type]
    units: dict[str, Unit] = field(default_factory=dict)
    classes: dict[str, TypeInfo] = field(default_factory=dict)
    decorated: list[Decorator] = field(default_factory=list)

    def add_file(self, name: str, file: MypyFile) -> None:
        """Add what one module defines."""
        self._add(name, str(file.path), file.defs)

    def _add(self, scope: str, path: str, statements: Iterable[Statement]) -> None:
        for statement in statements:
            if isinstance(statement, ClassDef):
                self._add_class(statement, path)
            elif isinstance(statement, FuncDef | Decorator | OverloadedFuncDef):
                self._add_function(statement, path)
            elif isinstance(statement, AssignmentStmt):
                self._add_assignment(scope, path, statement)
            elif isinstance(statement, IfStmt):
                self._add(scope, path, [item for body in statement.body for item in body.body])

    def _add_class(self, definition: ClassDef, path: str) -> None:
        self.classes[definition.fullname] = definition.info
        body = definition.defs.body
        values = tuple(item.rvalue for item in body if isinstance(item, AssignmentStmt))
        self._put(definition.fullname, path, values)
        self._add(definition.fullname, path, [item for item in body if not isinstance(item, AssignmentStmt)])

    def _add_function(self, function: FuncDef | Decorator | OverloadedFuncDef, path: str) -> None:
        if isinstance(function, Decorator):
            self.decorated.append(function)
        self._put(function.fullname, path, (function,))

    def _add_assignment(self, scope: str, path: str, statement: AssignmentStmt) -> None:
        for target in statement.lvalues:
            if isinstance(target, NameExpr):
                self._put(f"{scope}.{target.name}", path, (statement.rvalue,))

    def _put(self, name: str, path: str, code: tuple[Node, ...]) -> None:
        relative = str(Path(path).resolve().relative_to(self.root))
        self.units[name] = Unit(name, relative, (*self.units[name].code, *code) if name in self.units else code)


def read(root: Path) -> Program:
    """Return the program below this folder; libraries are passed over, so that what comes of them has no type."""
    options = Options()
    options.python_version = sys.version_info[:2]
    options.incremental = False
    options.export_types = options.preserve_asts = True
    options.follow_imports = "skip"
    options.ignore_missing_imports = True
    built = build.build(create_source_list([str(root / PACKAGE)], options), options)
    program = Program(root.resolve(), built.types)
    for name, file in built.files.items():
        if name.partition(".")[0] == PACKAGE:
            program.add_file(name, file)
    return program

"""Finds the models of all tables, and the mappers."""

from __future__ import annotations

from importlib import import_module
from inspect import getmembers, isclass
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

    from pynamodb.models import Model

    from chalicelib.storage.dynamo.mapper import Mapper


def models() -> list[type[Model]]:
    """Return the models of all tables, whichever file they are in."""
    from pynamodb.models import Model

    return [
        kind
        for module in _stores()
        for _, kind in getmembers(module, isclass)
        if kind.__module__ == module.__name__ and issubclass(kind, Model)
    ]


def mappers() -> list[Mapper[Any]]:
    """Return how each kind of thing is stored."""
    from chalicelib.storage.dynamo.mapper import Mapper

    return [item for module in _stores() for item in vars(module).values() if isinstance(item, Mapper)]


def _stores() -> list[ModuleType]:
    from chalicelib.storage import stores

    return [import_module(f"{stores.__name__}.{item.name}") for item in iter_modules(stores.__path__)]

"""Finds the models of all tables."""

from __future__ import annotations

from importlib import import_module
from inspect import getmembers, isclass
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pynamodb.models import Model


def models() -> list[type[Model]]:
    """Return the models of all tables, whichever file they are in."""
    from pynamodb.models import Model

    from chalicelib.storage import stores

    modules = [import_module(f"{stores.__name__}.{item.name}") for item in iter_modules(stores.__path__)]
    return [
        kind
        for module in modules
        for _, kind in getmembers(module, isclass)
        if kind.__module__ == module.__name__ and issubclass(kind, Model)
    ]

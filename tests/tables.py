"""Every table that there is a model for, and all of them made on moto."""

from __future__ import annotations

from importlib import import_module
from inspect import getmembers, isclass
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from pynamodb.models import Model

from chalicelib.storage import stores

if TYPE_CHECKING:
    from chalicelib.bootstrap import Container


def every_table() -> list[type[Model]]:
    """The models, whichever file they are in."""
    modules = [import_module(f"{stores.__name__}.{iter_module.name}") for iter_module in iter_modules(stores.__path__)]
    found = [
        kind for module in modules for _, kind in getmembers(module, isclass) if kind.__module__ == module.__name__
    ]
    return [kind for kind in found if issubclass(kind, Model)]


def make_tables(container: Container) -> None:
    """Make them all under the container's prefix."""
    for table in every_table():
        container._connection.bind(table)
        table.create_table(billing_mode="PAY_PER_REQUEST")

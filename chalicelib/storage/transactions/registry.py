"""Finds how a thing is stored: its mapper stands in the file of `storage/stores` that is named as the thing's own.

A mapper is imported when the first thing of its kind is written: no function writes all of them.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from chalicelib.storage.dynamo.mapper import Mapper

INDEXED_BY = {"Account": "chalicelib.storage.stores.account_words.WORD"}
"""By the thing's type: the mapper of the rows by which it is searched, which `word_items` writes with it."""


def mapper_of(entity: object) -> Mapper[Any]:
    """Return the mapper of this thing."""
    entity_type: Any = type(entity)
    return mapper_of_type(entity_type)


@cache
def mapper_of_type(entity_type: Any) -> Mapper[Any]:
    """Return the mapper of things of this type."""
    name = entity_type.__module__.rpartition(".")[2]
    store = import_module(f"chalicelib.storage.stores.{name}")
    for item in vars(store).values():
        if isinstance(item, Mapper) and item.entity_type is entity_type:
            return item
    raise LookupError(f"storage/stores/{name}.py has no mapper of {entity_type.__name__}.")

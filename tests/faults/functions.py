"""The event functions by what sets them off, each as Lambda finds it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

Function = Callable[..., Any]


def _named(name: str) -> Callable[[], Function]:
    """A function that is looked up when it is called for, as its module has it after registration."""
    return lambda: getattr(import_module(f"chalicelib.jobs.{name}"), name)


ON_QUEUE = {
    "reports": _named("report_worker"),
    "imports": _named("import_worker"),
    "settlements": _named("settle_worker"),
    "deliveries": _named("delivery_worker"),
}
ON_SCHEDULE = {
    "sweeper": _named("sweeper"),
    "scheduled_reports": _named("scheduled_reports"),
    "nightly": _named("nightly"),
}

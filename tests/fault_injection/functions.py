"""The event functions by what sets them off, each as Lambda finds it; derived from what the application registers."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from app import app


@dataclass(frozen=True, slots=True)
class Job:
    """A registered event function."""

    name: str
    handler: str

    def __call__(self, event: dict[str, Any]) -> Any:
        """Invoke the function that its module has now, after registration."""
        module, _, name = self.handler.rpartition(".")
        return getattr(import_module(module), name)(event, None)


ON_QUEUE = {
    event_source.queue: Job(event_source.name, event_source.handler_string)
    for event_source in app.event_sources
    if hasattr(event_source, "queue")
}
ON_SCHEDULE = {
    event_source.name: Job(event_source.name, event_source.handler_string)
    for event_source in app.event_sources
    if hasattr(event_source, "schedule_expression")
}
JOBS = {event_source.name for event_source in app.event_sources}
"""Every registered event function, whatever sets it off."""

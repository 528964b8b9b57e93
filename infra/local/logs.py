"""Follows the functions' logs and prints what is new."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from infra.local.aws import client

if TYPE_CHECKING:
    from infra.local.settings import Place

PREFIX = "/aws/lambda/"
NOISE = ("START RequestId", "END RequestId", "REPORT RequestId")


class LogFollower:
    """Remembers what it has shown."""

    def __init__(self, place: Place) -> None:
        self._logs = client(place, "logs")
        self._since = int(time.time() * 1000)
        self._shown: set[str] = set()

    def new_lines(self) -> list[str]:
        """What was logged since the last time, in order, each line behind its function's name."""
        fresh = [event for group in self._groups() for event in self._events(group)]
        if fresh:
            self._since = max(event[0] for event in fresh)
        return [f"{name}  {text}" for _, name, text in sorted(fresh)]

    def _groups(self) -> list[str]:
        return [
            group["logGroupName"] for group in self._logs.describe_log_groups(logGroupNamePrefix=PREFIX)["logGroups"]
        ]

    def _events(self, group: str) -> list[tuple[int, str, str]]:
        events = self._logs.filter_log_events(logGroupName=group, startTime=self._since)["events"]
        fresh = [event for event in events if event["eventId"] not in self._shown]
        self._shown |= {event["eventId"] for event in fresh}
        name = group.removeprefix(PREFIX).split("-")[-2]
        return [
            (event["timestamp"], name, event["message"].rstrip())
            for event in fresh
            if not event["message"].startswith(NOISE)
        ]

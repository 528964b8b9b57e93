"""Follows the functions' logs and prints what is new."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from infra.local.aws import client

if TYPE_CHECKING:
    from infra.local.settings import StackConfig

PREFIX = "/aws/lambda/"
NOISE = ("START RequestId", "END RequestId", "REPORT RequestId")


class Line(NamedTuple):
    """One line of one function's log."""

    at: int
    function: str
    text: str


class LogFollower:
    """Remembers what it has shown."""

    def __init__(self, place: StackConfig, since: float | None = None) -> None:
        self._logs = client(place, "logs")
        self._since = int((time.time() if since is None else since) * 1000)
        self._shown: set[Line] = set()

    def new_lines(self) -> list[str]:
        """Return what was logged since the last time, in order, each line behind its function's name."""
        lines = [line for group in self._groups() for line in self._lines(group) if line not in self._shown]
        fresh = sorted(dict.fromkeys(lines), key=lambda line: line.at)
        if fresh:
            self._since = fresh[-1].at
            self._shown = {line for line in self._shown.union(fresh) if line.at == self._since}
        return [f"{line.function}  {line.text}" for line in fresh if not line.text.startswith(NOISE)]

    def _groups(self) -> list[str]:
        groups = self._logs.describe_log_groups(logGroupNamePrefix=PREFIX)["logGroups"]
        return [group["logGroupName"] for group in groups]

    def _lines(self, group: str) -> list[Line]:
        """Return the pattern of a function's log groups: the stack's name, the function's own, and a random end."""
        events = self._logs.filter_log_events(logGroupName=group, startTime=self._since)["events"]
        function = group.split("-")[-2]
        return [Line(event["timestamp"], function, event["message"].rstrip()) for event in events]

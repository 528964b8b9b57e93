"""Has items expire by the day that the stack lives on, where the emulator goes by the host's.

| rule | source |
|---|---|
| an item goes some time after its TTL, never before | DynamoDB Developer Guide, "Using time to live (TTL)" |
"""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, date, datetime
from typing import Any

REAPER = "dynamodb-ttl-reaper"
"""The name of the emulator's thread that deletes expired items."""


def install() -> None:
    """Give the emulator's module for DynamoDB a clock of its own, if the stack lives on a day of its own."""
    if day := os.environ.get("STACK_TODAY"):
        from ministack.services import dynamodb

        dynamodb.time = StackTime(date.fromisoformat(day))


class StackTime:
    """The module `time`, but for what the thread that deletes expired items takes for now."""

    def __init__(self, day: date) -> None:
        self._day = day

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)

    def time(self) -> float:
        """Return the seconds since 1970: on the stack's day for the thread that deletes, else as they are."""
        if threading.current_thread().name != REAPER:
            return time.time()
        return datetime.combine(self._day, datetime.now(UTC).timetz()).timestamp()

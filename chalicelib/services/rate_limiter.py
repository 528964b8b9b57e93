"""How fast a worker writes, and for how long."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TIME_BUDGET = 12 * 60
"""Seconds after which a worker leaves the rest to another message: a function is cut off after fifteen minutes."""


class RateLimiter:
    """Keeps to a rate, so that one partner's import leaves its partition room for everything else."""

    def __init__(
        self,
        rows_per_second: int,
        *,
        shift: float = TIME_BUDGET,
        tick: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate = rows_per_second
        self._tick = tick
        self.sleep = sleep
        self._began = tick()
        self._over = self._began + shift
        self._written = 0

    def wrote(self, rows: int) -> None:
        """Wait until so many more rows are in time; a rate of 0 knows no waiting."""
        self._written += rows
        if self._rate:
            early = self._began + self._written / self._rate - self._tick()
            self.sleep(max(early, 0))

    @property
    def expired(self) -> bool:
        """Whether the time budget is used up."""
        return self._tick() >= self._over

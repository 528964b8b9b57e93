"""Playing a seed: the same number gives the same course of things, ids and all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib import bootstrap, telemetry
from chalicelib.api.http import throttle
from chalicelib.domain.kernel import ids
from chalicelib.jobs import bulk_worker
from chalicelib.services.rate_limiter import RateLimiter
from tests.api_client import ApiClient
from tests.fakes import FakePorts
from tests.simulation.simulation import Simulation

EXPECTED = ("chalicelib.domain.kernel.errors.", "builtins.TimeoutError")
"""Failures that are meant to be: a refusal, too busy, or a mail server that did not answer."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a seed."""

    seed: int
    wrong: str
    """Empty if nothing is."""
    reported: tuple[str, ...]


class Log:
    """Where the product's log goes: of failures the unexpected ones are kept."""

    def __init__(self) -> None:
        self.crashes: list[str] = []

    def info(self, *_: Any, **__: Any) -> None:
        """What went well is not looked at."""

    def error(self, *_: Any, extra: dict[str, Any]) -> None:
        """Keep what nothing is meant to fail by."""
        if not _expected(extra):
            self.crashes.append(str(extra))


def _expected(reported: dict[str, Any]) -> bool:
    """Tell whether this failure is meant to be: of a sweep whose other steps were done, the one that failed."""
    error, cause = str(reported.get("error", "")), reported.get("cause")
    return error.startswith(EXPECTED) or (error.endswith(".StepsFailed") and bool(cause) and _expected(cause))


def play(seed: int, *, keep: bool = False) -> Outcome:
    """Play one seed to its end, or to where it breaks; what happened is told of a broken one, or to be kept."""
    with _bound(seed) as simulation:
        try:
            simulation.run()
        except AssertionError as broken:
            return Outcome(seed, str(broken) or repr(broken), tuple(simulation.reported))
        return Outcome(seed, "", tuple(simulation.reported) if keep else ())


@contextmanager
def _bound(seed: int) -> Iterator[Simulation]:
    """A simulation that the product finds its ports, its log and its chance in."""
    from app import app

    dice, ports, log = Random(seed), FakePorts(), Log()
    many = throttle.RateLimiters(throttle.Buckets(1e6, 10**6), throttle.Buckets(1e6, 10**6))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ids, "secrets", _chance(Random(seed + 1)))
        patch.setattr(bootstrap, "container", lambda: ports)
        patch.setattr(throttle, "rate_limiters", lambda: many)
        patch.setattr(telemetry, "logger", lambda: log)
        patch.setattr(bulk_worker, "RateLimiter", partial(RateLimiter, sleep=lambda _: None))
        for silent in ("count", "count_failure", "flush"):
            patch.setattr(telemetry, silent, lambda *_: None)
        yield Simulation(ports, dice, ApiClient(app), log.crashes)


def _chance(dice: Random) -> Any:
    def token(size: int) -> str:
        return f"{dice.getrandbits(8 * size):0{size * 4 // 3}x}"[: -(-size * 4 // 3)]

    return SimpleNamespace(randbits=dice.getrandbits, token_urlsafe=token)

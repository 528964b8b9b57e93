"""The world that workflows are played in, one for each process; the counts of all processes are the last line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from tests.access.derived import not_derived
from tests.fault_injection.cases import COUNTS, CaseCounts
from tests.fault_injection.permissions import recorded
from tests.fault_injection.world import World, world

KEY = "fault_injection"
TOTAL = CaseCounts()


@pytest.fixture(scope="module")
def product() -> Iterator[World]:
    """Yield the world; whatever was done in it, recovery included, must be in the functions' policies."""
    with recorded() as recorder, world() as made:
        yield made
    assert not_derived(recorder.used) == []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand this process's counts to the one that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[KEY] = asdict(COUNTS)
    else:
        TOTAL.add(COUNTS)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add the counts of a process that has ended."""
    TOTAL.add(CaseCounts(**getattr(node, "workeroutput", {}).get(KEY, {})))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Print the counts of all processes."""
    if TOTAL.cases and not hasattr(config, "workeroutput"):
        sys.stdout.write(f"{TOTAL}\n")

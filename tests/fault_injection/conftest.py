"""One case for each call of each workflow and each fault; the tally is the last line."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.access.recorder import Recorder
from tests.fault_injection.cases import TALLY, cases, sampled
from tests.fault_injection.permissions import recorded
from tests.fault_injection.world import World, world


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        marks = {True: (), False: (pytest.mark.long,)}
        made = [pytest.param(case, id=case.name, marks=marks[sampled(case)]) for case in cases()]
        metafunc.parametrize("case", made)


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with recorded() as made:
        yield made


@pytest.fixture(scope="module")
def product(recorder: Recorder) -> Iterator[World]:
    with world() as made:
        yield made


def pytest_unconfigure() -> None:
    if TALLY.cases:
        sys.stdout.write(f"{TALLY}\n")

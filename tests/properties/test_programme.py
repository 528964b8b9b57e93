"""Random sequences of all that can happen keep the twenty invariants: some by day, two thousand in the long run."""

from __future__ import annotations

import logging

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.properties.artefacts import ArtefactMachine

STEPS = 30


def run(sequences: int) -> None:
    chosen = settings(
        max_examples=sequences,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    logging.disable(logging.CRITICAL)
    try:
        run_state_machine_as_test(ArtefactMachine, settings=chosen)
    finally:
        logging.disable(logging.NOTSET)


@pytest.mark.slow
def test_a_hundred_sequences_keep_all_invariants() -> None:
    run(100)


@pytest.mark.long
def test_two_thousand_sequences_keep_all_invariants() -> None:
    run(2_000)

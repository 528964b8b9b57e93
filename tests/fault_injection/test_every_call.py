"""Every AWS call of every workflow goes wrong in every way, one at a time: in the end it is as if nothing had happened.

One case alone: `pytest 'tests/fault_injection/test_every_call.py' -k activate-3-TransactWriteItems-answer_lost`.
"""

from __future__ import annotations

import pytest

from infra.openapi.document import operations
from tests.access.derived import not_derived
from tests.access.recorder import Recorder
from tests.fault_injection.cases import TALLY, WRITING, Case, courses, play
from tests.fault_injection.every_workflow import WORKFLOWS
from tests.fault_injection.findings import Findings, findings
from tests.fault_injection.functions import JOBS
from tests.fault_injection.world import World


def test_in_the_end_it_is_as_if_nothing_had_gone_wrong(product: World, case: Case) -> None:
    TALLY.cases += 1
    play(product, case.workflow, case.fault, case.number)
    TALLY.fired += product.wire.fired
    found = findings(product, case, courses()[case.workflow])
    TALLY.wrong.update(found.kinds)
    assert product.wire.calls[case.number - 1] == case.call
    assert product.wire.fired
    if found != Findings():
        pytest.fail(str(found), pytrace=False)


def test_there_are_enough_cases_and_every_workflow_writes() -> None:
    assert sum(len(call.faults) for course in courses().values() for call in course.calls) >= 500
    assert all(any(call.operation in WRITING for call in courses()[name].calls) for name in WORKFLOWS)


READING = {
    "look_up_invitation": "it is a POST so that the token stands in no address",
    "look_at_download": "HEAD",
}
"""Operations that change nothing although their method is not GET."""


def test_every_operation_that_writes_has_a_workflow(product: World) -> None:
    from app import app

    played = {name for course in courses().values() for name in course.operations}
    writing = {
        operation.name for operation in operations(app.routes) if operation.method not in ("GET", "HEAD")
    } - READING.keys()
    assert len(writing) >= 50
    assert sorted(writing - played) == []


def test_every_job_has_a_workflow() -> None:
    assert len(JOBS) >= 8
    assert sorted(JOBS - {name for course in courses().values() for name in course.jobs}) == []


def test_nothing_is_done_that_is_not_derived(product: World, recorder: Recorder) -> None:
    """After all the cases that were chosen: what a recovery asks for is in the policies too."""
    assert product.cloud
    assert not_derived(recorder.used) == []

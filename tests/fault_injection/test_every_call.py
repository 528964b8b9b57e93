"""Every AWS call of every workflow goes wrong in every way, one at a time: in the end it is as if nothing had happened.

Some cases alone: `make fault-injection CASE=activate-3-TransactWriteItems-answer_lost`, or `CASE=activate`.
"""

from __future__ import annotations

import os

import pytest

from infra.openapi.document import operations
from tests.fault_injection.cases import COUNTS, WRITING, Case, CaseCounts, baseline, cases, play, sampled
from tests.fault_injection.every_workflow import WORKFLOWS
from tests.fault_injection.findings import Findings, findings
from tests.fault_injection.functions import JOBS
from tests.fault_injection.world import World

CASE = os.environ.get("CASE", "")
"""What the names of the cases to be played begin with."""


def played(product: World, case: Case) -> str:
    """Return what is wrong after this case; nothing if all is well."""
    play(product, case.workflow, case.fault, case.number)
    found = findings(product, case, baseline(product, case.workflow))
    COUNTS.add(CaseCounts(1, product.wire.fired, dict.fromkeys(found.kinds, 1)))
    if product.wire.calls[case.number - 1] != case.call or not product.wire.fired:
        return f"{case.name}: the fault did not fire"
    return f"{case.name}: {found}" if found != Findings() else ""


@pytest.mark.slow
@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_after_a_fault_in_its_last_write_it_is_as_if_nothing_had_gone_wrong(product: World, workflow: str) -> None:
    assert [wrong for case in sampled(product, workflow) if (wrong := played(product, case))] == []


@pytest.mark.long
@pytest.mark.parametrize("workflow", [name for name in WORKFLOWS if name.startswith(CASE) or CASE.startswith(name)])
def test_after_a_fault_in_any_call_it_is_as_if_nothing_had_gone_wrong(product: World, workflow: str) -> None:
    chosen = [case for case in cases(product, workflow) if case.name.startswith(CASE)]
    assert [wrong for case in chosen if (wrong := played(product, case))] == []


@pytest.mark.slow
def test_there_are_enough_cases_and_every_workflow_writes(product: World) -> None:
    assert sum(len(cases(product, name)) for name in WORKFLOWS) >= 500
    calls = {name: {call.operation for call in baseline(product, name).calls} for name in WORKFLOWS}
    assert [name for name in WORKFLOWS if calls[name].isdisjoint(WRITING)] == []


READING = {
    "look_up_invitation": "it is a POST so that the token stands in no address",
    "look_at_download": "HEAD",
}
"""Operations that change nothing although their method is not GET."""


@pytest.mark.slow
def test_every_operation_that_writes_has_a_workflow(product: World) -> None:
    from app import app

    done = {operation for name in WORKFLOWS for operation in baseline(product, name).operations}
    writing = {
        operation.name for operation in operations(app.routes) if operation.method not in ("GET", "HEAD")
    } - READING.keys()
    assert len(writing) >= 50
    assert sorted(writing - done) == []


@pytest.mark.slow
def test_every_job_has_a_workflow(product: World) -> None:
    assert len(JOBS) >= 8
    assert sorted(JOBS - {job for name in WORKFLOWS for job in baseline(product, name).jobs}) == []

"""Every case there is: a workflow, one of its calls, and what becomes of that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from tests.fault_injection.every_workflow import WORKFLOWS
from tests.fault_injection.final_state import Lines, answer, remains
from tests.fault_injection.wire import Call, Fault
from tests.fault_injection.world import world as a_world

if TYPE_CHECKING:
    from tests.fault_injection.world import World

SAMPLED = (Fault.ANSWER_LOST, Fault.KILLED)
WRITING = ("TransactWriteItems", "UpdateItem", "AdminCreateUser")


@dataclass(frozen=True, slots=True)
class Case:
    """One call of a workflow going wrong."""

    workflow: str
    number: int
    call: Call
    fault: Fault

    @property
    def name(self) -> str:
        """Such as `activate-3-TransactWriteItems-answer_lost`."""
        return f"{self.workflow}-{self.number}-{self.call.operation}-{self.fault}"


@dataclass(frozen=True, slots=True)
class Baseline:
    """How a workflow goes where nothing goes wrong."""

    calls: tuple[Call, ...]
    remains: Lines
    answers: tuple[tuple[int, str], ...]
    operations: frozenset[str] = frozenset()
    """The operations that were asked for and did what they were asked for."""
    jobs: frozenset[str] = frozenset()
    """The event functions that had a part in it, outside of what lets everything come to rest."""


@dataclass(slots=True)
class ImportCounts:
    """What was seen over all cases."""

    cases: int = 0
    fired: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        lost, doubled, stuck = (self.wrong[name] for name in ("lost", "doubled", "stuck"))
        return f"{self.cases} cases, {self.fired} faults fired, {lost} lost, {doubled} doubled, {stuck} stuck"


TALLY = ImportCounts()


@cache
def courses() -> dict[str, Baseline]:
    """Every workflow without a fault, its calls numbered."""
    with a_world() as world:
        return {name: _course(world, name) for name in WORKFLOWS}


def _course(world: World, name: str) -> Baseline:
    play(world, name)
    answers = tuple((item.reply.status, answer(item, item.reply.text)) for item in world.asked)
    succeeded = [item for item in world.asked if item.reply.status < 400]
    names = frozenset(item.caller.operation(item.method, item.path) for item in succeeded)
    return Baseline(tuple(world.wire.calls), remains(world), answers, names, frozenset(world.jobs))


def play(world: World, name: str, fault: Fault | None = None, at: int = 0) -> None:
    """Let the workflow happen, one of its calls going wrong, and everything come to rest."""
    workflow = WORKFLOWS[name]
    world.begin()
    workflow.before(world)
    world.wire.begin(fault, at)
    workflow.act(world)
    world.wire.end()
    world.come_to_rest()
    workflow.after(world)
    world.come_to_rest()


def cases() -> list[Case]:
    """All of them."""
    return [
        Case(name, number, call, fault)
        for name, course in courses().items()
        for number, call in enumerate(course.calls, 1)
        for fault in call.faults
    ]


def sampled(case: Case) -> bool:
    """Whether every run of the tests has it: of each workflow the last write, its answer lost or its process killed.

    The two take turns from workflow to workflow; `make fault-injection` has both of them, and all the others.
    """
    writes = [n for n, call in enumerate(courses()[case.workflow].calls, 1) if call.operation in WRITING]
    turn = list(WORKFLOWS).index(case.workflow) % len(SAMPLED)
    return case.fault is SAMPLED[turn] and bool(writes) and case.number == writes[-1]

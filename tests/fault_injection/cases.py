"""Every case there is: a workflow, one of its calls, and what becomes of that."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from tests.fault_injection.every_workflow import WORKFLOWS
from tests.fault_injection.final_state import Lines, answer, remains
from tests.fault_injection.wire import Call, Fault

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
class CaseCounts:
    """What was seen over all cases."""

    cases: int = 0
    fired: int = 0
    wrong: dict[str, int] = field(default_factory=dict)

    def add(self, more: CaseCounts) -> None:
        """Add what another process has seen."""
        self.cases += more.cases
        self.fired += more.fired
        for kind, number in more.wrong.items():
            self.wrong[kind] = self.wrong.get(kind, 0) + number

    def __str__(self) -> str:
        lost, doubled, stuck = (self.wrong.get(name, 0) for name in ("lost", "doubled", "stuck"))
        return f"{self.cases} cases, {self.fired} faults fired, {lost} lost, {doubled} doubled, {stuck} stuck"


COUNTS = CaseCounts()


@cache
def baseline(world: World, name: str) -> Baseline:
    """Play a workflow without a fault, its calls numbered."""
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


def cases(world: World, name: str) -> list[Case]:
    """Return every case of a workflow."""
    calls = baseline(world, name).calls
    return [Case(name, number, call, fault) for number, call in enumerate(calls, 1) for fault in call.faults]


def sampled(world: World, name: str) -> list[Case]:
    """Return what every run of the tests has: the workflow's last write, its answer lost or its process killed.

    The two take turns from workflow to workflow; `make fault-injection` has both of them, and all the others.
    """
    every = cases(world, name)
    last = max((case.number for case in every if case.call.operation in WRITING), default=0)
    turn = SAMPLED[list(WORKFLOWS).index(name) % len(SAMPLED)]
    return [case for case in every if case.number == last and case.fault is turn]

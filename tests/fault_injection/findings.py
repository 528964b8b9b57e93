"""What is not as it would be if nothing had gone wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from tests.fault_injection.final_state import answer, remains

if TYPE_CHECKING:
    from tests.api_client import Reply
    from tests.fault_injection.cases import Baseline, Case
    from tests.fault_injection.world import SentRequest, World

ASKED_FOR_ANEW = "'sign_in_link.issued'"
"""A link asked for again replaces the first, and each asking is audited; so is none of the product's doubling."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Nothing, if all is well."""

    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    """Answers that are not what they are without a fault, or that are others when asked for again."""

    def __str__(self) -> str:
        return "\n".join(f"{field.name}: {line}" for field in fields(self) for line in getattr(self, field.name))

    @property
    def kinds(self) -> list[str]:
        """Which there are."""
        return [field.name for field in fields(self) if getattr(self, field.name)]


def findings(world: World, case: Case, course: Baseline) -> Findings:
    """Compare the world with the faultless course of things."""
    existing = remains(world)
    flagged = sum(item.get("status") == "unsure" for table, item in world.cloud.items() if table == "deliveries")
    answers = [(item.reply.status, answer(item, item.reply.text)) for item in world.asked]
    return Findings(
        lost=tuple(_unflagged((course.remains - existing).elements(), flagged)),
        doubled=tuple(line for line in (existing - course.remains).elements() if ASKED_FOR_ANEW not in line),
        stuck=(*(f"dead: {item.queue} {item.body}" for item in world.dead), *world.open_work()),
        answers=(*_other(answers, course), *_unsteady(world)),
    )


def _unflagged(lost: Iterable[str], flagged: int) -> Iterator[str]:
    """What is lost, but for mails of which somebody is told that they may not have been sent."""
    for line in lost:
        if flagged and line.startswith("mail: "):
            flagged -= 1
        else:
            yield line


def _other(answers: list[tuple[int, str]], course: Baseline) -> list[str]:
    return [f"{got} for {due}" for got, due in zip(answers, course.answers, strict=True) if got != due]


RENEWAL = "/sessions/renewal"
"""Its cookie is spent by the next one, and its session over after a while: asked again it has another answer."""


def _unsteady(world: World) -> list[str]:
    return [
        f"{asked.method} {asked.path} again: {again.status} {again.text}"
        for asked in world.asked
        if asked.path != RENEWAL
        and _told(asked, again := asked.caller.call(asked.method, asked.path, asked.body)) != _told(asked, asked.reply)
    ]


UPLOAD_FORM = re.compile(r'"upload":(\{.*?\}\}|null)')
"""An upload form is given again as long as the import is not started; then there is none."""


def _told(asked: SentRequest, reply: Reply) -> tuple[int, str]:
    return reply.status, UPLOAD_FORM.sub('"upload":"as its state allows"', answer(asked, reply.text))

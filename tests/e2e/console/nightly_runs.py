"""Nights that have been: one of each standing, as the nightly run and its workers leave them in their table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tests.e2e.stack import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.stack import EmbeddedStack

TABLE = "partnerbook-local-nightly-runs"
PARTNERS = ("prt_harbour", "prt_quiet", "prt_willow")


@dataclass(frozen=True)
class Night:
    """One night over the partners: how many days ago, how long, and what it left undone."""

    ago: int
    seconds: int | None = 74
    """None where its end has not been seen."""
    done: int = len(PARTNERS)
    failures: int = 0

    @property
    def began(self) -> datetime:
        """Ten past midnight of its day."""
        day = datetime.fromisoformat(TODAY).date() - timedelta(days=self.ago)
        return datetime.combine(day, time(0, 10), UTC)

    def items(self) -> Iterator[dict[str, Any]]:
        """The run itself, and each partner's night."""
        run = {"partner_id": {"S": "-"}, "started_at": _instant(self.began), "partners": {"N": str(len(PARTNERS))}}
        ended = {} if self.seconds is None else {"finished_at": _instant(self.began + timedelta(seconds=self.seconds))}
        yield self._of_the_night({**run, **ended})
        for place, partner_id in enumerate(PARTNERS):
            numbers = {"settled": 40 + place, "bonuses": place, "failures": 0 if place else self.failures}
            done = {"done_at": _instant(self.began + timedelta(seconds=20))} if place < self.done else {}
            counted = {name: {"N": str(number)} for name, number in numbers.items()}
            yield self._of_the_night({"partner_id": {"S": partner_id}, **counted, **done})

    def _of_the_night(self, item: dict[str, Any]) -> dict[str, Any]:
        return {"date": {"S": self.began.date().isoformat()}, **item}


def _instant(at: datetime) -> dict[str, str]:
    return {"S": at.isoformat(timespec="microseconds")}


NIGHTS = (Night(0), Night(1, failures=2), Night(3, seconds=None, done=2), Night(4, seconds=5400), Night(5), Night(9))


def let_pass(stack: EmbeddedStack) -> None:
    """Leave what these nights left, also where they have been left before."""
    tables = stack.aws("dynamodb")
    for night in NIGHTS:
        for item in night.items():
            tables.put_item(TableName=TABLE, Item=item)

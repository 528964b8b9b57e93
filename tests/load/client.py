"""One client: reads and writes at random, one after the other, until it is told to stop."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.local.api import Answer, Api
    from tests.load.figures import Figures

COMING = 40.0
"""Seconds in which all clients have come: each new one makes the emulator start processes."""
THINKING = 4.0
"""Seconds, as a mean: about what two cores can serve of fifty clients, the emulator being on them too."""
PAID = ("lite", "standard", "premium")
WEIGHTS = {"list": 20, "account": 20, "summary": 10, "runs": 10, "create": 15, "plan": 10, "add_on": 9, "report": 6}


@dataclass
class Client:
    """Asks, notes how it went, and remembers what it was promised."""

    api: Api
    name: str
    figures: Figures
    dice: Random
    created: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    """Report runs that were accepted: each must end."""

    def work(self, until: float) -> None:
        """Until then; the clients come one after the other, and a person thinks between two requests."""
        kinds = list(WEIGHTS)
        time.sleep(self.dice.uniform(0, COMING))
        while time.monotonic() < until:
            time.sleep(self.dice.uniform(0, 2 * THINKING))
            kind = self.dice.choices(kinds, list(WEIGHTS.values()))[0]
            self._timed(kind, getattr(self, f"_{kind}"))

    def _timed(self, kind: str, ask: Callable[[], Answer | None]) -> None:
        began = time.monotonic()
        try:
            answer = ask()
        except OSError:
            answer = None
        self.figures.note(kind, answer, time.monotonic() - began)

    def _list(self) -> Answer:
        return self.api.get(f"/accounts?limit=20&status={self.dice.choice('OTEC')}")

    def _account(self) -> Answer:
        return self.api.get(f"/accounts/{self.dice.choice(self.created)}") if self.created else self._list()

    def _summary(self) -> Answer:
        return self.api.get("/summary")

    def _runs(self) -> Answer:
        return self.api.get("/reports?limit=10")

    def _create(self) -> Answer:
        username = f"{self.name}-{len(self.created)}-{self.dice.randrange(10**6)}"
        owner = {"email": f"{username}@example.com"}
        plan = self.dice.choice(("trial", *PAID))
        body: dict[str, Any] = {"username": username, "organization": username, "owner": owner, "plan": plan}
        answer = self.api.post("/accounts", body)
        if answer.status == 201:
            self.created.append(answer.json()["account_id"])
        return answer

    def _plan(self) -> Answer:
        if not self.created:
            return self._create()
        return self.api.put(f"/accounts/{self.dice.choice(self.created)}/plan", {"plan": self.dice.choice(PAID)})

    def _add_on(self) -> Answer:
        if not self.created:
            return self._create()
        path = f"/accounts/{self.dice.choice(self.created)}/add-ons/{self.dice.choice(('sms', 'seo'))}"
        return self.api.put(path) if self.dice.random() < 0.6 else self.api.delete(path)

    def _report(self) -> Answer:
        answer = self.api.post("/reports", {"report": "all-accounts-summary", "formats": ["csv"]})
        if answer.status == 202:
            self.runs.append(answer.json()["report_run_id"])
        return answer

"""The first start of a demonstration: three partners' books, and a desk on which everything has happened.

What is done is kept in the emulator, saved with its data, so that a start that was interrupted goes on, and a later one
changes nothing: the days move with the first start, once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from infra.local import sample
from infra.local.api import Api, PatientApi, must
from infra.local.aws import client
from infra.local.demonstration import desk, portfolio, sms
from infra.local.demonstration.desk import Desk
from infra.local.nightly import invoke_scheduled, wait_for_quiet
from infra.local.sign_ins import QUIET_STREET, access_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.local.settings import StackConfig
    from infra.local.stack_info import RunningStack

PROGRESS = "/partnerbook-local/demonstration"
"""The parameter in the emulator that has the first start's day and what is done."""
LAST = "night"
"""The step after which nothing is left."""
SMALL_PARTNER = "Maple & Main Marketing"
BOOKS = {"quiet street": 400, "maple and main": 12}
"""Accounts of the other partners."""
STEPS: tuple[Callable[[Desk], None], ...] = (*desk.STEPS[:2], sms.registrations, *desk.STEPS[2:])


@dataclass
class Progress:
    """What the first start has done so far."""

    place: StackConfig
    day: date
    done: tuple[str, ...] = ()

    @classmethod
    def read(cls, place: StackConfig) -> Progress:
        """Return what an earlier start did; on the first one nothing, and its day is today."""
        parameters = client(place, "ssm")
        try:
            kept = json.loads(parameters.get_parameter(Name=PROGRESS)["Parameter"]["Value"])
        except parameters.exceptions.ParameterNotFound:
            today = date.fromisoformat(place.today) if place.today else datetime.now(UTC).date()
            progress = cls(place, today)
            progress.keep()
            return progress
        return cls(place, date.fromisoformat(kept["day"]), tuple(kept["done"]))

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to do."""
        return LAST in self.done

    def keep(self) -> None:
        """Write it into the emulator."""
        kept = json.dumps({"day": self.day.isoformat(), "done": self.done})
        client(self.place, "ssm").put_parameter(Name=PROGRESS, Value=kept, Type="String", Overwrite=True)

    def once(self, name: str, step: Callable[[], object]) -> None:
        """Do a step unless it is done."""
        if name not in self.done:
            step()
            self.done = (*self.done, name)
            self.keep()


def load(place: StackConfig, stack: RunningStack, say: Callable[[str], None]) -> None:
    """Bring in what is not there yet, and tell how far it is."""
    progress = Progress.read(place)
    if progress.is_complete:
        return
    operator = _api(place, stack, "operator", stack.partner_id)
    for_others = replace(operator, headers={"Partner-Id": QUIET_STREET})
    rows = portfolio.living(portfolio.source(), progress.day)
    say("Importing the sample portfolio …")
    progress.once("portfolio", lambda: _portfolio(place, operator, rows, say))
    say("Filling the desk …")
    progress.once("quiet street", lambda: _bring_in(for_others, rows, BOOKS["quiet street"], "qs"))
    progress.once("maple and main", lambda: _small_partner(operator, rows))
    filled = Desk(
        admin=_api(place, stack, "partner_admin"),
        operator=operator,
        platform=_api(place, stack, "platform", stack.partner_id),
        today=progress.day,
        other_partner_id=QUIET_STREET,
        other_operator=for_others,
    )
    for step in STEPS:
        progress.once(step.__name__, lambda step=step: step(filled))  # type: ignore[misc]
    progress.once(LAST, lambda: _night(place))


def _portfolio(place: StackConfig, operator: Api, rows: list[portfolio.Row], say: Callable[[str], None]) -> None:
    imported = sample.load_portfolio(
        operator, portfolio.as_csv(rows), recover=lambda: invoke_scheduled(place, "Sweeper")
    )
    if imported:
        say(sample.in_words(imported))


def _api(place: StackConfig, stack: RunningStack, role: str, partner_id: str | None = None) -> Api:
    user = stack.user(role)
    token = access_token(place, stack.user_pool_client_id, user.username, user.password)
    return PatientApi(stack.api_url, token, {"Partner-Id": partner_id} if partner_id else {})


def _bring_in(operator: Api, rows: list[portfolio.Row], number: int, prefix: str) -> None:
    sample.bring_in(operator, portfolio.as_csv(portfolio.smaller_book(rows, number, prefix)))


def _small_partner(operator: Api, rows: list[portfolio.Row]) -> None:
    partners: list[dict[str, Any]] = must(operator.get("/partners"))["items"]
    named = [partner for partner in partners if partner["name"] == SMALL_PARTNER]
    partner = named[0] if named else must(operator.post("/partners", {"name": SMALL_PARTNER}))
    _bring_in(replace(operator, headers={"Partner-Id": partner["partner_id"]}), rows, BOOKS["maple and main"], "mm")


def _night(place: StackConfig) -> None:
    invoke_scheduled(place, "Nightly")
    wait_for_quiet(place)

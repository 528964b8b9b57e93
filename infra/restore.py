"""`make restore`: puts a stage's tables back to a second, under new names, and switches the stage to them and back.

    make restore STAGE=prod AT=2026-11-05T09:30:00Z      restores and verifies; the stage goes on with its own tables
    make restore STAGE=prod SWITCH=20261105t093000z-     lets the stage use the restored set
    make restore STAGE=prod SWITCH=own                   lets it use its stack's own tables again

Nothing is ever deleted: each set stays until somebody deletes it by hand (decision 19).
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from infra import account, restored_tables, table_set, table_switch
from infra.stack import Stack, StackFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infra.account import Account

PAUSE = 15.0


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage whose tables are restored."""

    on: Account
    stack: Stack
    name: str
    tables: dict[str, str]
    """The stack's tables: their names behind the prefix, by logical id. Never found by prefix."""
    template: dict[str, Any]

    def names(self, chosen: str) -> dict[str, str]:
        """Return the physical names of a set, by logical id."""
        return {key: table_set.physical(self.name, chosen, short) for key, short in self.tables.items()}


def find(on: Account, name: str, pause: float = PAUSE) -> Stage:
    """Find a stage and its tables by its stack."""
    stack = Stack(on.client("cloudformation"), f"partnerbook-{name}", pause)
    if not stack.exists():
        raise SystemExit(f"There is no stack {stack.name} in {on.region}. Set STAGE to a stage that is deployed.")
    prefix = table_set.physical(name, "", "")
    tables = {key: table.removeprefix(prefix) for key, table in stack.resources(table_set.TABLE).items()}
    template = stack.client.get_template(StackName=stack.name, TemplateStage="Processed")["TemplateBody"]
    return Stage(on, stack, name, tables, template)


def restore(stage: Stage, at: datetime) -> str:
    """Restore all tables to one second and prepare them; the set's name. The stage itself is not touched."""
    dynamodb, chosen = stage.on.client("dynamodb"), set_name(at)
    live = stage.names(stage.stack.parameter(table_set.PARAMETER))
    pairs = [(live[key], target) for key, target in stage.names(chosen).items()]
    if refused := restored_tables.refusals(dynamodb, [source for source, _ in pairs], at):
        raise SystemExit("Nothing was restored.\n" + "\n".join(f"- {sentence}" for sentence in refused))
    sys.stdout.write(f"Restoring {len(pairs)} tables to {at.isoformat()}. This takes minutes to hours.\n")
    restored_tables.restore(dynamodb, pairs, at, stage.stack.pause)
    for source, target in pairs:
        restored_tables.guard(dynamodb, source, target, stage.stack.pause)
        sys.stdout.write(f"{target}: {restored_tables.compared(dynamodb, source, target)}\n")
    return chosen


def switch(stage: Stage, chosen: str) -> None:
    """Let the stage use a set, if every table of it is ready."""
    problems = list(table_set.missing(stage.on.client("dynamodb"), stage.template, stage.name, chosen))
    problems = problems or restored_tables.unready(stage.on.client("dynamodb"), list(stage.names(chosen).values()))
    if problems:
        raise SystemExit("Nothing was switched.\n" + "\n".join(f"- {sentence}" for sentence in problems))
    table_switch.switch(stage.on, stage.stack, chosen)


def set_name(at: datetime) -> str:
    """Name the set after its second."""
    return at.astimezone(UTC).strftime("%Y%m%dt%H%M%Sz-")


def parsed(text: str, now: datetime) -> datetime:
    """Read AT; exits with a sentence if it is no second in the past."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise SystemExit(f"AT={text} is not a time. Write it as AT=2026-11-05T09:30:00Z.") from None
    if at.tzinfo is None:
        raise SystemExit(f"AT={text} has no time zone. Write it as AT={text}Z for UTC.")
    if at >= now:
        raise SystemExit(f"AT={text} is in the future. Choose a second of the last 35 days.")
    return at.replace(microsecond=0)


def main(environment: Mapping[str, str], now: datetime, on: Account, pause: float = PAUSE) -> None:
    """Do what the environment asks for."""
    name, at, chosen = (environment.get(key, "") for key in ("STAGE", "AT", "SWITCH"))
    if not name or bool(at) == bool(chosen):
        raise SystemExit(
            "Set STAGE and either AT or SWITCH, for example make restore STAGE=prod AT=2026-11-05T09:30:00Z."
        )
    second = parsed(at, now) if at else now
    stage = find(on, name, pause)
    if chosen:
        switch(stage, table_set.named(chosen))
        sys.stdout.write(f"The stage {name} uses the table set: {chosen}.\n")
        return
    made = restore(stage, second)
    sys.stdout.write(
        f"Restored the set {made}. Nothing is switched. Check it: make check-data STAGE={name} TABLE_SET={made}\n"
        f"Switch: make restore STAGE={name} SWITCH={made}\n"
        f"Back:   make restore STAGE={name} SWITCH={stage.stack.parameter(table_set.PARAMETER) or table_set.OWN}\n"
    )


if __name__ == "__main__":
    try:
        main(os.environ, datetime.now(UTC), account.current(account.aws_session()))
    except StackFailed as error:
        raise SystemExit(str(error)) from error

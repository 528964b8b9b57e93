"""Checks the stage: its name, its neighbors in the account, the state of its stack, the tables it is to use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infra import table_set
from infra.stack_repair import repairable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.preflight.deployment import Deployment

PREFIX = "partnerbook-"


def name_is_valid(deployment: Deployment) -> Iterator[str]:
    """Require a name that tables, queues and roles can bear."""
    pattern = deployment.template["Parameters"]["Stage"]["AllowedPattern"]
    if not re.fullmatch(pattern, deployment.stage) or deployment.stage.endswith("-"):
        yield (
            f"STAGE={deployment.stage} is not a stage's name: 1 to 16 of a-z, 0-9 and -, a letter first, such as prod."
        )
    if deployment.stage == "local":
        yield "STAGE=local is the embedded stack's own name. Choose another, such as dev."


def no_stage_is_a_prefix_of_another(deployment: Deployment) -> Iterator[str]:
    """Refuse `prod` beside `prod-eu` in one region: a role's log groups, found by prefix, would be the other's too."""
    for other in _stages(deployment):
        if other.startswith(f"{deployment.stage}-") or deployment.stage.startswith(f"{other}-"):
            yield (
                f"STAGE={deployment.stage} cannot stand beside the stage {other} in "
                f"{deployment.account.region}: one name "
                "begins with the other. Choose a name such as "
                f"{deployment.stage.replace('-', '')}."
            )


def _stages(deployment: Deployment) -> list[str]:
    pages = deployment.stack.client.get_paginator("describe_stacks").paginate()
    names = [stack["StackName"] for page in pages for stack in page["Stacks"]]
    return [name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)]


def stack_can_be_deployed(deployment: Deployment) -> Iterator[str]:
    """Refuse a stack in a state that neither a deployment nor a repair leaves."""
    if reason := repairable(deployment.stack.status()):
        yield f"{deployment.stack.name} {reason}"


def tables_of_the_set_are_there(deployment: Deployment) -> Iterator[str]:
    """Require of restored tables what the template has: each table, each index (docs/operations.md, Restore)."""
    chosen = deployment.parameter(table_set.PARAMETER)
    if chosen:
        yield from table_set.missing(
            deployment.account.client("dynamodb"), deployment.template, deployment.stage, chosen
        )

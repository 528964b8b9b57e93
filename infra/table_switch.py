"""Switches a stage to another set of tables: nothing writes meanwhile, and one parameter of the stack changes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from infra.table_set import PARAMETER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.account import Account
    from infra.stack import Stack

FUNCTION = "AWS::Lambda::Function"


def switch(on: Account, stack: Stack, chosen: str) -> None:
    """Change the parameter with the template as it is; if that fails CloudFormation puts the old set back by itself."""
    others = sorted(set(stack.parameters()) - {PARAMETER})
    kept: list[dict[str, Any]] = [{"ParameterKey": key, "UsePreviousValue": True} for key in others]
    request = {
        "ChangeSetType": "UPDATE",
        "UsePreviousTemplate": True,
        "Parameters": [{"ParameterKey": PARAMETER, "ParameterValue": chosen}, *kept],
    }
    with paused(on.client("lambda"), list(stack.resources(FUNCTION).values())):
        stack.change(request)


@contextmanager
def paused(client: Any, names: list[str]) -> Iterator[None]:
    """Let no function begin meanwhile: callers get 5xx and try again, queues keep their messages.

    Each function gets back the reserved concurrency that it had, whatever happens.
    """
    before = {name: client.get_function_concurrency(FunctionName=name) for name in names}
    try:
        for name in names:
            client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
        yield
    finally:
        for name, reported in before.items():
            reserved = reported.get("ReservedConcurrentExecutions")
            if reserved is not None:
                client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=reserved)
            else:
                client.delete_function_concurrency(FunctionName=name)

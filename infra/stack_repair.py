"""Brings a stack that a failed operation left behind to where it can be created or updated."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from infra.stack import ABSENT, NEVER_CREATED, UPDATABLE, StackFailed
from infra.stack_events import failures

if TYPE_CHECKING:
    from infra.stack import Stack


def repairable(status: str) -> str:
    """Say why a stack in this status cannot be deployed; empty if it can, if need be after a repair."""
    if status in (*ABSENT, *NEVER_CREATED, *UPDATABLE, "UPDATE_ROLLBACK_FAILED") or status.endswith("IN_PROGRESS"):
        return ""
    return (
        f"is in {status}: finish that first (aws cloudformation delete-stack for DELETE_FAILED, "
        "continue-update-rollback "
        "for a failed rollback), then run make deploy again."
    )


def repair(stack: Stack) -> None:
    """Wait for an operation under way, remove a stack whose first create failed, finish a rollback that stopped."""
    status = stack.settle()
    if status in NEVER_CREATED:
        _say(f"{stack.name} is in {status}: its first create failed. Removing it, to create it anew.")
        _remove(stack)
    elif status == "UPDATE_ROLLBACK_FAILED":
        _say(f"{stack.name} is in {status}: continuing the rollback.")
        stack.client.continue_update_rollback(StackName=stack.name)
        if (ended := stack.settle()) != "UPDATE_ROLLBACK_COMPLETE":
            raise StackFailed(f"{stack.name}: {ended}\n" + "\n".join(failures(stack.client, stack.name)))
    elif reason := repairable(status):
        raise StackFailed(f"{stack.name} {reason}")


def _remove(stack: Stack) -> None:
    stack_id = stack.client.describe_stacks(StackName=stack.name)["Stacks"][0]["StackId"]
    stack.client.delete_stack(StackName=stack.name)
    # A deleted stack is found by its id only.
    status = replace(stack, name=stack_id).settle()
    if status not in ("", "DELETE_COMPLETE"):
        raise StackFailed(f"{stack.name}: {status}\n" + "\n".join(failures(stack.client, stack_id)))


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")

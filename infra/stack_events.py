"""Finds out of a stack's events why its last operation failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGINNINGS = ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "IMPORT_IN_PROGRESS")
CONSEQUENCES = ("Resource creation cancelled", "Resource update cancelled", "The following resource(s) failed")


def failures(client: Any, stack: str) -> list[str]:
    """Say what failed in the stack's last operation, the first failure first.

    DescribeStackEvents answers newest first, in pages, with all events of the stack's life. After a rollback the newest
    page is deletions; the cause is pages back. What was only cancelled because something else failed is left out.
    """
    failed = [event for event in _last_operation(client, stack) if event["ResourceStatus"].endswith("FAILED")]
    return [
        f"{event['LogicalResourceId']} ({event['ResourceType']}): {event.get('ResourceStatusReason', '')}"
        for event in reversed(failed)
        if not event.get("ResourceStatusReason", "").startswith(CONSEQUENCES)
    ]


def _last_operation(client: Any, stack: str) -> Iterator[dict[str, Any]]:
    for event in _events(client, stack):
        yield event
        if _of_the_stack(event) and event["ResourceStatus"] in BEGINNINGS:
            return


def _of_the_stack(event: dict[str, Any]) -> bool:
    return bool(
        event["ResourceType"] == "AWS::CloudFormation::Stack" and event["PhysicalResourceId"] == event["StackId"]
    )


def _events(client: Any, stack: str) -> Iterator[dict[str, Any]]:
    after: dict[str, str] = {}
    while True:
        page = client.describe_stack_events(StackName=stack, **after)
        yield from page["StackEvents"]
        if not page.get("NextToken"):
            return
        after = {"NextToken": page["NextToken"]}

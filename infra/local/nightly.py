"""`make nightly`: invokes the nightly function of the running stack, and waits until all that it set off is done."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

from botocore.exceptions import EndpointConnectionError

from infra.local.aws import client
from infra.local.settings import REGION, STACK, stack_config

if TYPE_CHECKING:
    from infra.local.settings import StackConfig

QUEUES = ("SettlementQueue", "ReportQueue", "DeliveryQueue")
WAITING = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed")
AS_SCHEDULED = {
    "version": "0",
    "id": "00000000-0000-0000-0000-000000000000",
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": "000000000000",
    "time": "1970-01-01T00:00:00Z",
    "region": REGION,
    "resources": [],
    "detail": {},
}
"""What EventBridge sends; the function asks its own clock for the day."""
PATIENCE, PAUSE, QUIET = 300, 0.5, 3


def main() -> None:
    """Run a night; fails if the function does, or if its work is not done in time."""
    where = stack_config()
    invoke_scheduled(where, "Nightly")
    wait_for_quiet(where)
    sys.stdout.write("The night is done: settlements, tracker runs and mails.\n")


def invoke_scheduled(where: StackConfig, function: str) -> None:
    """Invoke a function of the template as its schedule does; ends the process if it fails."""
    payload = json.dumps(AS_SCHEDULED).encode()
    answer = client(where, "lambda").invoke(FunctionName=physical(where, function), Payload=payload)
    result = answer["Payload"].read()
    if "FunctionError" in answer:
        raise SystemExit(f"{function} failed: {result.decode()}")


def physical(where: StackConfig, logical: str) -> str:
    """Return the name that a resource of the template got."""
    found = client(where, "cloudformation").describe_stack_resource(StackName=STACK, LogicalResourceId=logical)
    return str(found["StackResourceDetail"]["PhysicalResourceId"])


def wait_for_quiet(where: StackConfig) -> None:
    """Wait until the queues were empty a few times running: a settlement asks for a report, a report for a mail."""
    urls = [physical(where, queue) for queue in QUEUES]
    quiet, deadline = 0, time.monotonic() + PATIENCE
    while quiet < QUIET:
        if time.monotonic() > deadline:
            raise SystemExit(f"There is still work in the queues after {PATIENCE} seconds.")
        quiet = quiet + 1 if not any(waiting(where, url) for url in urls) else 0
        time.sleep(PAUSE)


def waiting(where: StackConfig, url: str) -> int:
    """Return how many messages this queue holds, being worked on or not."""
    attributes = client(where, "sqs").get_queue_attributes(QueueUrl=url, AttributeNames=list(WAITING))["Attributes"]
    return sum(int(attributes[name]) for name in WAITING)


if __name__ == "__main__":
    try:
        main()
    except EndpointConnectionError as error:
        raise SystemExit("No stack runs there. Start one (make run), or name its PORT.") from error

"""The event edge: what goes around the work of every event function.

    @blueprint.on_sqs_message("reports", batch_size=1)
    @each_message
    def report_worker(ports: Ports, message: Message) -> LogFields: …

    @blueprint.schedule(Rate(5, Rate.MINUTES))
    @job
    def sweeper(ports: Ports) -> LogFields: …

Lambda runs `chalicelib.jobs.<module>.<function>` itself: app.py, its routes and its middleware are never there, so all
that a job needs is here. What the work returns is the `result` in the job's one log line.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

from chalicelib import bootstrap, telemetry
from chalicelib.config import settings
from chalicelib.domain.kernel.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chalice.app import BaseLambdaEvent, SQSEvent

    from chalicelib.bootstrap import Ports
    from chalicelib.domain.kernel.queues import Message

LogFields = dict[str, Any]
"""What a log line says, by name."""


def job(work: Callable[[Ports], LogFields]) -> Callable[[BaseLambdaEvent], None]:
    """Return an event function that no queue feeds; what fails is raised, and Lambda runs it again."""

    @wraps(work)
    def entered(event: BaseLambdaEvent) -> None:  # noqa: ARG001 the schedule says nothing
        with _logged(work.__name__) as log_fields:
            log_fields["result"] = work(bootstrap.container())

    return entered


def each_message(work: Callable[[Ports, Message], LogFields]) -> Callable[[SQSEvent], dict[str, Any]]:
    """Return an event function fed by a queue: a message whose work fails comes again, and holds no other one up."""

    @wraps(work)
    def entered(event: SQSEvent) -> dict[str, Any]:
        failed = [record["messageId"] for record in event.to_dict()["Records"] if not _done(work, record)]
        return {"batchItemFailures": [{"itemIdentifier": item} for item in failed]}

    return entered


def _done(work: Callable[[Ports, Message], LogFields], record: dict[str, Any]) -> bool:
    try:
        with _logged(work.__name__) as log_fields:
            log_fields["message_id"] = record["messageId"]
            message = json.loads(record["body"])
            log_fields |= {name: value for name, value in message.items() if name.endswith("_id")}
            log_fields["result"] = work(bootstrap.container(), message)
    except Exception:  # noqa: BLE001 it is in the log, and the queue is told
        return False
    return True


@contextmanager
def _logged(name: str) -> Iterator[LogFields]:
    """A block that one line of the log tells of, however it ends; its metrics are sent off.

    Work that raises `Unavailable` asks to come again, as it does every day: it is no failure. What never gets through
    waits too long or ends in the dead letters, and each of those has its alarm.
    """
    log, started = telemetry.logger(), time.perf_counter()
    say = log.info
    log_fields: LogFields = {"job": name}
    try:
        yield log_fields
    except Exception as error:
        log_fields |= telemetry.traced(error)
        say = log.error
        if not isinstance(error, Unavailable):
            telemetry.count_failure(settings().stage, _logical_name(name))
        raise
    finally:
        say("job", extra={**log_fields, "milliseconds": round((time.perf_counter() - started) * 1000, 1)})
        telemetry.flush(settings().stage)


def count(metric: str, value: int = 1) -> None:
    """Add to one of the product's own metrics."""
    telemetry.count(settings().stage, metric, value)


def _logical_name(job: str) -> str:
    """Return the name that the template has for a job's function: `ReportWorker` for `report_worker`."""
    return "".join(word.capitalize() for word in job.split("_"))

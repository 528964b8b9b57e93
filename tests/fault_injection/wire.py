"""The wire between the product and AWS: every call has its number, and one of them can go wrong.

Faults happen where botocore itself speaks: what the product sees is what the SDK would raise once it has given up, and
whether the service has carried the call out is decided here. Clients that are not listened to are not disturbed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ReadTimeoutError

Answer = tuple[Any, dict[str, Any]]


class Killed(BaseException):
    """The function's process is gone, and nothing of it runs on."""


class Fault(StrEnum):
    """What can become of a call."""

    THROTTLED = "throttled"
    SERVER_ERROR = "server_error"
    TIMED_OUT = "timed_out"
    """It never arrived."""
    ANSWER_LOST = "answer_lost"
    """It was carried out, and the SDK never heard of it."""
    SENT_TWICE = "sent_twice"
    """Its answer was lost, so the SDK sent it again, and it was carried out a second time."""
    KILLED = "killed"
    """It was carried out, and then the process died."""
    PARTIAL = "partial"
    """Of a batch only a part was carried out."""


THROTTLING = {
    "dynamodb": "ProvisionedThroughputExceededException",
    "s3": "SlowDown",
    "sqs": "RequestThrottled",
    "ses": "Throttling",
    "cognito-idp": "TooManyRequestsException",
}
BATCHES = {"BatchGetItem": "RequestItems", "SendMessageBatch": "Entries", "DeleteObjects": "Delete"}
READS = ("Get", "Query", "Scan", "BatchGet", "Head", "List", "Describe", "AdminGet")
NEVER_REPEATED = frozenset({"ses"})
"""Services whose client sends once: a second mail would be worse than none."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an AWS service."""

    service: str
    operation: str

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What can become of it."""
        reads = self.operation.startswith(READS)
        impossible = {
            Fault.PARTIAL: self.operation not in BATCHES,
            Fault.SENT_TWICE: reads or self.service in NEVER_REPEATED,
        }
        return tuple(fault for fault in Fault if not impossible.get(fault))


@dataclass
class Wire:
    """Counts the product's calls, and lets one go wrong."""

    calls: list[Call] = field(default_factory=list)
    fault: Fault | None = None
    at: int = 0
    fired: bool = False
    listening: bool = False
    left_out: Any = None

    def begin(self, fault: Fault | None = None, at: int = 0) -> None:
        """Count from one again; the call with that number goes wrong so."""
        self.calls, self.fault, self.at, self.fired, self.listening = [], fault, at, False, True

    def end(self) -> None:
        """Let everything pass from now on."""
        self.listening = False

    def attach(self, client: Any) -> None:
        """Listen to what this client asks."""
        line = Line(self, client)
        events = client.meta.events
        events.register_last("before-parameter-build", line.asking)
        events.register_first("before-call", line.sending)
        events.register_last("after-call", line.answered)
        events.register_last("after-call-error", line.failed)

    def numbered(self, client: Any, operation: str) -> int:
        if not self.listening:
            return 0
        self.calls.append(Call(client.meta.service_model.service_name, operation))
        return len(self.calls)

    def strikes(self, number: int, *faults: Fault) -> bool:
        mine = number > 0 and number == self.at and self.fault in faults
        self.fired = self.fired or mine
        return mine

    def instead(self, client: Any, number: int) -> Answer | None:
        """An answer that the service never gave, for a call that it never got."""
        service = client.meta.service_model.service_name
        if self.strikes(number, Fault.THROTTLED):
            return _refused(400 if service != "s3" else 503, THROTTLING[service])
        if self.strikes(number, Fault.SERVER_ERROR):
            return _refused(500, "InternalServerError")
        if self.strikes(number, Fault.TIMED_OUT):
            raise ReadTimeoutError(endpoint_url=client.meta.endpoint_url)
        return None

    def after(self, client: Any, number: int, operation: str, params: dict[str, Any], parsed: dict[str, Any]) -> None:
        """What becomes of a call that was carried out."""
        if self.strikes(number, Fault.ANSWER_LOST):
            raise ReadTimeoutError(endpoint_url=client.meta.endpoint_url)
        if self.strikes(number, Fault.KILLED):
            raise Killed
        if self.strikes(number, Fault.PARTIAL):
            parsed |= self.left_out
        if self.strikes(number, Fault.SENT_TWICE):
            self._send_again(client, operation, params, parsed)

    def _send_again(self, client: Any, operation: str, params: dict[str, Any], parsed: dict[str, Any]) -> None:
        """The caller gets the second answer, be it a refusal."""
        if hasattr(params.get("Body"), "seek"):
            params["Body"].seek(0)
        self.listening = False
        try:
            second = client._make_api_call(operation, params)
        finally:
            self.listening = True
        parsed.clear()
        parsed.update(second)


@dataclass
class Line:
    """One client's end of the wire: botocore tells it of each call, of a call within a call too."""

    wire: Wire
    client: Any
    _open: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    """The calls that are not answered yet, with their numbers."""

    def asking(self, params: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        """The product asks; signing an address is no call."""
        if context.get("is_presign_request"):
            return
        number = self.wire.numbered(self.client, model.name)
        self._open.append((number, params))
        if self.wire.strikes(number, Fault.PARTIAL):
            self.wire.left_out = LEAVING_OUT[model.name](params)

    def sending(self, **_: Any) -> Answer | None:
        """The request is ready to be sent."""
        return self.wire.instead(self.client, self._open[-1][0])

    def answered(self, parsed: dict[str, Any], model: Any, **_: Any) -> None:
        """The service has answered."""
        number, params = self._open.pop()
        self.wire.after(self.client, number, model.name, params, parsed)

    def failed(self, **_: Any) -> None:
        """There was no answer."""
        self._open.pop()


def _refused(status: int, code: str) -> Answer:
    answer = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return SimpleNamespace(status_code=status, headers={}), answer


def _without_some_keys(params: dict[str, Any]) -> dict[str, Any]:
    (table, asked), *_ = params["RequestItems"].items()
    left = asked["Keys"][1:]
    asked["Keys"] = asked["Keys"][:1]
    return {"UnprocessedKeys": {table: {**asked, "Keys": left}} if left else {}}


def _without_some_messages(params: dict[str, Any]) -> dict[str, Any]:
    params["Entries"], left = params["Entries"][:1], params["Entries"][1:]
    failed = [{"Id": item["Id"], "SenderFault": False, "Code": "InternalError", "Message": "left out"} for item in left]
    return {"Failed": failed}


def _without_some_objects(params: dict[str, Any]) -> dict[str, Any]:
    objects = params["Delete"]["Objects"]
    params["Delete"] = {**params["Delete"], "Objects": objects[:1]}
    return {"Errors": [{"Key": item["Key"], "Code": "InternalError", "Message": "left out"} for item in objects[1:]]}


LEAVING_OUT: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "BatchGetItem": _without_some_keys,
    "SendMessageBatch": _without_some_messages,
    "DeleteObjects": _without_some_objects,
}
"""What each batch answers with where all but its first part was left out."""

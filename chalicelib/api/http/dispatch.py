"""From Chalice's request to Chalice's response, for every operation alike."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
from chalice.app import Response

from chalicelib import bootstrap, telemetry
from chalicelib.api.http import (
    auth,
    html_responses,
    idempotency,
    problems,
    request_parsing,
    session_cookie,
    text_values,
    throttle,
)
from chalicelib.api.http.answer import Answer, as_answer
from chalicelib.api.http.operation import JSON
from chalicelib.api.http.request import Request
from chalicelib.config import settings
from chalicelib.domain.kernel.errors import PartnerbookError

if TYPE_CHECKING:
    from chalice.app import Request as ChaliceRequest

    from chalicelib.api.http.caller import Caller
    from chalicelib.api.http.operation import Operation
    from chalicelib.bootstrap import Ports
    from chalicelib.domain.kernel.idempotency import RequestRecord
    from chalicelib.domain.ports import HasPartners


def serve(operation: Operation, raw: ChaliceRequest, path: dict[str, str]) -> Response:
    """Return the answer to a request, a problem where it is refused; logged in one line."""
    started = time.perf_counter()
    log_fields: dict[str, Any] = {"operation": operation.name, "request_id": raw.context.get("requestId", "")}
    if subject := auth.subject(raw):
        log_fields["subject"] = subject
    try:
        response = _handle(operation, raw, request_parsing.decoded(path), log_fields)
    except PartnerbookError as error:
        log_fields["problem"] = error.code
        response = _refusal(operation, raw, error)
    except Exception as error:  # noqa: BLE001 the edge: whatever it is, the caller gets an answer
        log_fields |= telemetry.traced(error)
        response = problems.crash(log_fields["request_id"])
    log_fields |= {"status": response.status_code, "milliseconds": round((time.perf_counter() - started) * 1000, 1)}
    log = telemetry.logger()
    (log.error if response.status_code == 500 else log.info)("request", extra=log_fields)
    return response


def _refusal(operation: Operation, raw: ChaliceRequest, error: PartnerbookError) -> Response:
    if operation.for_browsers and html_responses.wanted(raw.headers.get("accept")):
        return html_responses.refusal(error)
    return problems.refusal(error, raw.context.get("requestId", ""))


def _handle(operation: Operation, raw: ChaliceRequest, path: dict[str, str], log_fields: dict[str, Any]) -> Response:
    ports = bootstrap.container()
    caller = _authenticate_and_throttle(operation, raw, ports)
    if caller:
        log_fields["partner_id"] = caller.actor.partner_id
    segments = request_parsing.path(path, operation)
    log_fields |= {name: value for name, value in path.items() if name.endswith("_id")}
    request = _read(operation, raw, path, ports, caller)
    idempotency_key, record = idempotency.find_record(ports, request.idempotency_key)
    if record:
        return _replayed(operation, request, record)
    try:
        return _execute(operation, replace(request, idempotency_key=idempotency_key), segments)
    except PartnerbookError:
        # The same request at the same moment may have been quicker: then its answer is this one's too.
        _, record = idempotency.find_record(ports, request.idempotency_key)
        if record is None:
            raise
        return _replayed(operation, request, record)


def _authenticate_and_throttle(operation: Operation, raw: ChaliceRequest, ports: HasPartners) -> Caller | None:
    rate_limiters = throttle.rate_limiters()
    if operation.public:
        rate_limiters.addresses.acquire(throttle.client_network(throttle.client_address(raw)))
        return None
    caller = auth.caller(ports, raw, operation)
    rate_limiters.partners.acquire(caller.actor.partner_id or caller.actor.subject)
    return caller


def _read(
    operation: Operation, raw: ChaliceRequest, path: dict[str, str], ports: Ports, caller: Caller | None
) -> Request[Any, Any]:
    if operation.console_only:
        session_cookie.require_console(raw.headers)
    cookie = session_cookie.read(raw.headers) if operation.console_only else None
    query = text_values.checked(request_parsing.query(raw, operation), root="")
    version = request_parsing.version(raw) if operation.versioned else 0
    body = text_values.checked(request_parsing.body(raw, operation))
    has_key = operation.needs_key or (operation.accepts_idempotency_key and "idempotency-key" in raw.headers)
    idempotency_key = idempotency.from_request(operation, raw.headers, path, caller, [body, query]) if has_key else None
    return Request(
        ports=ports,
        caller=caller,
        body=body,
        query=query,
        version=version,
        idempotency_key=idempotency_key,
        session_cookie=cookie,
    )


class _Versioned(msgspec.Struct):
    version: int | None = None


def _replayed(operation: Operation, request: Request[Any, Any], record: RequestRecord) -> Response:
    idempotency.require_answerable(request.ports, record)
    kind = operation.signature.result if operation.enrich_response else _Versioned | None
    kept = msgspec.json.decode(record.body, type=kind)
    view = operation.enrich_response(request, kept) if operation.enrich_response else _as_kept(record.body)
    response = _rendered(operation, Answer(view, record.location, record.status), getattr(kept, "version", None))
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _as_kept(body: bytes) -> msgspec.Raw | None:
    return None if body == b"null" else msgspec.Raw(body)


def _execute(operation: Operation, request: Request[Any, Any], segments: dict[str, Any]) -> Response:
    answer = as_answer(operation.view(request, **segments))
    if operation.enrich_response:
        answer = replace(answer, view=operation.enrich_response(request, answer.view))
    return _rendered(operation, answer, getattr(answer.view, "version", None))


def _rendered(operation: Operation, answer: Answer[Any], version: int | None) -> Response:
    headers: dict[str, str | list[str]] = {
        "Content-Type": operation.media_type,
        "Cache-Control": operation.cache,
        **problems.SECURITY_HEADERS,
        **(html_responses.headers() if operation.media_type == html_responses.HTML else {}),
    }
    if version is not None:
        headers["ETag"] = f'"{version}"'
    if answer.location is not None:
        headers["Location"] = settings().api_url * answer.location.startswith("/") + answer.location
    if answer.set_cookie is not None:
        headers["Set-Cookie"] = answer.set_cookie
    return Response(_body(operation, answer.view), headers, answer.status or operation.status)


def _body(operation: Operation, view: Any) -> str:
    if view is None:
        return ""
    return str(view) if operation.media_type != JSON else msgspec.json.encode(view).decode()

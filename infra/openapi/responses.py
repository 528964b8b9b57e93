"""An operation's answers, for the OpenAPI document: the good one, and the problems that its form makes possible."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.api.http.problems import INTERNAL, MEDIA_TYPE, PROBLEMS, type_of
from chalicelib.domain.kernel import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chalicelib.api.http.operation import Operation
    from chalicelib.domain.kernel.errors import PartnerbookError

Json = dict[str, Any]
OTHER = "The content, as {}."
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}


def _problem_response(status: int) -> Json:
    titles = dict.fromkeys(title for item, title in PROBLEMS.values() if item == status)
    described: Json = {
        "description": ", or: ".join(titles) or "Something went wrong",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    return {**described, "headers": RETRY_AFTER} if status in (429, 503) else described


PROBLEM_RESPONSES = {
    str(status): _problem_response(status) for status in sorted({entry for entry, _ in PROBLEMS.values()} | {500})
}


def responses(operation: Operation, schema: Callable[[Any], Json], components: Json) -> Json:
    """Return every answer that the operation has."""
    refused = {status: {"$ref": f"#/components/responses/{status}"} for status in problems(operation)}
    return {str(operation.status): _success(operation, schema, components), **refused}


def problems(operation: Operation) -> dict[str, list[str]]:
    """Return the types of the problems that the operation answers with, by status."""
    types: dict[str, set[str]] = {"500": {INTERNAL}}
    for refusal in _refusals(operation):
        types.setdefault(str(PROBLEMS[refusal][0]), set()).add(type_of(refusal))
    return {status: sorted(types[status]) for status in sorted(types)}


def _success(operation: Operation, schema: Callable[[Any], Json], components: Json) -> Json:
    result = operation.signature.result
    content = {operation.media_type: {"schema": schema(result)}} if result is not None else None
    answer = {"description": _meaning(operation, components), "headers": dict(_headers(operation)), "content": content}
    return {name: value for name, value in answer.items() if value}


def _meaning(operation: Operation, components: Json) -> str:
    """Return what a good answer is: what the docstring of its type says."""
    result = operation.signature.result
    if operation.status == HTTPStatus.FOUND:
        return "Go on at `Location`."
    if result is None:
        return "Done; there is nothing to tell."
    return components.get(getattr(result, "__name__", ""), {}).get("description") or OTHER.format(operation.media_type)


def _headers(operation: Operation) -> Iterator[tuple[str, Json]]:
    result = operation.signature.result
    if isinstance(result, type) and issubclass(result, msgspec.Struct) and "version" in result.__struct_fields__:
        yield "ETag", {"description": "The version, for If-Match.", "schema": {"type": "string"}}
    if operation.status in (201, 202, 302):
        yield "Location", {"description": "Where it is.", "schema": {"type": "string"}}
    if operation.accepts_idempotency_key:
        described = "`true` where this is the answer that the same request had before."
        yield "Idempotency-Replayed", {"description": described, "schema": {"type": "string"}}


def _refusals(operation: Operation) -> Iterator[type[PartnerbookError]]:
    """Yield what can be refused by the form of the operation, and what it declares."""
    yield from operation.refusals
    yield from (errors.Invalid, errors.TooManyRequests, errors.Unavailable)
    if not operation.public:
        yield from (errors.BadRequest, errors.Unauthenticated, errors.Forbidden, errors.NotFound)
    if operation.signature.path:
        yield errors.NotFound
    if operation.method in WRITES:
        yield from (errors.BadRequest, errors.TooLarge)
    if operation.signature.body is not None:
        yield errors.WrongMediaType
    yield from _of_headers(operation)


def _of_headers(operation: Operation) -> Iterator[type[PartnerbookError]]:
    """Yield what If-Match and Idempotency-Key can bring: the answer kept for a key may name a person erased since."""
    if operation.accepts_idempotency_key and not operation.public:
        yield errors.Gone
    if operation.accepts_idempotency_key:
        yield from (errors.KeyReused, errors.Conflict)
    if operation.versioned:
        yield from (errors.VersionRequired, errors.StaleVersion)

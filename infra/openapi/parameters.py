"""An operation's parameters, for the OpenAPI document: of its path, its query, and the headers it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalicelib.domain.access import OPERATIONS, Role
from infra.openapi import descriptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chalicelib.api.http.operation import Operation

Json = dict[str, Any]

HEADERS: dict[str, Json] = {
    "PartnerId": {
        "name": "Partner-Id",
        "in": "header",
        "description": "The partner that the request is made for; operators and the platform name it.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_.~@+-]{1,128}$"},
    },
    "ActingFor": {
        "name": "Acting-For",
        "in": "header",
        "description": "The username of the client that the platform acts for; the platform's only.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_@.+-]{6,50}$"},
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "New for each thing wanted, the same when a request is sent again: one effect, one answer.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    },
    "OptionalIdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "With one, a request whose answer was lost can be sent again and gets the answer it had.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The ETag of what was read; 412 if it has changed since.",
        "schema": {"type": "string", "pattern": '^(W/)?"[0-9]{1,15}"$', "examples": ['"3"']},
    },
}


def parameters(
    operation: Operation, schema: Callable[[Any], Json], query: Callable[[Any], dict[str, Json]]
) -> Iterator[Json]:
    """Yield every parameter, with the schemas that these functions know."""
    yield from _path(operation, schema)
    yield from _query(operation, query)
    yield from _headers(operation)


def _path(operation: Operation, schema: Callable[[Any], Json]) -> Iterator[Json]:
    for name, kind in operation.signature.path.items():
        described = {"description": descriptions.parameter_text(name)}
        yield {"name": name, "in": "path", "required": True, **described, "schema": schema(kind)}


def _query(operation: Operation, query: Callable[[Any], dict[str, Json]]) -> Iterator[Json]:
    for name, schema in query(operation.signature.query).items():
        described = {item: schema[item] for item in ("description",) if item in schema}
        plain = {entry: value for entry, value in schema.items() if entry not in described}
        yield {"name": name, "in": "query", **described, "schema": plain}


def _headers(operation: Operation) -> Iterator[Json]:
    wanted = {
        "PartnerId": not operation.public,
        "ActingFor": Role.PLATFORM in OPERATIONS.get(operation.name, ()),
        "IdempotencyKey": operation.needs_key,
        "OptionalIdempotencyKey": operation.accepts_idempotency_key and not operation.needs_key,
        "IfMatch": operation.versioned,
    }
    yield from ({"$ref": f"#/components/parameters/{name}"} for name, is_wanted in wanted.items() if is_wanted)

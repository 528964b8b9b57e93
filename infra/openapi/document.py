"""The OpenAPI 3.1 document, made from the same declarations and types that serve and validate.

It is made when the product is built, never while it serves: its sentences stand in the source, which bytecode lacks.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.api.http.problems import Problem
from chalicelib.domain.access import OPERATIONS
from infra.openapi import descriptions, parameters, responses
from infra.openapi.examples import Examples
from infra.package import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from chalice.app import RouteEntry

    from chalicelib.api.http.operation import Operation

Json = dict[str, Any]
PATH = ROOT / "docs/openapi.json"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
INFO = {
    "title": "Partnerbook",
    "version": "1.0.0",
    "description": "The partner program's back end: accounts, add-ons, bonuses, reports. Every request is made for "
    "one partner. Errors are problems after RFC 9457. An operation's `x-roles` are the roles that may call it, "
    "its `x-problems` the types of the problems that it answers with, by status. docs/api.md explains them.",
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}


def content() -> str:
    """Return the document as the file holds it."""
    from app import app

    return json.dumps(document(operations(app.routes)), indent=1, ensure_ascii=False) + "\n"


def operations(routes: Mapping[str, Mapping[str, RouteEntry]]) -> list[Operation]:
    """Return what the app's routes serve, by path and method."""
    served: list[Operation] = [
        entry.view_function.operation  # type: ignore[attr-defined]
        for methods in routes.values()
        for entry in methods.values()
    ]
    return sorted(served, key=lambda item: (item.path, METHODS.index(item.method)))


def document(served: Iterable[Operation]) -> Json:
    """Return the document of these operations."""
    served = list(served)
    schemas = Schemas(served)
    paths: dict[str, Json] = {}
    for operation in served:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [{"url": "/v1"}],
        "security": [{"accessToken": []}],
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "parameters": parameters.HEADERS,
            "responses": responses.PROBLEM_RESPONSES,
            "securitySchemes": {"accessToken": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


class Schemas:
    """The JSON schemas of all types that the operations name."""

    def __init__(self, served: Iterable[Operation]) -> None:
        kinds = list(dict.fromkeys(kind for operation in served for kind in _kinds(operation)))
        made, raw = msgspec.json.schema_components([*kinds, Problem], ref_template="#/components/schemas/{name}")
        types = descriptions.named_types([*kinds, Problem])
        components = {name: descriptions.described(name, case, types.get(name)) for name, case in raw.items()}
        self._made = dict(zip(kinds, made, strict=False))
        queries = {operation.signature.query.__name__ for operation in served}
        self._queries = {name: components[name] for name in queries}
        examples = Examples(components)
        self.components = {
            name: {**item, "examples": [examples.of(name)]} for name, item in components.items() if name not in queries
        }

    def of(self, kind: Any) -> Json:
        """Return the schema of one type, or where it is."""
        made: Json = self._made[kind]
        return made

    def query(self, kind: Any) -> dict[str, Json]:
        """Return the schema of each parameter."""
        properties: dict[str, Json] = self._queries[kind.__name__]["properties"]
        return properties


def _kinds(operation: Operation) -> Iterator[Any]:
    types = operation.signature
    yield from (item for item in (types.body, types.result, types.query, *types.path.values()) if item is not None)


def _operation(operation: Operation, schemas: Schemas) -> Json:
    summary, _, description = (operation.view.__doc__ or "").partition("\n")
    optional: Json = {
        "description": " ".join(description.split()),
        "parameters": list(parameters.parameters(operation, schemas.of, schemas.query)),
        "requestBody": _body(operation, schemas),
    }
    return {
        "operationId": operation.name,
        "summary": summary.strip(),
        "tags": [operation.path.split("/")[1]],
        **{name: value for name, value in optional.items() if value},
        "responses": responses.responses(operation, schemas.of, schemas.components),
        "x-problems": responses.problems(operation),
        **({"security": []} if operation.public else {"x-roles": sorted(OPERATIONS[operation.name])}),
    }


def _body(operation: Operation, schemas: Schemas) -> Json | None:
    if operation.signature.body is None:
        return None
    required = not operation.optional_body
    return {"required": required, "content": {"application/json": {"schema": schemas.of(operation.signature.body)}}}

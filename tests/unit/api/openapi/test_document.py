"""The OpenAPI document is what the routes and their types say, and what is committed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from chalicelib.api.http.operation import AnyQuery
from chalicelib.domain.access import OPERATIONS, PUBLIC_OPERATIONS
from infra.openapi import document as openapi
from infra.openapi.document import document, operations

if TYPE_CHECKING:
    from chalice.app import Chalice

    from tests.api_client import ApiClient


@pytest.fixture(scope="module")
def described(app: Chalice) -> dict[str, Any]:
    return document(operations(app.routes))


def methods(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, entry) for path, item in described["paths"].items() for method, entry in item.items()]


def test_the_committed_document_is_current() -> None:
    assert openapi.PATH.read_text() == openapi.content(), "Run `make openapi` and commit docs/openapi.json."


def test_what_is_served_is_what_is_committed(anyone: ApiClient, described: dict[str, Any]) -> None:
    reply = anyone.get("/openapi.json")
    assert reply.json == msgspec.json.decode(msgspec.json.encode(described))
    assert reply.headers["Cache-Control"] == "public, max-age=300"


def test_routes_roles_and_document_name_the_same_operations(app: Chalice, described: dict[str, Any]) -> None:
    routes = {(path, method.lower()) for path, entries in app.routes.items() for method in entries}
    assert routes == {(path, method) for path, method, _ in methods(described)}
    names = [item["operationId"] for _, _, item in methods(described)]
    assert len(names) == len(set(names))
    assert set(names) == set(OPERATIONS) | PUBLIC_OPERATIONS


def test_the_document_is_valid_openapi() -> None:
    from openapi_spec_validator import validate

    validate(msgspec.json.decode(openapi.PATH.read_bytes()))


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    for reference in set(re.findall(r'"\$ref":"#/([^"]+)"', msgspec.json.encode(described).decode())):
        place: Any = described
        for step in reference.split("/"):
            place = place[step]


def test_roles_stand_beside_every_operation_that_is_not_public(described: dict[str, Any]) -> None:
    for _, _, operation in methods(described):
        name = operation["operationId"]
        if name in PUBLIC_OPERATIONS:
            assert operation["security"] == []
        else:
            assert set(operation["x-roles"]) == OPERATIONS[name]


UNKEYED = {"begin_session": "its answer has a token, which is kept nowhere; the refresh token in it works once"}


def test_every_post_that_changes_something_asks_for_its_key(app: Chalice, described: dict[str, Any]) -> None:
    keyed = {operation.name for operation in operations(app.routes) if operation.needs_key}
    asked = {
        item["operationId"]
        for _, _, item in methods(described)
        if {"$ref": "#/components/parameters/IdempotencyKey"} in item.get("parameters", [])
    }
    assert keyed == asked
    changing = {
        operation.name for operation in operations(app.routes) if operation.method == "POST" and not operation.public
    }
    assert changing - UNKEYED.keys() == keyed


def test_every_patch_asks_for_the_version(app: Chalice) -> None:
    assert all(operation.versioned for operation in operations(app.routes) if operation.method == "PATCH")


def test_unknown_fields_are_refused_in_every_body_and_query(app: Chalice) -> None:
    for operation in operations(app.routes):
        for kind in (operation.signature.body, operation.signature.query):
            strict = kind in (None, AnyQuery) or kind.__struct_config__.forbid_unknown_fields
            assert strict, operation.name


def test_only_links_that_people_follow_pass_over_what_others_hang_onto_them(app: Chalice) -> None:
    loose = {operation.path for operation in operations(app.routes) if operation.signature.query is AnyQuery}
    assert loose == {"/downloads/{token}", "/unsubscribes/{token}", "/recipient-confirmations/{token}"}


def test_head_and_options_are_served_only_where_they_are_declared(app: Chalice) -> None:
    declared = {(operation.path, operation.method) for operation in operations(app.routes)}
    assert not {path for path, method in declared if method == "OPTIONS"}
    assert {path for path, method in declared if method == "HEAD"} <= {"/downloads/{token}"}
    assert all(entry.cors is None for entries in app.routes.values() for entry in entries.values())

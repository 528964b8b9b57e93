"""The OpenAPI document explains itself: every part has a description, and every schema an example that is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from chalicelib.api.http.operation import NoQuery
from chalicelib.api.http.problems import INTERNAL, PROBLEMS, type_of
from chalicelib.api.http.text_values import checked
from infra.openapi.descriptions import FIELDS, class_text
from infra.openapi.document import document, operations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalice.app import Chalice


@pytest.fixture(scope="module")
def described(app: Chalice) -> dict[str, Any]:
    return document(operations(app.routes))


def parts(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each schema, property, parameter, header and response, with its place."""
    components = described["components"]
    for name, schema in components["schemas"].items():
        yield name, schema
        yield from ((f"{name}.{field}", item) for field, item in schema.get("properties", {}).items())
    for kind in ("parameters", "responses"):
        yield from ((f"{kind}/{name}", item) for name, item in components[kind].items())
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield from _of_operation(f"{method.upper()} {path}", operation)


def _of_operation(place: str, operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield place, {"description": operation["summary"]}
    yield from ((f"{place} ?{item['name']}", item) for item in operation.get("parameters", []) if "$ref" not in item)
    for status, response in operation["responses"].items():
        if "$ref" not in response:
            yield f"{place} {status}", response
            yield from ((f"{place} {status} {name}", item) for name, item in response.get("headers", {}).items())


def test_every_property_parameter_schema_and_response_has_a_description(described: dict[str, Any]) -> None:
    found = list(parts(described))
    assert len(found) > 1000
    assert [place for place, part in found if not part.get("description", "").strip()] == []


def test_descriptions_are_sentences_in_us_english(described: dict[str, Any]) -> None:
    british = ("rganisation", "rogramme", "colour", " cancelled")
    odd = [
        f"{place}: {part['description']}"
        for place, part in parts(described)
        if not (place.startswith("responses/") or part["description"].endswith("."))
        or any(word in part["description"] for word in british)
    ]
    assert odd == []


def test_every_example_is_valid_by_its_schema(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    wrong = [
        f"{name}: {error.json_path}: {error.message}"
        for name, schema in schemas.items()
        for error in Draft202012Validator(
            {"$ref": f"#/components/schemas/{name}", "components": described["components"]},
            format_checker=FormatChecker(),
        ).iter_errors(schema["examples"][0])
    ]
    assert wrong == []


def test_every_request_takes_its_example(app: Chalice, described: dict[str, Any]) -> None:
    bodies = {operation.signature.body for operation in operations(app.routes) if operation.signature.body}
    assert len(bodies) > 25
    for kind in bodies:
        example = described["components"]["schemas"][kind.__name__]["examples"][0]
        checked(msgspec.convert(example, kind))


def test_every_operation_names_its_problems_by_status(app: Chalice, described: dict[str, Any]) -> None:
    existing = {type_of(error): str(status) for error, (status, _) in PROBLEMS.items()} | {INTERNAL: "500"}
    for operation in operations(app.routes):
        shown = described["paths"][operation.path][operation.method.lower()]
        named = {kind: status for status, kinds in shown["x-problems"].items() for kind in kinds}
        assert named == {kind: existing[kind] for kind in named}
        assert set(shown["x-problems"]) == set(shown["responses"]) - {str(operation.status)}
        assert {type_of(error) for error in operation.refusals} <= set(named)


def test_no_shared_text_is_for_a_name_that_is_gone(app: Chalice, described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"].values()
    names = {name for schema in schemas for name in schema.get("properties", {})}
    queries = [operation.signature.query or NoQuery for operation in operations(app.routes)]
    names |= {name for query in queries for name in query.__struct_fields__}
    names |= {name for operation in operations(app.routes) for name in operation.signature.path}
    assert set(FIELDS) - names == set()


def test_an_enumeration_says_what_its_values_mean() -> None:
    from chalicelib.domain.accounts.accounts import AccountType

    assert "`managed`: the partner created it and looks after it." in class_text(AccountType)

"""Examples of schemas: those in examples.json, and otherwise composed of their fields' examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.openapi.descriptions import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]
GIVEN: dict[str, Any] = json.loads(Path(__file__).with_name("examples.json").read_text())
BY_FORMAT = {"date": "2026-11-05", "date-time": "2026-11-05T12:30:00Z"}
BY_TYPE = {"integer": 1, "number": 1.5, "boolean": False, "string": "text", "object": {}, "null": None}


class Examples:
    """What a value of each component looks like."""

    def __init__(self, components: Mapping[str, Json]) -> None:
        self._components = components

    def of(self, name: str) -> Any:
        """Return a component's example."""
        return GIVEN[name] if name in GIVEN else self._composed("", self._components[name])

    def _composed(self, field: str, schema: Json) -> Any:
        if "$ref" in schema:
            return self.of(schema["$ref"].rpartition("/")[2])
        if "anyOf" in schema:
            return self._composed(field, schema["anyOf"][0])
        if "enum" in schema:
            return schema["enum"][0]
        if "properties" in schema:
            return {name: self._composed(name, item) for name, item in schema["properties"].items()}
        return self._plain(field, schema)

    def _plain(self, field: str, schema: Json) -> Any:
        example = FIELDS.get(field, {}).get("example")
        if example is not None and isinstance(example, list) == ("items" in schema):
            return example
        if "items" in schema:
            return [self._composed(field, schema["items"])]
        return BY_FORMAT.get(schema.get("format", ""), schema.get("minimum", BY_TYPE.get(schema.get("type", "object"))))

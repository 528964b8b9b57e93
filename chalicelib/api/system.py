"""The API about itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import NoQuery, View
from chalicelib.api.http.request import Request

blueprint = Blueprint(__name__)

DOCUMENT = Path(__file__).with_name("openapi.json")
"""A link to docs/openapi.json; in the zip, the file itself. Its sentences are the source's, which bytecode lacks."""


class HealthView(View):
    """A sign of life."""

    status: str
    """`ok`."""


@blueprint.operation("health", "GET /health")
def health(request: Request[None, NoQuery]) -> HealthView:  # noqa: ARG001 every view takes the request
    """Say that the API answers."""
    return HealthView(status="ok")


@blueprint.operation("get_openapi", "GET /openapi.json", cache="public, max-age=300")
def get_openapi(request: Request[None, NoQuery]) -> dict[str, Any]:  # noqa: ARG001
    """Get this document."""
    return _document()  # type: ignore[return-value]


@cache
def _document() -> msgspec.Raw:
    """Return the document that `make openapi` wrote, read when it is first asked for."""
    return msgspec.Raw(msgspec.json.format(DOCUMENT.read_bytes(), indent=-1))

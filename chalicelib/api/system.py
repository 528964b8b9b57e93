"""The API about itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.openapi.document import document, operations
from chalicelib.api.routes import MODULES, serve

blueprint = Blueprint(__name__)


class HealthView(View):
    status: str


@blueprint.operation("health", "GET /health")
def health(request: Request[None, NoQuery]) -> HealthView:  # noqa: ARG001 every view takes the request
    """Say that the API answers."""
    return HealthView(status="ok")


@blueprint.operation("get_openapi", "GET /openapi.json", cache="public, max-age=300")
def get_openapi(request: Request[None, NoQuery]) -> dict[str, Any]:  # noqa: ARG001
    """Get this document."""
    return _document()  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def _document() -> Any:
    """Return the document in bytes, made when it is first asked for."""
    app = blueprint.current_app
    for path in MODULES:
        serve(app, path)
    return msgspec.Raw(msgspec.json.encode(document(operations(app.routes))))

"""The API's entry point in Lambda: what serves a path is imported when the path is first asked for.

`app.py` knows every route and every job, because packaging needs them all; a request needs one (decision 9).
"""

from __future__ import annotations

from typing import Any

from chalice.app import Chalice

from chalicelib.api.http import blueprint  # noqa: F401 what serves any path is there before the first request
from chalicelib.api.routes import serve

app = Chalice(app_name="partnerbook", configure_logs=False)


def api(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """API Gateway's request, and Chalice's answer."""
    serve(app, event["requestContext"]["resourcePath"])
    answer: dict[str, Any] = app(event, context)
    return answer

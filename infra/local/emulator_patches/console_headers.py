"""Sends the console with the headers that CloudFront adds on AWS, so that the browser enforces the deployed policy.

| rule | source |
|---|---|
| the response headers policy is on every answer of the console's behavior | CloudFront Developer Guide, "Add or remove HTTP headers in CloudFront responses with a policy" |

`infra.local.response_headers` writes them where the environment says.
"""  # noqa: E501

from __future__ import annotations

import json
import os
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

VARIABLE = "CONSOLE_HEADERS_FILE"


def install() -> None:
    """Wrap what serves the console: the only proxy of an HTTP address on the embedded stack."""
    from ministack.services import apigateway_v1

    apigateway_v1._invoke_http_proxy_v1 = with_headers(  # noqa: SLF001
        apigateway_v1._invoke_http_proxy_v1,  # noqa: SLF001
        Path(os.environ.get(VARIABLE, os.devnull)),
    )


def with_headers(serve: Callable[..., Awaitable[Any]], file: Path) -> Callable[..., Awaitable[Any]]:
    """Add the headers in the file to every answer."""

    @wraps(serve)
    async def served(*args: Any, **more: Any) -> Any:
        answer = await serve(*args, **more)
        if isinstance(answer, tuple):
            answer[1].update(json.loads(file.read_text() or "{}") if file.exists() else {})
        return answer

    return served

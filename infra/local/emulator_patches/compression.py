"""Compresses answers as API Gateway does, so that what a client makes of them is what it makes of AWS's.

| rule | source |
|---|---|
| an answer of at least `minimumCompressionSize` bytes is compressed for a client that accepts gzip or deflate | API Gateway Developer Guide, "Payload compression for REST APIs", "Enable payload compression for an API" |
| of the codings that the client prefers most one must be supported, else nothing is compressed | the same |
"""  # noqa: E501

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

SUPPORTED = ("gzip", "deflate", "identity")


def install() -> None:
    """Wrap what executes a REST API."""
    from ministack.services import apigateway_v1

    apis = apigateway_v1._rest_apis  # noqa: SLF001

    def minimum_size(api_id: str) -> int | None:
        """The setting, which the emulator keeps and does nothing with."""
        kept = [api.get("minimumCompressionSize") for (*_, name), api in apis.all_items() if name == api_id]
        return int(kept[0]) if kept and kept[0] is not None else None

    apigateway_v1.handle_execute = compressing(apigateway_v1.handle_execute, minimum_size)


def compressing(
    execute: Callable[..., Awaitable[Any]], minimum_size: Callable[[str], int | None]
) -> Callable[..., Awaitable[Any]]:
    """Compress every answer that is long enough, for whoever accepts it."""

    async def executed(
        api_id: str, stage: str, method: str, path: str, headers: Mapping[str, str], *rest: Any, **more: Any
    ) -> Any:
        answer = await execute(api_id, stage, method, path, headers, *rest, **more)
        if not isinstance(answer, tuple) or len(answer) != 3:
            return answer
        status, sent, body = answer
        minimum = minimum_size(api_id)
        coding = chosen(next((value for name, value in headers.items() if name.lower() == "accept-encoding"), ""))
        encoded = any(name.lower() == "content-encoding" for name in sent)
        if minimum is None or encoded or coding == "identity" or not isinstance(body, bytes) or len(body) < minimum:
            return answer
        packed = gzip.compress(body, mtime=0) if coding == "gzip" else zlib.compress(body)
        kept = {name: value for name, value in sent.items() if name.lower() != "content-length"}
        return status, {**kept, "Content-Encoding": coding}, packed

    return executed


def chosen(accepted: str) -> str:
    """Return the coding that is used for this Accept-Encoding; `identity` for none."""
    weights: dict[str, float] = {}
    for part in filter(None, (item.strip() for item in accepted.split(","))):
        name, _, parameter = part.partition(";")
        weights[name.strip().lower()] = float(parameter.strip().removeprefix("q=") or 1) if parameter else 1.0
    best = max(weights.values(), default=0)
    preferred = [name for name in SUPPORTED if best and weights.get(name, weights.get("*", 0)) == best]
    return preferred[0] if preferred else "identity"

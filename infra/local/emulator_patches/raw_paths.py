"""Hands a request's path over as it was sent, where the emulator decodes it.

| rule | source |
|---|---|
| `path` and `pathParameters` of a REST API's proxy event stay percent-encoded | aws/chalice#511, aws/aws-sam-cli#771 |
| an encoded slash in a segment does not end it | the same |
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Asgi = Callable[[Any, Any, Any], Awaitable[None]]

_sent: ContextVar[str] = ContextVar("sent", default="")


def install() -> None:
    """Note the raw path where a request comes in, and put it in place where a REST API is executed."""
    from ministack import app
    from ministack.services import apigateway_v1

    app.app = noting_path(app.app)
    execute = apigateway_v1.handle_execute

    async def executed(api_id: str, stage: str, method: str, path: str, *rest: Any, **more: Any) -> Any:
        return await execute(api_id, stage, method, raw_tail(_sent.get(), path), *rest, **more)

    apigateway_v1.handle_execute = executed


def noting_path(serve: Asgi) -> Asgi:
    """Serve each request with its raw path noted."""

    async def served(scope: Any, receive: Any, send: Any) -> None:
        _sent.set((scope.get("raw_path") or b"").decode("latin-1"))
        await serve(scope, receive, send)

    return served


def raw_tail(raw: str, decoded: str) -> str:
    """Return the end of the raw path that reads as this decoded one; the decoded one itself if there is none."""
    starts = (at for at, sign in enumerate(raw) if sign == "/")
    return next((raw[at:] for at in starts if unquote(raw[at:]) == decoded), decoded)

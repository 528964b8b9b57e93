"""Serves the emulator on a second port, so that files have an origin of their own, as buckets have on AWS.

| rule | source |
|---|---|
| a bucket is a host, so an origin, of its own | S3 User Guide, "Virtual hosting of general purpose buckets" |
| an origin is scheme, host and port | RFC 6454, 4 |
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def install() -> None:
    """Have the server listen on FILES_PORT as well."""
    import hypercorn.asyncio

    hypercorn.asyncio.serve = with_second_port(hypercorn.asyncio.serve, os.environ["FILES_PORT"])


def with_second_port(serve: Callable[..., Any], port: str) -> Callable[..., Any]:
    """`serve`, which listens on this loopback port beside those of its configuration."""

    def served(app: Any, config: Any, **options: Any) -> Any:
        config.bind = [*config.bind, f"127.0.0.1:{port}"]
        return serve(app, config, **options)

    return served

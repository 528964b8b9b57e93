"""Lets functions reach a bucket by its own host name, such as `<bucket>.s3.localhost`, as they do on AWS.

| rule | source |
|---|---|
| a bucket is a host of its own (virtual-hosted style) | S3 User Guide, "Virtual hosting of general purpose buckets" |
| names below `localhost` are the loopback address | RFC 6761, 6.3; the C library asks a name server instead |
"""

from __future__ import annotations

RESOLVE = """
def _resolve_localhost():
    import socket
    ask = socket.getaddrinfo

    def answered(host, *rest, **more):
        below = isinstance(host, str) and host.endswith(".localhost")
        return ask("127.0.0.1" if below else host, *rest, **more)

    socket.getaddrinfo = answered

_resolve_localhost()
"""
"""What a function's process runs before anything else."""


def install() -> None:
    """Put it before the emulator's own script for functions in Python."""
    from ministack.core import lambda_runtime

    lambda_runtime._PYTHON_WORKER_SCRIPT = RESOLVE + lambda_runtime._PYTHON_WORKER_SCRIPT  # noqa: SLF001

"""A server of small pages on the loopback address, for as long as it is open."""

from __future__ import annotations

from http.server import ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler


class QuietRequest:
    """Says nothing: the terminal shows the product's log."""

    def log_message(self, *_: object) -> None:
        """Leave it out."""


class LoopbackServer:
    """Answers by a kind of request, on a port of before if that is free."""

    def __init__(self, request: type[BaseHTTPRequestHandler], preferred_port: int) -> None:
        try:
            self._server = ThreadingHTTPServer(("127.0.0.1", preferred_port), request)
        except OSError:
            self._server = ThreadingHTTPServer(("127.0.0.1", 0), request)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def open(self) -> None:
        """Start answering."""
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

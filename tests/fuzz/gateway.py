"""The product in memory behind a small web server that does what API Gateway does, so that any client can attack it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.access.product import Product
from tests.api_client import ApiClient

ROOT = "/v1"
PROBLEM = "application/problem+json"
LARGEST = 10 * 1024 * 1024
"""API Gateway takes no larger body."""


def refused(status: int, code: str) -> tuple[int, dict[str, str], str]:
    """What the gateway answers by itself."""
    reported = {"type": f"/problems/{code}", "title": code, "status": status, "detail": code, "instance": "gateway"}
    more = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return status, {"Content-Type": PROBLEM, **more}, json.dumps(reported)


class Gateway:
    """From an HTTP request to the function's event, and from its answer back."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._lock = threading.Lock()

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], str]:
        """The answer to one request; one at a time, as a function instance works."""
        path = urlsplit(target).path.removeprefix(ROOT)
        try:
            resource, _ = self._product.anyone()._resource(path)
        except LookupError:
            return refused(404, "not-found")
        entry = self._product.app.routes[resource].get(method)
        if entry is None:
            return refused(404, "not-found")
        subject = None
        if entry.authorizer is not None:
            subject = self._product.let_in(method, path, headers.get("authorization", ""))
            if subject is None:
                return refused(401, "unauthenticated")
        event = self._event(subject, method, target.removeprefix(ROOT), headers, body)
        with self._lock:
            answered = self._product.app(event, None)
        return answered["statusCode"], answered["headers"], answered["body"]

    def _event(
        self, subject: str | None, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> dict[str, Any]:
        client = ApiClient(self._product.app, subject, headers)
        event = client.event(method, target, body.decode("utf-8", "surrogateescape") if body else None)
        query = parse_qs(urlsplit(target).query, keep_blank_values=True, errors="replace")
        event["queryStringParameters"] = {name: values[-1] for name, values in query.items()} or None
        event["multiValueQueryStringParameters"] = query or None
        return event


class Requests(BaseHTTPRequestHandler):
    """One connection to the gateway, whatever method is asked for."""

    gateway: Gateway
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def _serve(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), LARGEST)
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, reported, text = self.gateway.answer(self.command, self.path, headers, self.rfile.read(length))
        content = b"" if status in (204, 304) else text.encode()
        self.send_response(status)
        for name, value in reported.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """The product logs for itself."""


@contextmanager
def served(product: Product) -> Iterator[str]:
    """The product at an address of this machine for as long as the block lasts."""
    requests = type("RequestsHere", (Requests,), {"gateway": Gateway(product)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), requests)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{ROOT}"
    finally:
        server.shutdown()
        server.server_close()

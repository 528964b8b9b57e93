"""A DynamoDB that says what a test tells it to: one scripted answer a request, over real HTTP on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from zlib import crc32


@dataclass(frozen=True)
class Answer:
    """What goes back: a body, what its checksum is made of, and whether the connection dies half way."""

    body: bytes
    status: int = 200
    checksum_of: bytes | None = None
    cut: bool = False


def page(items: list[dict[str, Any]], next_key: dict[str, Any] | None = None, **more: Any) -> Answer:
    """A good answer with these items."""
    body: dict[str, Any] = {"Items": items, "Count": len(items), "ScannedCount": len(items), **more}
    if next_key:
        body["LastEvaluatedKey"] = next_key
    return Answer(json.dumps(body).encode())


def throttled() -> Answer:
    """What DynamoDB says to a partition that is asked too much."""
    kind = "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"
    return Answer(json.dumps({"__type": kind, "message": "slow down"}).encode(), status=400)


@dataclass
class Script:
    """The answers still to give, and the requests that came."""

    answers: list[Answer]
    requests: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""


@contextmanager
def serving(*answers: Answer) -> Iterator[Script]:
    """Serve these answers in order."""
    script = Script(list(answers))

    class Scripted(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            script.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            answer = script.answers.pop(0)
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("x-amz-crc32", str(crc32(answer.checksum_of or answer.body)))
            self.end_headers()
            self.wfile.write(answer.body[: len(answer.body) // 2] if answer.cut else answer.body)
            self.close_connection = answer.cut

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Scripted)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        script.url = f"http://127.0.0.1:{server.server_port}"
        yield script
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""A DynamoDB in a process of its own that gives fixed answers, so that only the client's work is measured.

Run as a program it reads `{"GetItem partnerbook-x": {…}, …}` from standard input and prints its port.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator

Answers = dict[str, Any]
"""By operation and table."""


class Canned(BaseHTTPRequestHandler):
    """Gives the answer for the operation and table that a request names."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    answers: dict[str, bytes] = {}  # noqa: RUF012 set once, before serving

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        operation = self.headers["X-Amz-Target"].rpartition(".")[2]
        body = self.answers.get(f"{operation} {asked.get('TableName', '')}", b"{}")
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\n"
            f"Content-Length: {len(body)}\r\nx-amz-crc32: {crc32(body)}\r\n\r\n"
        )
        self.wfile.write(head.encode() + body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(answers: Answers) -> Iterator[str]:
    """Serve these answers; gives the address."""
    command = [sys.executable, "-m", "bench.canned_dynamodb"]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin
    assert server.stdout
    try:
        server.stdin.write(json.dumps(answers) + "\n")
        server.stdin.flush()
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def main() -> None:
    """Serve until terminated."""
    read = json.loads(sys.stdin.readline())
    Canned.answers = {name: json.dumps(answer).encode() for name, answer in read.items()}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Canned)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()

"""A DynamoDB that answers Queries and an S3 that swallows uploads, in a process of their own on the loopback.

`python -m bench.server` prints its port. A partner's id says how many accounts it has: `part_20000`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from zlib import crc32

from bench.items import Pages, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 1 << 20
_pages = cache(Pages)


class Answering(BaseHTTPRequestHandler):
    """Answers one connection's requests."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """A Query, or one of the two ends of a multipart upload."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if "X-Amz-Target" in self.headers:
            asked = json.loads(body)
            answer = _pages().body(page_of(asked.get("ExclusiveStartKey")), _rows(asked))
            self._answer(answer, {"Content-Type": "application/x-amz-json-1.0", "x-amz-crc32": str(crc32(answer))})
        elif "uploads" in self.path:
            self._answer(b"<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>")
        else:
            self._answer(b"<CompleteMultipartUploadResult><ETag>1</ETag></CompleteMultipartUploadResult>")

    def do_PUT(self) -> None:
        """A part, or a whole small file."""
        left = int(self.headers["Content-Length"])
        while left:
            left -= len(self.rfile.read(min(left, _PIECE)))
        self._answer(b"", {"ETag": '"1"'})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class calls it so
        """Silence."""

    def _answer(self, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(200)
        for name, value in {**(headers or {}), "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _rows(asked: dict[str, Any]) -> int:
    return next(
        int(text[5:])
        for ((_, text),) in map(dict.items, asked["ExpressionAttributeValues"].values())
        if text.startswith("part_")
    )


@contextmanager
def serving() -> Iterator[str]:
    """The URL of a server process that lives as long as the block."""
    with subprocess.Popen([sys.executable, "-m", "bench.server"], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


def main() -> None:
    """Serve until terminated."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()

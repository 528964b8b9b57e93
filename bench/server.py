"""A DynamoDB that answers Queries and an S3 that swallows uploads, in a process of their own on the loopback.

`python -m bench.server` prints its port. A partner's id says how many accounts it has: `part_20000`. With a directory
named behind it, the reports uploaded stay there, each under its own name.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
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
    keep: Path | None = None

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
            piece = self.rfile.read(min(left, _PIECE))
            left -= len(piece)
            self._keep(piece, left)
        self._answer(b"", {"ETag": '"1"'})

    def _keep(self, piece: bytes, left: int) -> None:
        """Our files come part by part in their order; a first part's first piece begins the file anew."""
        where = urlsplit(self.path)
        file = Path(where.path)
        if self.keep is None or not file.suffix:
            return
        part = parse_qs(where.query).get("partNumber", ["1"])[0]
        begins = part == "1" and left + len(piece) == int(self.headers["Content-Length"])
        with (self.keep / file.name).open("wb" if begins else "ab") as kept:
            kept.write(piece)

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
def serving(keep: Path | None = None) -> Iterator[str]:
    """The URL of a server process that lives as long as the block."""
    command = [sys.executable, "-m", "bench.server", *([str(keep)] if keep else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


def main() -> None:
    """Serve until terminated."""
    Answering.keep = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()

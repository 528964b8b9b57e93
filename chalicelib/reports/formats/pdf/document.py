"""A PDF file written in order: objects as they become final, then the table of where each one is."""

from __future__ import annotations

from array import array
from hashlib import md5

from isal.isal_zlib import compress

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""The bytes above 127 tell programs that move files that this is no text."""


class Document:
    """Numbers objects and remembers their places: eight bytes each, whatever they hold."""

    def __init__(self) -> None:
        self._places = array("Q", [0])
        self._written = 0

    def open(self) -> bytes:
        """Return what comes first."""
        return self._out(HEADER)

    def reserve(self) -> int:
        """Return the number of an object that is written later."""
        self._places.append(0)
        return len(self._places) - 1

    def put(self, number: int, body: str) -> bytes:
        """Return an object that is no stream."""
        self._places[number] = self._written
        return self._out(f"{number} 0 obj\n{body}\nendobj\n".encode("ascii"))

    def put_stream(self, number: int, content: bytes, entries: str = "") -> bytes:
        """Return an object with content, compressed."""
        packed = compress(content, 1)
        self._places[number] = self._written
        head = f"{number} 0 obj\n<</Length {len(packed)}/Filter/FlateDecode{entries}>>\nstream\n"
        return self._out(b"%b%b\nendstream\nendobj\n" % (head.encode("ascii"), packed))

    def close(self, root: int, info: int, identity: str) -> bytes:
        """Return where everything is, and where to begin."""
        start = self._written
        table = "".join(f"{place:010d} 00000 n \n" for place in self._places[1:])
        digest = md5(identity.encode(), usedforsecurity=False).hexdigest()
        return self._out(
            f"xref\n0 {len(self._places)}\n0000000000 65535 f \n{table}trailer\n"
            f"<</Size {len(self._places)}/Root {root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>]>>\n"
            f"startxref\n{start}\n%%EOF\n".encode("ascii")
        )

    def _out(self, piece: bytes) -> bytes:
        self._written += len(piece)
        return piece


def text_string(text: str) -> str:
    """Text outside pages, such as the title, in any script."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex()}>"

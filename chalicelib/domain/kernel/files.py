"""Files: what the product writes, hands out for download and takes in by upload."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

DOWNLOAD_SECONDS = 300
"""How long a download URL lives at most."""
UPLOAD_SECONDS = 900
"""How long an upload form may be used."""
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class UploadForm:
    """What a browser posts, with the file as its last field, to put it in its one place."""

    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file as it is now."""

    bytes: int
    tag: str
    """Another one as soon as the file is replaced."""


class FileWriter(Protocol):
    """Takes a file piece by piece."""

    def write(self, piece: bytes) -> None:
        """Some more bytes."""
        ...

    @property
    def size(self) -> int:
        """Bytes written so far."""
        ...


class FileStore(Protocol):
    """Keeps files under keys such as `reports/<partner>/<run>/report.pdf`."""

    def create(self, key: str, content_type: str) -> AbstractContextManager[FileWriter]:
        """Write one file: it is there when the block ends, whole, and not there at all if the block fails."""
        ...

    def look_up(self, key: str) -> StoredFile:
        """Return what is kept under the key; NotFound without such a file."""
        ...

    def read(self, key: str, start: int = 0, tag: str | None = None) -> Iterator[bytes]:
        """Yield the file's bytes from there on, in pieces; `NotFound` without such a file, `StaleVersion` if it is
        another one than the tag names or is replaced meanwhile.
        """
        ...

    def folders(self, prefix: str) -> Iterator[str]:
        """Yield the folders right below a prefix, which ends in `/`; each whole, and ending in `/` too."""
        ...

    def delete_all(self, prefix: str) -> int:
        """Remove every file below a prefix, which ends in `/`; says how many there were."""
        ...

    def download_url(self, key: str, filename: str, content_type: str, seconds: int = DOWNLOAD_SECONDS) -> str:
        """Return a URL that gives the file, as an attachment of that name, to its bearer for at most five minutes."""
        ...

    def upload_form(self, key: str, content_type: str, largest: int) -> UploadForm:
        """Return a form that puts one file of at most so many bytes under exactly this key, for fifteen minutes."""
        ...


def attachment(filename: str) -> str:
    """Return the Content-Disposition (RFC 6266) that saves under this name, whatever characters it holds."""
    name = _sensible(filename)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem_and_suffix = plain if plain.partition(".")[0].strip() else f"report{plain}"
    return f"attachment; filename=\"{stem_and_suffix}\"; filename*=UTF-8''{quote(name, safe='')}"


def _sensible(filename: str) -> str:
    """Without what could end the header, leave the folder, or show the name other than it is (controls, bidi marks)."""
    kept = (char for char in filename if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    spaced = "".join(" " if char in '"\\/:*?<>|%;' else char for char in kept)
    stem, dot, suffix = " ".join(spaced.split()).strip(" .").rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{suffix[:LONGEST_NAME]}" or "report"

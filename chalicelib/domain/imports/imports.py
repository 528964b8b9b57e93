"""Imports: a partner's accounts brought in as one CSV file, from the upload form to the result file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.imports.dates import DateFormat

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.access import Role
    from chalicelib.domain.imports.columns import ImportKind
    from chalicelib.domain.kernel.paging import BoundedCount, Page


@dataclass(frozen=True, slots=True)
class Offset:
    """How far into a file: the rows that end there or before are dealt with."""

    byte: int = 0
    line: int = 1
    """The line that comes next."""


LARGEST_FILE = 1024**3
CONTENT_TYPE = "text/csv"
KEPT = timedelta(days=30)
"""How long the files of an import stay (a rule of the bucket)."""


class ImportStatus(StrEnum):
    """How far an import is."""

    CREATED = "created"
    """Its file is still to be uploaded, or has been and is to be started."""
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCounts:
    """What became of the rows so far. Each counts once: rows = created + adjusted + unchanged + rejected."""

    rows: int = 0
    created: int = 0
    """Written just as they were."""
    adjusted: int = 0
    """Written without what the rules forbid in their state."""
    unchanged: int = 0
    """Their username was this partner's already."""
    rejected: int = 0
    """Listed in the result file."""


@dataclass(frozen=True, slots=True)
class Upload:
    """The file as it was when the import started."""

    bytes: int
    tag: str


@dataclass(frozen=True, slots=True)
class Rejections:
    """The rejected rows so far: parts in the file store, and the last few that are not worth a part yet."""

    parts: int = 0
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a file as a whole."""

    delimiter: str
    encoding: str
    columns: tuple[str, ...]
    """In the file's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One import."""

    partner_id: str
    import_id: str
    kind: ImportKind
    requested_by: str
    """The subject of who asked for it."""
    role: Role
    """The role in which."""
    created_at: datetime
    status: ImportStatus = ImportStatus.CREATED
    started_at: datetime | None = None
    finished_at: datetime | None = None
    lease_expires_at: datetime | None = None
    """While it runs: until when a worker has it for itself; renewed with all it writes."""
    attempts: int = 0
    """How many workers took it since one last got on."""
    upload: Upload | None = None
    date_format: DateFormat = DateFormat.YEAR_FIRST
    """How its dates are written, as whoever started it chose."""
    understood: Understood | None = None
    """Known once the file has been looked through."""
    total_rows: int | None = None
    """Known once the file has been looked through."""
    offset: Offset = field(default_factory=Offset)
    counts: ImportCounts = field(default_factory=ImportCounts)
    rejections: Rejections = field(default_factory=Rejections)
    reason: str | None = None
    """Why it failed, as a sentence for the person who asked."""
    version: int = 1

    @property
    def folder(self) -> str:
        """What the keys of all its files start with."""
        return f"imports/{self.partner_id}/{self.import_id}/"

    @property
    def upload_key(self) -> str:
        return f"{self.folder}upload.csv"

    @property
    def result_key(self) -> str:
        return f"{self.folder}result.csv"

    def part_key(self, number: int) -> str:
        """Return where a part of the rejected rows is kept."""
        return f"{self.folder}rejected/{number:06}.csv"

    @property
    def is_running(self) -> bool:
        """Whether it is for workers."""
        return self.status is ImportStatus.RUNNING

    @property
    def progress(self) -> int:
        """Hundredths of the way."""
        if self.status is ImportStatus.DONE:
            return 100
        return 100 * self.offset.byte // self.upload.bytes if self.upload and self.upload.bytes else 0

    def has_result(self, now: datetime) -> bool:
        """Tell whether its result file can be downloaded."""
        return self.status is ImportStatus.DONE and self.finished_at is not None and now < self.finished_at + KEPT


@dataclass(frozen=True, slots=True)
class ImportTurn:
    """A partner's one turn to import: there while an import runs, so that a second one cannot start."""

    partner_id: str
    import_id: str


class ImportStore(Protocol):
    """The imports of partners; writes go through a `TransactionWriter`."""

    def get(self, partner_id: str, import_id: str) -> Import:
        """Return the import, read strongly consistent; raises `NotFound`, also for another partner's."""
        ...

    def page(self, partner_id: str, after: str | None, limit: int) -> Page[Import]:
        """Imports, the newest first, after that id."""
        ...

    def running(self, limit: int) -> list[Import]:
        """Imports of all partners that run, the longest first. Eventually consistent."""
        ...

    def count_failed(self, partner_id: str, since: datetime, limit: int) -> BoundedCount:
        """Count the partner's imports that have failed since then, up to the limit. Eventually consistent."""
        ...

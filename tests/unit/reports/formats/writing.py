"""Writing a file the way a report worker does: in batches, to parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.formats import encoder
from chalicelib.reports.table import NO_FRONT
from tests.unit.reports.formats.samples import TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.reports.table import Encoder, Front, Row, Table


def written(
    format_: str | Encoder,
    rows: Sequence[Row],
    *,
    table: Table = TABLE,
    batch: int = 1_000,
    total: Row | None = None,
    notes: tuple[str, ...] = (),
    front: Front = NO_FRONT,
) -> bytes:
    """The whole file."""
    encoding = encoder(format_, table) if isinstance(format_, str) else format_
    parts = [*encoding.start(front)]
    for start in range(0, len(rows), batch):
        parts += encoding.rows(rows[start : start + batch])
    return b"".join([*parts, *encoding.finish(total, notes)])

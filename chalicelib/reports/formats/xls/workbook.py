"""The whole workbook from its sheets: the records that know where each sheet begins, then the sheets."""

from __future__ import annotations

from dataclasses import dataclass
from struct import pack
from typing import TYPE_CHECKING

from chalicelib.reports.formats.xls import autofilter, sheets, styles
from chalicelib.reports.formats.xls.compound import CompoundFile
from chalicelib.reports.formats.xls.properties import summary
from chalicelib.reports.formats.xls.records import WORKBOOK, beginning, end, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chalicelib.reports.formats.xls.cells import Cells
    from chalicelib.reports.spool import Spool
    from chalicelib.reports.table import Heading

_UTF_16 = 0x04B0
_TABS_AND_BARS = 0x0038


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its cells are a stretch of the spool, the other records stand before and behind them."""

    name: str
    before: bytes
    start: int = 0
    end: int = 0
    behind: bytes = b""

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.before) + self.end - self.start + len(self.behind)


def assemble(
    heading: Heading, all_sheets: Sequence[Sheet], areas: bytes, spool: Spool, cells: Cells
) -> Iterator[bytes]:
    """Yield the file; `areas` is what the workbook knows of the sheets' filters and drawings."""
    cells.strings.close()
    before = beginning(WORKBOOK) + _settings() + styles.records()
    entries = sum(len(sheets.entry(sheet.name, 0)) for sheet in all_sheets)
    own = len(before) + entries + len(areas) + cells.strings.size + len(end())
    file = CompoundFile(own + sum(sheet.size for sheet in all_sheets), summary(heading))
    yield file.start() + before + _entries(all_sheets, own) + areas
    yield from cells.strings.records(cells.with_text)
    yield end()
    for sheet in all_sheets:
        yield sheet.before
        yield from spool.read(sheet.start, sheet.end)
        yield sheet.behind
    yield from file.finish()


def filtered(rows: Sequence[int], columns: int) -> bytes:
    """Return what the workbook knows of the filters over its first sheets, by the last row of each, and of their
    arrows.
    """
    return sheets.areas(rows, columns) + autofilter.group(len(rows), columns)


def _settings() -> bytes:
    window = record(0x003D, pack("<HHHHHHHHH", 0, 0, 0x4000, 0x2000, _TABS_AND_BARS, 0, 0, 1, 600))
    return record(0x0042, pack("<H", _UTF_16)) + window + record(0x0022, bytes(2))


def _entries(all_sheets: Sequence[Sheet], first: int) -> bytes:
    entries, offset = b"", first
    for sheet in all_sheets:
        entries += sheets.entry(sheet.name, offset)
        offset += sheet.size
    return entries

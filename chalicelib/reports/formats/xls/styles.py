"""How cells look: fonts, the date format and the combinations that cells name."""

from __future__ import annotations

from enum import IntEnum
from struct import pack

from chalicelib.reports.formats.xls.records import characters, record, short_text

_STYLES = 15
"""Every workbook begins with so many style formats; those of cells come behind them."""


class CellStyle(IntEnum):
    """A cell's format, by its place among the workbook's."""

    PLAIN = _STYLES
    HEADER = _STYLES + 1
    DATE = _STYLES + 2
    QUOTED = _STYLES + 3
    TOTAL = _STYLES + 4
    TOTAL_DATE = _STYLES + 5
    WRAPPED = _STYLES + 6
    NUMBER = _STYLES + 7
    TOTAL_NUMBER = _STYLES + 8
    NUMBER_HEADER = _STYLES + 9


_NORMAL, _BOLD = 0, 5
"""Fonts: four that every workbook has; the number 4 is never used, so that the fifth is 5."""
_GENERAL, _THOUSANDS, _ISO_DATE = 0, 3, 164
_LOCKED, _STYLE, _QUOTE_PREFIX = 0x0001, 0xFFF5, 0x0008
_BOTTOM, _TOP_WRAPPED, _RIGHT = 0x20, 0x08, 0x23
_THIN_TOP, _BLACK_TOP = 1 << 8, 64
_SOLID, _LIGHT_GREY, _AUTOMATIC = 1 << 26, 22, 65 << 7


def records() -> bytes:
    """Return the records of fonts, number format, cell formats and the one named style."""
    fonts = 4 * _font(400) + _font(700)
    units, wide, name = characters("yyyy\\-mm\\-dd")
    number_format = record(0x041E, pack("<HHB", _ISO_DATE, units, wide) + name)
    styles = _format(kind=_STYLE, changed=0) * _STYLES
    return fonts + number_format + styles + _cell_formats() + record(0x0293, pack("<HBB", 0x8000, 0, 0xFF))


def _cell_formats() -> bytes:
    quoted = _LOCKED | _QUOTE_PREFIX
    return b"".join(
        (
            _format(),
            _format(font=_BOLD, top_and_fill=_SOLID, colours=_LIGHT_GREY | _AUTOMATIC),
            _format(number=_ISO_DATE),
            _format(kind=quoted),
            _format(font=_BOLD, kind=quoted, borders=_THIN_TOP, top_and_fill=_BLACK_TOP),
            _format(font=_BOLD, number=_ISO_DATE, borders=_THIN_TOP, top_and_fill=_BLACK_TOP),
            _format(kind=quoted, align=_TOP_WRAPPED),
            _format(number=_THOUSANDS),
            _format(font=_BOLD, number=_THOUSANDS, borders=_THIN_TOP, top_and_fill=_BLACK_TOP),
            _format(font=_BOLD, align=_RIGHT, top_and_fill=_SOLID, colours=_LIGHT_GREY | _AUTOMATIC),
        )
    )


def _font(weight: int) -> bytes:
    eleven_points, automatic_colour, swiss = 220, 0x7FFF, 2
    return record(
        0x0031,
        pack("<HHHHHBBBB", eleven_points, 0, automatic_colour, weight, 0, 0, swiss, 0, 0) + short_text("Calibri"),
    )


def _format(
    *,
    font: int = _NORMAL,
    number: int = _GENERAL,
    kind: int = _LOCKED,
    align: int = _BOTTOM,
    changed: int = 0xFC,
    borders: int = 0,
    top_and_fill: int = 0,
    colours: int = 64 | _AUTOMATIC,
) -> bytes:
    return record(0x00E0, pack("<HHHBBBBIIH", font, number, kind, align, 0, 0, changed, borders, top_and_fill, colours))

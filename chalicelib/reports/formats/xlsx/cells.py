"""Values to the XML of cells: fast for a whole column of ordinary values, one by one for what needs a closer look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.formula_guard import all_harmless, is_formula
from chalicelib.reports.columns import texts, translated
from chalicelib.reports.dates import serial
from chalicelib.reports.formats.xlsx import parts
from chalicelib.reports.formats.xlsx.escaping import escape, is_plain, markup
from chalicelib.reports.spreadsheet import LARGEST_NUMBER, LONGEST_TEXT, cut, fits
from chalicelib.reports.table import ColumnType

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chalicelib.reports.table import Value

    Numbers = Sequence[str]
    CellColumn = Callable[[Sequence[Value], Numbers], Sequence[str]]

_STYLES = {False: (parts.PLAIN, parts.DATE), True: (parts.TOTAL, parts.TOTAL_DATE)}


class Cells:
    """Makes the cells of one file, and counts the texts too long for one."""

    def __init__(self) -> None:
        self.cut = 0

    def column(self, position: int, type_: ColumnType) -> CellColumn:
        """What turns a batch of this column's values, with their rows' numbers, into cells."""
        make = {ColumnType.TEXT: self._texts, ColumnType.INTEGER: self._integers, ColumnType.DATE: self._dates}[type_]
        letters = column_letters(position)
        return lambda values, numbers: make(letters, values, numbers)

    def text(self, reference: str, text: str, style: int = parts.PLAIN) -> str:
        """A cell that is nothing but text, whatever it looks like."""
        if not text:
            return ""
        if style == parts.PLAIN and is_formula(text):
            style = parts.QUOTED
        if not fits(text):
            text = cut(text)
            self.cut += 1
        return _text(reference, escape(text), f' s="{style}"' if style else "")

    def typed(self, reference: str, value: Value, type_: ColumnType, *, total: bool = False) -> str:
        """A cell as its column's type asks, or text where that cannot hold the value."""
        plain, dated = _STYLES[total]
        if isinstance(value, int):
            held = abs(value) <= LARGEST_NUMBER
            return _number(reference, value, plain) if held else self.text(reference, str(value), plain)
        day = serial(value) if value and type_ is ColumnType.DATE else None
        return self.text(reference, value or "", plain) if day is None else _number(reference, day, dated)

    def _texts(self, letters: str, values: Sequence[Value], numbers: Numbers) -> list[str]:
        cells = texts(values)
        if not _is_ordinary(cells):
            return [self.text(f"{letters}{n}", text) for n, text in zip(numbers, cells, strict=True)]
        return [
            f'<c r="{letters}{n}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' if text else ""
            for n, text in zip(numbers, translated(cells, markup), strict=True)
        ]

    def _integers(self, letters: str, values: Sequence[Value], numbers: Numbers) -> list[str]:
        return [
            f'<c r="{letters}{n}"><v>{value:d}</v></c>'
            if isinstance(value, int) and -LARGEST_NUMBER <= value <= LARGEST_NUMBER
            else self.typed(f"{letters}{n}", value, ColumnType.INTEGER)
            for n, value in zip(numbers, values, strict=True)
        ]

    def _dates(self, letters: str, values: Sequence[Value], numbers: Numbers) -> list[str]:
        cells = texts(values)
        return [
            f'<c r="{letters}{n}" s="{parts.DATE}"><v>{day}</v></c>' if day else self.text(f"{letters}{n}", text)
            for n, day, text in zip(numbers, map(serial, cells), cells, strict=True)
        ]


def column_letters(position: int) -> str:
    """The name of the column at this position, counted from 0: A to Z, then AA."""
    before, last = divmod(position, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + last)


def _is_ordinary(cells: list[str]) -> bool:
    return all_harmless(cells) and max(map(len, cells)) <= LONGEST_TEXT // 2 and is_plain("\n".join(cells))


def _text(reference: str, escaped: str, style: str) -> str:
    return f'<c r="{reference}"{style} t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'


def _number(reference: str, number: int, style: int) -> str:
    return f'<c r="{reference}" s="{style}"><v>{number}</v></c>'

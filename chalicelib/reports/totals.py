"""The total row: what the number columns add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.table import ColumnType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chalicelib.reports.table import Column, Row, Value


class Totals:
    """Adds up rows as they go by."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._sums = [0 if column.type is ColumnType.INTEGER else None for column in columns]

    def add(self, rows: Iterable[Row]) -> None:
        """Some more rows."""
        for row in rows:
            self._sums = [
                item if item is None else item + (value if isinstance(value, int) else 0)
                for item, value in zip(self._sums, row, strict=True)
            ]

    @property
    def row(self) -> Row:
        """The row, named in its first column."""
        _, *sums = self._sums
        shown: list[Value] = ["Total", *sums]
        return tuple(shown)

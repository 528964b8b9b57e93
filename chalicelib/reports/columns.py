"""A column at a time: what makes writing rows in plain Python fast is that most loops run inside the interpreter."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from chalicelib.reports.table import Row, Value

Cell = TypeVar("Cell")


def by_column(
    rows: Sequence[Row], converters: Sequence[Callable[[Sequence[Value]], Iterable[Cell]]]
) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows with every column passed through its converter, which sees all its values of the batch at once."""
    columns = zip(*rows, strict=True)
    return zip(*(convert(values) for convert, values in zip(converters, columns, strict=True)), strict=True)


def shown(value: Value) -> str:
    """Return a value as people read it: numbers with separators of thousands."""
    return "" if value is None else f"{value:,}" if isinstance(value, int) else value


def texts(values: Sequence[Value]) -> list[str]:
    """Return a text or date column's values, the empty ones as empty text."""
    present = cast("Sequence[str | None]", values)
    return list(cast("Sequence[str]", present)) if all(present) else [text or "" for text in present]

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
    """The rows with every column passed through its converter, which sees all its values of the batch at once."""
    columns = zip(*rows, strict=True)
    return zip(*(convert(values) for convert, values in zip(converters, columns, strict=True)), strict=True)


def texts(values: Sequence[Value]) -> list[str]:
    """A text or date column's values, the empty ones as empty text."""
    known = cast("Sequence[str | None]", values)
    return list(cast("Sequence[str]", known)) if all(known) else [text or "" for text in known]

"""How much memory a report takes, at ten thousand rows and at a million: it must not grow where the file streams."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bench.results import at_most, report, reported
from bench.server import serving
from bench.worker import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.results import Result

FEW, MANY = 10_000, 1_000_000
ROW_LIMIT = 200_000
"""Where PDF and XLS are refused by default."""
STREAMED, SPOOLED = ("csv", "html", "xlsx"), ("pdf", "xls")
MOST_GROWTH_MB = 16
MOST_BYTES_A_ROW = 100
WORKER_MB = 512


def main() -> int:
    """Measure every format at both sizes."""
    with serving() as url:
        return report("memory", _measured(url))


def _measured(url: str) -> Iterator[Result]:
    for format_ in STREAMED:
        few, many = (measure(url, "ours", format_, rows).peak_mb for rows in (FEW, MANY))
        yield at_most(f"memory.{format_}.growth", many - few, "MB", MOST_GROWTH_MB)
        yield at_most(f"memory.{format_}.at_a_million_rows", many, "MB", WORKER_MB)
    for format_ in SPOOLED:
        few, many = (measure(url, "ours", format_, rows).peak_mb for rows in (FEW, ROW_LIMIT))
        growth = max(many - few, 0) * (1 << 20) / (ROW_LIMIT - FEW)
        yield at_most(f"memory.{format_}.growth_a_row", growth, "bytes", MOST_BYTES_A_ROW)
        yield reported(f"memory.{format_}.at_the_row_limit", many, "MB")


if __name__ == "__main__":
    sys.exit(main())

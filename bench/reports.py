"""How fast a report is written from the table to the bucket, against the usual stack in the same run and the floor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.results import at_least, report, reported
from bench.server import serving
from bench.worker import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.results import Result
    from bench.worker import Measured

TIMES_THE_USUAL = {"csv": 6, "html": 12, "xlsx": 12, "xls": 8, "pdf": 6}
ROWS = 20_000
KEPT = Path("build/bench")
ROWS_OF_USUAL_PDF = 5_000
TRIES = 6
"""The least CPU counts: whatever else runs on the machine only adds."""


def main() -> int:
    """Measure every format; our files stay for `bench.readers`."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with serving(KEPT) as url:
        return report("reports", _measured(url))


def _measured(url: str) -> Iterator[Result]:
    floor = min((measure(url, "floor", "csv", ROWS) for _ in range(TRIES)), key=_cpu)
    yield reported("reports.floor", floor.rows_per_second, "rows/s")
    for format_ in TIMES_THE_USUAL:
        yield from _compared(url, format_, floor)


def _compared(url: str, format_: str, floor: Measured) -> Iterator[Result]:
    ours, usual = _best_of_both(url, format_)
    name = f"reports.{format_}"
    yield at_least(name, ours.rows_per_second / usual.rows_per_second, "x usual", TIMES_THE_USUAL[format_])
    yield reported(f"{name}.rows_per_second", ours.rows_per_second, "rows/s")
    yield reported(f"{name}.usual_rows_per_second", usual.rows_per_second, "rows/s")
    yield reported(f"{name}.of_floor", 100 * ours.rows_per_second / floor.rows_per_second, "% of floor")
    yield reported(f"{name}.peak_memory", ours.peak_mb, "MB")
    yield reported(f"{name}.usual_peak_memory", usual.peak_mb, "MB")


def _best_of_both(url: str, format_: str) -> tuple[Measured, Measured]:
    """In turns, so that the machine's moods meet both."""
    usual_rows = ROWS_OF_USUAL_PDF if format_ == "pdf" else ROWS
    tries = [(measure(url, "ours", format_, ROWS), measure(url, "usual", format_, usual_rows)) for _ in range(TRIES)]
    ours, usual = zip(*tries, strict=True)
    return min(ours, key=_cpu), min(usual, key=_cpu)


def _cpu(measured: Measured) -> float:
    return measured.cpu_seconds


if __name__ == "__main__":
    sys.exit(main())

"""What benches found: printed as a table, and kept in results.json under the bench's name."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = Path(__file__).with_name("results.json")


@dataclass(frozen=True, slots=True)
class Result:
    """One figure; without a target it is told for comparison and always holds."""

    name: str
    """`bench.figure`, as in `reports.csv`."""
    value: float
    unit: str
    target: float | None = None
    holds: bool = True


def at_least(name: str, value: float, unit: str, target: float) -> Result:
    """A figure that must reach its target."""
    return Result(name, round(value, 2), unit, target, value >= target)


def at_most(name: str, value: float, unit: str, target: float) -> Result:
    """A figure that must stay within its target."""
    return Result(name, round(value, 2), unit, target, value <= target)


def reported(name: str, value: float, unit: str) -> Result:
    """A figure for comparison."""
    return Result(name, round(value, 2), unit)


def report(bench: str, results: Iterable[Result]) -> int:
    """Print the results as they come and keep them in place of this bench's last ones; 1 if one missed its target."""
    measured = []
    for result in results:
        measured.append(result)
        print(_line(result), flush=True)
    others = [kept for kept in _kept() if kept["name"].partition(".")[0] != bench]
    FILE.write_text(json.dumps([*others, *map(asdict, measured)], indent=1) + "\n", encoding="utf-8")
    return int(not all(item.holds for item in measured))


def _line(result: Result) -> str:
    verdict = "holds" if result.holds else "MISSED"
    target = "" if result.target is None else f"target {result.target:>10,.6g}  {verdict}"
    return f"{result.name:<40} {result.value:>14,.2f} {result.unit:<12} {target}".rstrip()


def _kept() -> list[dict[str, Any]]:
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else []

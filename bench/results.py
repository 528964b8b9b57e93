"""What benches found: printed as a table, and kept in results.json under the bench's name."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def told(name: str, value: float, unit: str) -> Result:
    """A figure for comparison."""
    return Result(name, round(value, 2), unit)


def report(bench: str, results: Sequence[Result]) -> int:
    """Print and keep the results in place of this bench's last ones; 1 if a target was missed, else 0."""
    for each in results:
        target = "" if each.target is None else f"target {each.target:>10,.4g}  {'holds' if each.holds else 'MISSED'}"
        print(f"{each.name:<44} {each.value:>14,.2f} {each.unit:<14} {target}")
    others = [kept for kept in _kept() if kept["name"].partition(".")[0] != bench]
    FILE.write_text(json.dumps([*others, *map(asdict, results)], indent=1) + "\n", encoding="utf-8")
    return int(not all(each.holds for each in results))


def _kept() -> list[dict[str, object | str]]:
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else []

"""The latest day that a stack's data has lived to: time never goes back in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from infra.local.settings import StackConfig


def require_not_before(place: StackConfig) -> None:
    """Remember the day of this start; ends with one sentence where the data has lived to a later one.

    Work in flight knows when it was last looked at: on an earlier day nothing would ever look at it again.
    """
    starting = date.fromisoformat(place.today) if place.today else datetime.now(UTC).date()
    latest = _latest(place)
    if latest and starting < latest:
        raise SystemExit(
            f"The data in {place.folder} has lived to {latest}, and {starting} is before that. "
            f"Start with TODAY={latest} or later, or with another DATA_DIR."
        )
    place.folder.mkdir(parents=True, exist_ok=True)
    _file(place).write_text(f"{starting}\n")


def _latest(place: StackConfig) -> date | None:
    file = _file(place)
    return date.fromisoformat(file.read_text().strip()) if file.exists() else None


def _file(place: StackConfig) -> Path:
    return place.folder / "latest-day"

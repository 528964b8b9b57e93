"""What each function needs as its code says, derived once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from infra.permissions.derivation import Needs, derive

ROOT = Path(__file__).parents[2]


@cache
def needs() -> Needs:
    """What this tree's functions need."""
    return derive(ROOT)


def not_derived(used: dict[str, set[tuple[str, str]]]) -> list[str]:
    """What functions were seen to do that the derivation does not know of: each shows a hole in it."""
    return [
        f"{function} does {action} on {resource}, which infra.permissions does not derive"
        for function, permissions in sorted(used.items())
        for action, resource in sorted(permissions - needs()[function].keys())
    ]

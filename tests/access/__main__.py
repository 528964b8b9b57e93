"""Prints what `make access` has tried."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from io import StringIO

from chalicelib import telemetry
from chalicelib.domain.access import EVERYONE
from tests.access.access_matrix import prepared


def main() -> int:
    """Walk, and say what surprised."""
    telemetry.logger().setLevel("CRITICAL")
    with redirect_stdout(StringIO()), prepared() as walk:
        walk.all()
    for trick, tried in walk.tried.items():
        print(f"{tried:6,}  {trick}")
    for surprise in walk.surprises:
        print(surprise)
    tried = sum(walk.tried.values())
    routes, roles, kinds = len(walk.routes), len(EVERYONE), len(walk.tried)
    print(
        f"{routes} routes × {roles} roles × {kinds} kinds of tricks: {tried:,} tried, {len(walk.surprises)} surprises"
    )
    return bool(walk.surprises)


if __name__ == "__main__":
    sys.exit(main())

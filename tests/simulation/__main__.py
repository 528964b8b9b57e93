"""`make simulate SEEDS=2000` plays so many seeds; `SEED=n` plays one again and tells what happens in it."""

from __future__ import annotations

import os
import sys

from tests.simulation.runner import play

LAST = 40


def main(seeds: range) -> int:
    """Play them all; each that breaks is told with what happened last."""
    broken = 0
    for seed in seeds:
        outcome = play(seed, keep=len(seeds) == 1)
        for line in outcome.reported if len(seeds) == 1 else outcome.reported[-LAST:]:
            sys.stdout.write(f"  {line}\n")
        if outcome.wrong:
            broken += 1
            sys.stdout.write(f"seed {seed}: {outcome.wrong}\n  again: make simulate SEED={seed}\n")
    sys.stdout.write(f"{len(seeds)} seeds, {broken} broken\n")
    return min(broken, 1)


if __name__ == "__main__":
    one = os.environ.get("SEED")
    chosen = range(int(one), int(one) + 1) if one else range(int(os.environ.get("SEEDS") or 200))
    raise SystemExit(main(chosen))

"""Prints where the functions' policies and their code disagree; `--write` writes the policies from the code first."""

from __future__ import annotations

import sys
from pathlib import Path

from infra.permissions import policies
from infra.permissions.derivation import derive
from infra.permissions.program import NotDerivable

ROOT = Path(__file__).parents[2]


def main(arguments: list[str]) -> int:
    """Compare, and say what is wrong; the exit code says whether anything is."""
    try:
        needs = derive(ROOT)
    except NotDerivable as problem:
        print(f"These places cannot be followed:\n{problem}", file=sys.stderr)
        return 1
    if "--write" in arguments:
        policies.write(ROOT, needs)
    missing, unneeded = list(policies.missing(ROOT, needs)), list(policies.unneeded(ROOT, needs))
    for difference in (*missing, *unneeded):
        print(difference)
    actions = {action for needed in needs.values() for action, _ in needed}
    resources = {resource for needed in needs.values() for _, resource in needed}
    values = sum(map(len, needs.values()))
    print(
        f"{len(needs)} functions × {len(actions)} actions × {len(resources)} resources: {values} permissions, "
        f"{len(missing)} missing, {len(unneeded)} unneeded"
    )
    return bool(missing or unneeded)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

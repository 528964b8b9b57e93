"""Writes docs/access.md: who may what, as the one table in domain/access.py says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra.package import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.api.http.operation import Operation

PATH = ROOT / "docs/access.md"
ROLES = ("partner_admin", "partner_manager", "partner_viewer", "operator", "platform")
HEAD = """# Who may what

Made by `make openapi` from `chalicelib/domain/access.py`, the one table that the API asks; what is not there, nobody
may. A role comes from our own record of members, read anew on every request, never from the token. Within what a role
may, every request is made for one partner: another partner's things are not found, as if there were none. The platform
sees only the account of the client that it acts for.
"""


def content() -> str:
    """Return the document as the file holds it."""
    from app import app
    from infra.openapi.document import operations

    served = operations(app.routes)
    return "\n".join([HEAD, *_table(served), "", *_public(served)]) + "\n"


def _table(served: list[Operation]) -> Iterator[str]:
    from chalicelib.domain.access import OPERATIONS

    yield f"| operation | request | {' | '.join(role.removeprefix('partner_') for role in ROLES)} |"
    yield f"|---|---|{'---|' * len(ROLES)}"
    for item in served:
        if not item.public:
            marks = ["yes" if role in OPERATIONS[item.name] else "" for role in ROLES]
            yield f"| {item.name} | `{item.method} {item.path}` | {' | '.join(marks)} |"


def _public(served: list[Operation]) -> Iterator[str]:
    yield "Open to everybody, without a sign-in:"
    yield ""
    for item in served:
        if item.public:
            yield f"- {item.name}: `{item.method} {item.path}`"


if __name__ == "__main__":
    PATH.write_text(content())
    print(PATH.relative_to(ROOT))

"""Reads the functions' policies, compares them with what was derived, and writes them anew from that."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infra.permissions.statements import statements_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from infra.permissions.derivation import Needs
    from infra.permissions.graph import Permission

FOLDER = ".chalice"
PREFIX = "policy-"
SERVICES_OWN = {
    "Log": "Lambda writes what a function prints",
    "Trace": "Lambda's active tracing",
    "Receive": "the event source mapping polls the queue with the function's role",
    "HandOverWhatFailed": "Lambda hands an event over that was given up",
}
"""Statements by which Lambda itself acts in the function's name; no code of ours does."""
Statement = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A permission that is needed and not given, or the other way round."""

    function: str
    permission: Permission
    why: str

    def __str__(self) -> str:
        action, resource = self.permission
        return f"{self.function}: {action} on {resource} {self.why}"


def functions(root: Path) -> list[str]:
    """Return every function that has a policy."""
    return [path.stem.removeprefix(PREFIX) for path in sorted((root / FOLDER).glob(f"{PREFIX}*.json"))]


def statements(root: Path, function: str) -> list[Statement]:
    """Return the statements of a function's policy."""
    found: list[Statement] = json.loads(_path(root, function).read_text())["Statement"]
    return found


def allowed(own: list[Statement], leaving_out: str = "") -> set[Permission]:
    """Return what these statements let a function's code do, leaving out one of them."""
    return {
        (action, resource_name(resource))
        for statement in own
        if statement["Sid"] not in (*SERVICES_OWN, leaving_out)
        for action in statement["Action"]
        for resource in statement["Resource"]
    }


def resource_name(resource: Any) -> str:
    """Return a resource as the derivation names it."""
    if "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    text = str(resource["Fn::Sub"])
    return "MailFrom" if ":ses:" in text else text


def missing(root: Path, needs: Needs) -> Iterator[Difference]:
    """Yield what a function needs and may not do, with the place in the code that needs it."""
    for function, needed in sorted(needs.items()):
        values = allowed(statements(root, function)) if _path(root, function).exists() else set()
        for permission in sorted(needed.keys() - values):
            need = needed[permission]
            by = "".join(f"\n    by {place}" for place in need.trail)
            yield Difference(function, permission, f"is missing, which {need.place} needs{by}")


def unneeded(root: Path, needs: Needs) -> Iterator[Difference]:
    """Yield what a function may do and never does."""
    for function in functions(root):
        for permission in sorted(allowed(statements(root, function)) - needs.get(function, {}).keys()):
            yield Difference(function, permission, "is allowed, and nothing in its code does it")


def write(root: Path, needs: Needs) -> None:
    """Write every policy from what is needed; what Lambda itself needs stays as it is."""
    mail = next(_mail_resources(root), [])
    for function, needed in needs.items():
        path = _path(root, function)
        own = statements(root, function) if path.exists() else statements(root, "authorizer")
        kept = [statement for statement in own if statement["Sid"] in SERVICES_OWN]
        made = {"Version": "2012-10-17", "Statement": [*statements_for(set(needed), mail), *kept]}
        path.write_text(json.dumps(made, indent=1) + "\n")


def _mail_resources(root: Path) -> Iterator[list[Any]]:
    for function in functions(root):
        for statement in statements(root, function):
            if any(action.startswith("ses:") for action in statement["Action"]):
                yield statement["Resource"]


def _path(root: Path, function: str) -> Path:
    return root / FOLDER / f"{PREFIX}{function}.json"

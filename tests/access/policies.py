"""What the functions' policies allow, each permission by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.access.recorder import Permission

FOLDER = Path(__file__).parents[2] / ".chalice"
SERVICES_OWN = {
    "Log": "Lambda writes what a function prints",
    "Trace": "Lambda's active tracing",
    "Receive": "the event source mapping polls the queue with the function's role",
    "HandOverWhatFailed": "Lambda hands an event over that was given up",
}
"""Statements by which Lambda itself acts in the function's name."""


def statements(function: str) -> list[dict[str, Any]]:
    """The statements of a function's policy."""
    found: list[dict[str, Any]] = json.loads((FOLDER / f"policy-{function}.json").read_text())["Statement"]
    return found


def allowed(function: str, leaving_out: str = "") -> set[Permission]:
    """What a function may do by itself, leaving out one statement."""
    return {
        (action, resource_name(resource))
        for statement in statements(function)
        if statement["Sid"] not in (*SERVICES_OWN, leaving_out)
        for action in statement["Action"]
        for resource in statement["Resource"]
    }


def resource_name(resource: Any) -> str:
    """A resource as the recorder names it."""
    if "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    text = str(resource["Fn::Sub"])
    return "MailFrom" if ":ses:" in text else text


def functions() -> list[str]:
    """Every function that has a policy."""
    return [path.stem.removeprefix("policy-") for path in sorted(FOLDER.glob("policy-*.json"))]

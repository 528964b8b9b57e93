"""Writes docs/data.md: each table with its keys, indexes, readers and writers, from models, template and policies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infra import fragments
from infra.package import ROOT
from infra.permissions import policies
from infra.tables import models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pynamodb.models import Model

PATH = ROOT / "docs/data.md"
PERSONAL_DATA = ROOT / "docs/personal-data.md"
TEMPLATE = ROOT / "infra/template/tables.yaml"
READS = {"GetItem", "BatchGetItem", "Query", "Scan", "ConditionCheckItem"}
RESOURCE = re.compile(r"^(?:\$\{)?(?P<table>\w+Table)(?:\.Arn\})?(?:/index/\w+)?$")
HEAD = """# Tables

Made by `make docs` from the models in `chalicelib/storage/stores`, from `infra/template/tables.yaml`, from the
functions' policies in `.chalice` and from [personal data](personal-data.md). A test fails while this page is not what
they make of it.

A table's name on AWS is `partnerbook-<stage>-` and the name here. All keys are strings. Every index is global and
projects the whole item, but for those that only order accounts or add up bonuses. A sparse index has only the items
that carry its partition key. Tables are billed by request,
outlive their stack and cannot be deleted by mistake. *Reads* and *writes* name the functions whose policies allow it:
`api` is the HTTP API, the others are the jobs in `chalicelib/jobs`. Policies are derived from the code
(`make permissions`), so a function that is not named cannot.
"""


@dataclass(frozen=True, slots=True)
class Users:
    """The functions that may read a table, and those that may write it."""

    reads: list[str]
    writes: list[str]


def content() -> str:
    """Return the page as the file holds it."""
    template = fragments.read(TEMPLATE)["Resources"]
    properties = {_name(node["Properties"]): node["Properties"] for node in template.values()}
    resources = {_name(node["Properties"]): key for key, node in template.items()}
    users, personal = _users(), _personal()
    found = sorted(models(), key=_logical_name)
    lines = [HEAD, *_overview(found, properties, personal)]
    for model in found:
        name = _logical_name(model)
        lines += _section(model, properties[name], users[resources[name]], personal[name])
    return "\n".join(lines) + "\n"


def _logical_name(model: type[Model]) -> str:
    from chalicelib.storage.dynamo.connection import logical_name

    return logical_name(model)


def _name(properties: dict[str, Any]) -> str:
    return str(properties["TableName"]["Fn::Sub"]).removeprefix("partnerbook-${Stage}-")


def _users() -> dict[str, Users]:
    """Return who may read and write each table, by the template's name of it."""
    found: dict[str, Users] = {}
    for function in policies.functions(ROOT):
        for action, resource in sorted(policies.allowed(policies.statements(ROOT, function))):
            if action.startswith("dynamodb:") and (match := RESOURCE.match(resource)):
                users = found.setdefault(match["table"], Users([], []))
                functions = users.reads if action.removeprefix("dynamodb:") in READS else users.writes
                if function not in functions:
                    functions.append(function)
    return found


def _personal() -> dict[str, list[str]]:
    """Return each table's attributes that can tell of a person, as docs/personal-data.md names them."""
    sections = re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", PERSONAL_DATA.read_text(), re.MULTILINE | re.DOTALL)
    return {
        name: [
            attribute
            for cell in re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
            for attribute in re.findall(r"`(\w+)`", cell)
        ]
        for name, text in sections
    }


def _overview(
    found: list[type[Model]], properties: dict[str, dict[str, Any]], personal: dict[str, list[str]]
) -> Iterator[str]:
    yield "| table | holds | key | indexes | TTL | personal data |"
    yield "|---|---|---|---|---|---|"
    for model in found:
        name = _logical_name(model)
        described = properties[name]
        indexes = " ".join(f"`{item['IndexName']}`" for item in described.get("GlobalSecondaryIndexes", []))
        ttl = "yes" if "TimeToLiveSpecification" in described else ""
        link = f"[yes](personal-data.md#{name})" if personal[name] else ""
        yield f"| [{name}](#{name}) | {_first_line(model)} | {_keys(described)} | {indexes} | {ttl} | {link} |"


def _section(model: type[Model], described: dict[str, Any], users: Users, personal: list[str]) -> Iterator[str]:
    name, place = _logical_name(model), model.__module__.replace(".", "/") + ".py"
    link = " ".join(f"`{item}`" for item in personal)
    yield f"\n## {name}\n"
    yield f"{_first_line(model)} In [`{place}`](../{place}).\n"
    yield f"- Key: {_keys(described)}"
    for index in described.get("GlobalSecondaryIndexes", []):
        yield f"- Index `{index['IndexName']}`: {_keys(index)}. {_first_line(type(model._indexes[index['IndexName']]))}"  # noqa: SLF001
    if ttl := described.get("TimeToLiveSpecification"):
        yield f"- TTL: `{ttl['AttributeName']}`"
    yield f"- {_recovery(described)}"
    yield f"- Reads: {_listed(users.reads)}"
    yield f"- Writes: {_listed(users.writes)}"
    yield f"- Personal data: {link} ([until when](personal-data.md#{name}))" if link else "- Personal data: none"
    yield f"- Attributes: {' '.join(f'`{item}`' for item in sorted(model.get_attributes()))}"


def _keys(described: dict[str, Any]) -> str:
    return " + ".join(f"`{item['AttributeName']}`" for item in described["KeySchema"])


def _recovery(described: dict[str, Any]) -> str:
    recovery = "on" if described["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] else "off"
    stream = described.get("StreamSpecification", {}).get("StreamViewType", "none")
    return f"Point-in-time recovery: {recovery}. Stream: {stream}"


def _listed(functions: list[str]) -> str:
    return ", ".join(f"`{item}`" for item in sorted(functions)) or "no function"


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").strip().split("\n")[0]


if __name__ == "__main__":
    PATH.write_text(content())
    print(PATH.relative_to(ROOT))

"""Puts permissions into the statements of a policy: tables by what is done to them, then all else by what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.permissions.graph import Permission

VERBS = {
    "dynamodb:GetItem": "Get",
    "dynamodb:BatchGetItem": "GetMany",
    "dynamodb:Query": "Query",
    "dynamodb:Scan": "Scan",
    "dynamodb:PutItem": "Put",
    "dynamodb:UpdateItem": "Update",
    "dynamodb:DeleteItem": "Delete",
}
"""In the order in which a statement has them."""
SIDS = {"cognito-idp": "People", "ses": "Mail", "sqs": "Send"}


def statements_for(permissions: set[Permission], mail: list[Any]) -> list[dict[str, Any]]:
    """Return the statements that give just these; `mail` is what a function that sends mail may send it as."""
    by_resource: dict[str, set[str]] = {}
    for action, resource in permissions:
        by_resource.setdefault(resource, set()).add(action)
    by_actions: dict[tuple[str, ...], list[str]] = {}
    for resource, actions in by_resource.items():
        by_actions.setdefault(_ordered(actions), []).append(resource)
    made = [_statement(actions, sorted(item), mail) for actions, all_ in by_actions.items() for item in _apart(all_)]
    return sorted(
        made, key=lambda item: (not item["Action"][0].startswith("dynamodb"), len(item["Action"]), item["Sid"])
    )


def _apart(resources: list[str]) -> Iterator[list[str]]:
    """Indexes stand apart from tables, and folders from each other."""
    folders = [resource for resource in resources if resource.endswith("/*")]
    indexes = [resource for resource in resources if "/index/" in resource]
    yield from ([folder] for folder in folders)
    yield from (some for some in (indexes, [resource for resource in resources if "/" not in resource]) if some)


def _ordered(actions: set[str]) -> tuple[str, ...]:
    order = list(VERBS)
    return tuple(sorted(actions, key=lambda item: (order.index(item) if item in VERBS else len(order), item)))


def _statement(actions: tuple[str, ...], resources: list[str], mail: list[Any]) -> dict[str, Any]:
    named = mail if resources == ["MailFrom"] else [_resource(resource) for resource in resources]
    return {"Sid": _sid(actions, resources[0]), "Effect": "Allow", "Action": list(actions), "Resource": named}


def _sid(actions: tuple[str, ...], resource: str) -> str:
    if "/index/" in resource:
        return "Indexes"
    if resource.endswith("/*"):
        return f"{resource.split('/')[-2].title()}Folder"
    if resource == "FilesBucket":
        return "ListFiles"
    service = actions[0].partition(":")[0]
    return SIDS.get(service) or "".join(VERBS[action] for action in actions)


def _resource(name: str) -> dict[str, Any]:
    return {"Fn::Sub": name} if "/" in name else {"Fn::GetAtt": [name, "Arn"]}

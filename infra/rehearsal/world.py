"""Holds what exists in the rehearsed accounts: resources, who owns which name, what a deletion leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from infra.rehearsal.names import ACCOUNT, DELETION_PROTECTED, REGION, unique_name


class Refused(Exception):
    """AWS refuses to make or delete a resource; the message is AWS's own."""


@dataclass
class Resource:
    """One resource, in a stack or left behind by one."""

    kind: str
    logical_id: str
    physical_id: str
    properties: dict[str, Any]
    region: str
    stack: str
    retained: bool = False


@dataclass
class World:
    """All accounts and regions of a rehearsal."""

    resources: dict[str, Resource] = field(default_factory=dict)
    """By the key that its name or its physical id makes."""
    created: int = 0
    emptied: set[str] = field(default_factory=set)

    def key(self, kind: str, properties: dict[str, Any], region: str) -> str:
        """Return the place that a resource's name takes; empty if it has none of its own."""
        name, scope = unique_name(kind, properties)
        if not name:
            return ""
        return {REGION: f"{kind}|{region}|{name}", ACCOUNT: f"{kind}|*|{name}"}.get(scope, f"{kind}|world|{name}")

    def create(self, resource: Resource) -> None:
        """Make a resource; refused if its name is taken, by a stack or by what a stack left behind."""
        self.created += 1
        key = self.key(resource.kind, resource.properties, resource.region)
        if key and key in self.resources:
            name = unique_name(resource.kind, resource.properties)[0]
            raise Refused(f"Resource of type '{resource.kind}' with identifier '{name}' already exists.")
        self.resources[key or f"{resource.kind}|{resource.physical_id}"] = resource

    def replace(self, old: Resource, new: Resource) -> None:
        """Change a resource; under another name it is made anew and the old one goes or stays by its policy."""
        if self._key_of(old) == (self.key(new.kind, new.properties, new.region) or self._key_of(old)):
            old.properties = new.properties
            return
        self.create(new)
        self.delete(old, keep=old.retained)

    def delete(self, resource: Resource, *, keep: bool) -> None:
        """Delete a resource, or leave it behind without an owner."""
        if keep:
            resource.stack = ""
            return
        protection = resource.properties.get(DELETION_PROTECTED.get(resource.kind, ""), False)
        if protection in (True, "ACTIVE"):
            raise Refused("Resource cannot be deleted as it is currently protected against deletion.")
        del self.resources[self._key_of(resource)]

    def find(self, kind: str, name: str, region: str) -> Resource | None:
        """Return the resource of this name, if there is one."""
        return next(
            (
                resource
                for resource in self.resources.values()
                if resource.kind == kind and resource.region == region and resource.physical_id == name
            ),
            None,
        )

    def _key_of(self, resource: Resource) -> str:
        return next(key for key, item in self.resources.items() if item is resource)

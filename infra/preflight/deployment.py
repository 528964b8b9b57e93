"""Describes one deployment to the checks: where, of what, with which parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infra.account import Account
    from infra.stack import Stack


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deployment of a stage."""

    account: Account
    stack: Stack
    stage: str
    template: dict[str, Any]
    chosen: dict[str, str]
    """The parameters that the environment sets."""
    previous: dict[str, str]
    """What the stack's parameters stand at; empty at the first deployment."""
    environment: Mapping[str, str]
    console_built: bool

    def parameter(self, name: str) -> str:
        """Return what a parameter will be."""
        default = str(self.template["Parameters"].get(name, {}).get("Default", ""))
        return self.chosen.get(name, self.previous.get(name, default))

    def resources(self, kind: str) -> dict[str, dict[str, Any]]:
        """Return the template's resources of a type, by logical name."""
        return {key: node for key, node in self.template["Resources"].items() if node["Type"] == kind}

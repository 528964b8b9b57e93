"""Evaluates CloudFormation's intrinsic functions, for parameters, an account, a region and what a stack has made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

NO_VALUE = object()
SUBSTITUTION = re.compile(r"\$\{(?!!)([A-Za-z0-9:.]+)\}")


def _unknown(name: str, attribute: str = "") -> Any:
    raise KeyError(f"{name}.{attribute}" if attribute else name)


@dataclass(frozen=True)
class Resolver:
    """Evaluates nodes of one template."""

    template: dict[str, Any]
    parameters: dict[str, str]
    account: str
    region: str
    stack: str
    ref: Callable[[str], Any] = _unknown
    attribute: Callable[[str, str], Any] = _unknown
    _functions: dict[str, Callable[[Any], Any]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Set up the functions."""
        functions: dict[str, Callable[[Any], Any]] = {
            "Ref": self._ref,
            "Condition": self.condition,
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::If": lambda node: self(node[1] if self.condition(node[0]) else node[2]),
            "Fn::Equals": lambda node: self(node[0]) == self(node[1]),
            "Fn::Not": lambda node: not self(node[0]),
            "Fn::And": lambda node: all(self(item) for item in node),
            "Fn::Or": lambda node: any(self(item) for item in node),
            "Fn::Join": lambda node: str(node[0]).join(str(item) for item in self(node[1])),
            "Fn::Split": lambda node: str(self(node[1])).split(node[0]),
            "Fn::Select": lambda node: self(node[1])[int(self(node[0]))],
        }
        object.__setattr__(self, "_functions", functions)

    def __call__(self, node: Any) -> Any:
        """Evaluate a node and all within."""
        if isinstance(node, list):
            return [value for item in node if (value := self(item)) is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1 and (function := self._functions.get(next(iter(node)))):
            return function(next(iter(node.values())))
        if len(node) == 1 and next(iter(node)).startswith("Fn::"):
            raise KeyError(f"{next(iter(node))} is a function that the rehearsal does not know")
        return {key: value for key, item in node.items() if (value := self(item)) is not NO_VALUE}

    def condition(self, name: str) -> bool:
        """Evaluate a condition of the template."""
        return bool(self(self.template["Conditions"][name]))

    def wanted(self, node: dict[str, Any]) -> bool:
        """Tell whether a resource or output is made at all."""
        return "Condition" not in node or self.condition(node["Condition"])

    def _ref(self, name: str) -> Any:
        pseudo = {
            "AWS::Region": self.region,
            "AWS::AccountId": self.account,
            "AWS::Partition": "aws",
            "AWS::StackName": self.stack,
            "AWS::StackId": f"arn:aws:cloudformation:{self.region}:{self.account}:stack/{self.stack}/1",
            "AWS::URLSuffix": "amazonaws.com",
            "AWS::NoValue": NO_VALUE,
        }
        if name in pseudo:
            return pseudo[name]
        return self.parameters[name] if name in self.parameters else self.ref(name)

    def _get_att(self, target: Any) -> Any:
        name, attribute = target.split(".", 1) if isinstance(target, str) else target
        return self.attribute(name, attribute)

    def _sub(self, node: Any) -> str:
        text, own = (
            (node, {}) if isinstance(node, str) else (node[0], {key: self(value) for key, value in node[1].items()})
        )
        return SUBSTITUTION.sub(lambda found: str(own.get(found[1]) or self._named(found[1])), text).replace(
            "${!", "${"
        )

    def _named(self, name: str) -> Any:
        return self._get_att(name) if "." in name else self._ref(name)


def defaults(template: dict[str, Any], values: dict[str, str]) -> dict[str, str]:
    """Return the parameters with their defaults, where nothing is given."""
    return {key: values.get(key, str(node.get("Default", ""))) for key, node in template["Parameters"].items()}

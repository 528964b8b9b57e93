"""Orders a template's resources by what refers to what, the least lucky way that AWS is free to take."""

from __future__ import annotations

import re
from typing import Any

LATE = ("AWS::ApiGateway::Account", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy", "AWS::S3::BucketPolicy")
"""Made last where nothing waits for them: what needs one without saying so then fails, as it may on AWS."""
NAMES = re.compile(r"\$\{([A-Za-z0-9]+)[.}]")


def in_order(template: dict[str, Any], keys: list[str]) -> list[str]:
    """Return the keys, each after all that it refers to."""
    wanted, done = set(keys), list[str]()
    needs = {key: references(template["Resources"].get(key, {})) & wanted - {key} for key in keys}
    while len(done) < len(keys):
        ready = [key for key in keys if key not in done and needs[key] <= set(done)]
        if not ready:
            left = sorted(wanted - set(done))
            raise ValueError(f"Circular dependency between resources: [{', '.join(left)}]")
        early = [key for key in ready if template["Resources"].get(key, {}).get("Type") not in LATE]
        done += early or ready[:1]
    return done


def references(node: Any) -> set[str]:
    """Return all names that a resource refers to."""
    if isinstance(node, list):
        return set().union(*(references(item) for item in node)) if node else set()
    if not isinstance(node, dict):
        return set()
    found = set().union(*(references(value) for value in node.values())) if node else set()
    if isinstance(node.get("Ref"), str):
        found.add(node["Ref"])
    target = node.get("Fn::GetAtt")
    if target:
        found.add(target.split(".")[0] if isinstance(target, str) else target[0])
    text = node.get("Fn::Sub")
    if text:
        found |= set(NAMES.findall(text if isinstance(text, str) else text[0]))
    depends = node.get("DependsOn", [])
    return found | set([depends] if isinstance(depends, str) else depends)

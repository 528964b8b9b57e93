"""Names actions as the emulator's policies know them, where AWS judges a call by another one's permission."""

from __future__ import annotations

from typing import Any

JUDGED_AS = {"sqs:SendMessage": "sqs:SendMessageBatch"}
"""On AWS a batch is allowed to whom a single message is; the emulator asks for the call's own name."""


def allow_batches(template: dict[str, Any]) -> None:
    """Let roles send batches that may send messages."""
    for node in template["Resources"].values():
        for policy in node["Properties"].get("Policies", []) if node["Type"] == "AWS::IAM::Role" else []:
            for statement in policy["PolicyDocument"]["Statement"]:
                statement["Action"] += [JUDGED_AS[action] for action in statement["Action"] if action in JUDGED_AS]

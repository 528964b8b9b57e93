"""Puts the roles' policies as the emulator judges them, in the two places where it judges otherwise than AWS."""

from __future__ import annotations

from typing import Any

Statement = dict[str, Any]


def adapt(template: dict[str, Any]) -> None:
    """Change what the emulator would refuse although AWS allows it; all else stays as narrow as it is."""
    for node in template["Resources"].values():
        for policy in node["Properties"].get("Policies", []) if node["Type"] == "AWS::IAM::Role" else []:
            for statement in policy["PolicyDocument"]["Statement"]:
                _allow_batches(statement)
                _allow_mail(statement)


def _allow_batches(statement: Statement) -> None:
    """On AWS a batch is allowed to whom a single message is; the emulator asks for the call's own name."""
    if "sqs:SendMessage" in statement["Action"]:
        statement["Action"] = [*statement["Action"], "sqs:SendMessageBatch"]


def _allow_mail(statement: Statement) -> None:
    """The emulator does not see which identity a raw mail is sent as."""
    if statement["Action"] == ["ses:SendRawEmail"]:
        statement["Resource"] = ["*"]

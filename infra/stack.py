"""Brings a CloudFormation stack to a template by a change set, and waits: on AWS and on the embedded stack alike."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CAPABILITIES = ["CAPABILITY_IAM"]


class StackFailed(Exception):
    """The stack did not reach the template; the message names what failed."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One CloudFormation stack, seen through a client."""

    client: Any
    name: str
    pause: float

    def apply(self, template_url: str, parameters: dict[str, str], keep: Iterable[str] = ()) -> dict[str, str]:
        """Create or update it; the outputs. Parameters to `keep` stay what they are, or get their default at first."""
        exists = self.exists()
        kept = sorted(set(keep) - set(parameters)) if exists else []
        change = f"change-{time.time_ns()}"
        self.client.create_change_set(
            StackName=self.name,
            ChangeSetName=change,
            ChangeSetType="UPDATE" if exists else "CREATE",
            TemplateURL=template_url,
            Capabilities=CAPABILITIES,
            Parameters=[
                *({"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()),
                *({"ParameterKey": key, "UsePreviousValue": True} for key in kept),
            ],
        )
        if self._has_changes(change):
            self.client.execute_change_set(StackName=self.name, ChangeSetName=change)
            self._wait()
        return self.outputs()

    def exists(self) -> bool:
        """Whether there is something to update (a stack that a first change set only announced is not)."""
        try:
            status: str = self._described()["StackStatus"]
        except ClientError:
            return False
        return status != "REVIEW_IN_PROGRESS"

    def outputs(self) -> dict[str, str]:
        """What the stack tells."""
        return {output["OutputKey"]: output["OutputValue"] for output in self._described().get("Outputs", [])}

    def parameter(self, name: str) -> str:
        """What a parameter stands at."""
        found = self._described().get("Parameters", [])
        return next((str(each["ParameterValue"]) for each in found if each["ParameterKey"] == name), "")

    def _described(self) -> dict[str, Any]:
        stack: dict[str, Any] = self.client.describe_stacks(StackName=self.name)["Stacks"][0]
        return stack

    def _has_changes(self, change: str) -> bool:
        while True:
            described = self.client.describe_change_set(StackName=self.name, ChangeSetName=change)
            if described["Status"] == "CREATE_COMPLETE":
                return True
            if described["Status"] == "FAILED":
                return self._without_changes(change, described.get("StatusReason", ""))
            time.sleep(self.pause)

    def _without_changes(self, change: str, reason: str) -> bool:
        self.client.delete_change_set(StackName=self.name, ChangeSetName=change)
        if "didn't contain changes" in reason or "No updates" in reason:
            return False
        raise StackFailed(reason)

    def _wait(self) -> None:
        while (status := self._described()["StackStatus"]).endswith("IN_PROGRESS"):
            time.sleep(self.pause)
        if status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            raise StackFailed(f"{self.name}: {status}\n" + "\n".join(self._failures()))

    def _failures(self) -> list[str]:
        events = self.client.describe_stack_events(StackName=self.name)["StackEvents"]
        return [
            f"  {event['LogicalResourceId']} ({event['ResourceType']}): {event.get('ResourceStatusReason', '')}"
            for event in events
            if event["ResourceStatus"].endswith("FAILED")
        ]


def upload(client: Any, bucket: str, packaged_zip: Path, key: str, template: dict[str, Any]) -> str:
    """Put code and template where CloudFormation reads them; the template's address."""
    client.upload_file(str(packaged_zip), bucket, key)
    template_key = key.removesuffix(".zip") + ".template.json"
    client.put_object(Bucket=bucket, Key=template_key, Body=json.dumps(template).encode())
    return f"{client.meta.endpoint_url}/{bucket}/{template_key}"

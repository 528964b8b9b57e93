"""Brings a CloudFormation stack to a template by a change set, and waits: on AWS and on the embedded stack alike."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from infra.stack_events import failures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CAPABILITIES = ["CAPABILITY_IAM"]
ABSENT = ("", "REVIEW_IN_PROGRESS")
"""There is nothing to update: no stack, or one that a first change set only announced."""
NEVER_CREATED = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED")
"""The first create failed: such a stack can only be deleted (CloudFormation guide, "Stack status codes")."""
UPDATABLE = (
    "CREATE_COMPLETE",
    "UPDATE_COMPLETE",
    "UPDATE_ROLLBACK_COMPLETE",
    "IMPORT_COMPLETE",
    "IMPORT_ROLLBACK_COMPLETE",
)
DONE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE")
NO_CHANGES = ("didn't contain changes", "No updates")


class StackFailed(Exception):
    """The stack did not reach the template; the message names what failed."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One CloudFormation stack, seen through a client."""

    client: Any
    name: str
    pause: float

    def apply(self, template_url: str, parameters: dict[str, str], keep: Iterable[str] = ()) -> dict[str, str]:
        """Create or update it; the outputs. Parameters to `keep` stay what they are, or get their default at first.

        A parameter keeps its value only if the stack has it already: `UsePreviousValue` of one that the previous
        template did not have is refused.
        """
        exists = self.exists()
        kept = sorted((set(keep) - set(parameters)) & set(self.parameters())) if exists else []
        values = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
        previous = [{"ParameterKey": key, "UsePreviousValue": True} for key in kept]
        # What a failed operation has just made goes again, also what is kept otherwise: else the next try meets
        # "already exists" (API reference of ExecuteChangeSet, RetainExceptOnCreate).
        request = {"ChangeSetType": "UPDATE" if exists else "CREATE", "Parameters": [*values, *previous]}
        self.change({"TemplateURL": template_url, **request}, RetainExceptOnCreate=True)
        return self.outputs()

    def change(self, request: dict[str, Any], **execution: Any) -> None:
        """Make a change set and carry it out, unless it changes nothing."""
        change = f"change-{time.time_ns()}"
        self.client.create_change_set(StackName=self.name, ChangeSetName=change, Capabilities=CAPABILITIES, **request)
        if self._has_changes(change):
            self.client.execute_change_set(StackName=self.name, ChangeSetName=change, **execution)
            self.wait()

    def exists(self) -> bool:
        """Tell whether there is something to update."""
        return self.status() not in ABSENT

    def status(self) -> str:
        """Return its status; empty if there is no such stack."""
        return str(self._described().get("StackStatus", ""))

    def outputs(self) -> dict[str, str]:
        """Return what the stack tells."""
        return {output["OutputKey"]: output["OutputValue"] for output in self._described().get("Outputs", [])}

    def parameters(self) -> dict[str, str]:
        """Return what its parameters stand at."""
        described = self._described().get("Parameters", [])
        return {item["ParameterKey"]: str(item.get("ParameterValue", "")) for item in described}

    def parameter(self, name: str) -> str:
        """Return what a parameter stands at."""
        return self.parameters().get(name, "")

    def resources(self, kind: str) -> dict[str, str]:
        """Return the physical ids of its resources of a type, by logical id."""
        pages = self.client.get_paginator("list_stack_resources").paginate(StackName=self.name)
        found = [item for page in pages for item in page["StackResourceSummaries"]]
        return {item["LogicalResourceId"]: item["PhysicalResourceId"] for item in found if item["ResourceType"] == kind}

    def settle(self) -> str:
        """Wait for an operation that is under way; the status it ends in."""
        while (status := self.status()).endswith("IN_PROGRESS") and status not in ABSENT:
            time.sleep(self.pause)
        return status

    def wait(self) -> None:
        """Wait for the operation that was just begun; raises `StackFailed` with the reasons if it fails."""
        status = self.settle()
        if status not in DONE:
            reasons = failures(self.client, self.name)
            raise StackFailed(f"{self.name}: {status}\n" + "\n".join(f"  {reason}" for reason in reasons))

    def _described(self) -> dict[str, Any]:
        try:
            stack: dict[str, Any] = self.client.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as error:
            if "does not exist" in error.response["Error"].get("Message", ""):
                return {}
            raise
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
        if any(phrase in reason for phrase in NO_CHANGES):
            return False
        raise StackFailed(f"{self.name}: CloudFormation refused the template: {reason}")


def upload(client: Any, bucket: str, packaged_zip: Path, key: str, template: dict[str, Any], owner: str = "") -> str:
    """Put code and template where CloudFormation reads them; the template's address.

    With an `owner` S3 refuses to write into a bucket that another account has made under this name.
    """
    expected = {"ExpectedBucketOwner": owner} if owner else {}
    client.upload_file(str(packaged_zip), bucket, key, ExtraArgs=expected)
    return put_template(client, bucket, key.removesuffix(".zip") + ".template.json", template, owner)


def put_template(client: Any, bucket: str, key: str, template: dict[str, Any], owner: str = "") -> str:
    """Put a template into the bucket; its address."""
    expected = {"ExpectedBucketOwner": owner} if owner else {}
    client.put_object(Bucket=bucket, Key=key, Body=json.dumps(template).encode(), **expected)
    return f"{client.meta.endpoint_url}/{bucket}/{key}"

"""Takes back what a deleted stage left behind: tables, dead letters, logs, files and people.

What a stack retains keeps its name, so creating the stage again would meet "already exists". CloudFormation creates a
stack from existing resources by a change set of type IMPORT; the rest follows as an update (CloudFormation guide,
"Create a stack from existing resources").
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from infra import stack
from infra.order import references
from infra.resolve import Resolver, defaults

if TYPE_CHECKING:
    from infra.preflight.deployment import Deployment

NAMED = {
    "AWS::DynamoDB::Table": ("TableName", "TableName"),
    "AWS::Logs::LogGroup": ("LogGroupName", "LogGroupName"),
    "AWS::SQS::Queue": ("QueueUrl", "QueueName"),
}
"""By type: what identifies it for an import, and the property that names it."""
Found = dict[str, dict[str, Any]]


def adopt(plan: Deployment, bucket: str, key: str, values: dict[str, str]) -> None:
    """Create the stack from what is left of an earlier one; nothing happens if nothing is left."""
    found = find(plan, values)
    if not found:
        return
    sys.stdout.write(
        f"Taking back {len(found)} resources that an earlier {plan.stack.name} left: {', '.join(found)}.\n"
    )
    s3, name = plan.account.client("s3"), key.removesuffix(".zip") + ".import.json"
    resources = {logical_id: plan.template["Resources"][logical_id] for logical_id in found}
    partial = {**plan.template, "Resources": resources, "Outputs": {}}
    address = stack.put_template(s3, bucket, name, partial, plan.account.account_id)
    plan.stack.change(
        {
            "TemplateURL": address,
            "ChangeSetType": "IMPORT",
            "Parameters": [{"ParameterKey": item, "ParameterValue": value} for item, value in values.items()],
            "ResourcesToImport": list(found.values()),
        }
    )


def find(plan: Deployment, values: dict[str, str]) -> Found:
    """Return what there is already of the template's retained resources, as an import names it."""
    parameters = defaults(plan.template, values)
    resolve = Resolver(plan.template, parameters, plan.account.account_id, plan.account.region, plan.stack.name)
    found: Found = {}
    for logical_id, node in plan.template["Resources"].items():
        if node.get("DeletionPolicy") == "Retain" and resolve.wanted(node):
            identifier = _identifier(plan, logical_id, node, resolve)
            if identifier and references(node) <= set(parameters) | {"AWS::Region", "AWS::NoValue", "AWS::StackName"}:
                found[logical_id] = _entry(logical_id, node["Type"], identifier)
    return found


def _entry(logical_id: str, kind: str, identifier: dict[str, str]) -> dict[str, Any]:
    return {"ResourceType": kind, "LogicalResourceId": logical_id, "ResourceIdentifier": identifier}


def _identifier(plan: Deployment, logical_id: str, node: dict[str, Any], resolve: Resolver) -> dict[str, str]:
    kind = node["Type"]
    if kind in NAMED:
        key, name = NAMED[kind]
        value = str(resolve(node["Properties"][name]))
        if kind == "AWS::SQS::Queue":
            value = f"https://sqs.{plan.account.region}.amazonaws.com/{plan.account.account_id}/{value}"
        return {key: value} if _exists(plan, kind, value) else {}
    if kind == "AWS::Cognito::UserPool":
        return _only(plan, "UserPoolId", _pools(plan, str(resolve(node["Properties"]["UserPoolName"]))))
    if logical_id == "FilesBucket":
        return _only(plan, "BucketName", _buckets(plan, f"{plan.stack.name}-{logical_id}-".lower()))
    return {}


def _exists(plan: Deployment, kind: str, identifier: str) -> bool:
    try:
        plan.account.client("cloudcontrol").get_resource(TypeName=kind, Identifier=identifier)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return False
        raise
    return True


def _pools(plan: Deployment, name: str) -> list[str]:
    pages = plan.account.client("cognito-idp").get_paginator("list_user_pools").paginate(MaxResults=60)
    return [pool["Id"] for page in pages for pool in page["UserPools"] if pool["Name"] == name]


def _buckets(plan: Deployment, prefix: str) -> list[str]:
    found = plan.account.client("s3").list_buckets(Prefix=prefix, BucketRegion=plan.account.region).get("Buckets", [])
    return [bucket["Name"] for bucket in found]


def _only(plan: Deployment, key: str, candidates: list[str]) -> dict[str, str]:
    if len(candidates) > 1:
        raise SystemExit(
            f"More than one {key} is left of earlier stacks {plan.stack.name}: {', '.join(candidates)}. "
            "Which one holds the data cannot be told. Rename or delete the others, then run make deploy again."
        )
    return {key: candidates[0]} if candidates else {}

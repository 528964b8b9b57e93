"""Gives the names, ARNs and attributes that AWS would give to a resource."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from infra.rehearsal.names import unique_name

if TYPE_CHECKING:
    from infra.rehearsal.world import Resource

ACCOUNT = "111122223333"
ARNS = {
    "AWS::DynamoDB::Table": "arn:aws:dynamodb:{region}:{account}:table/{id}",
    "AWS::SQS::Queue": "arn:aws:sqs:{region}:{account}:{id}",
    "AWS::SNS::Topic": "arn:aws:sns:{region}:{account}:{id}",
    "AWS::S3::Bucket": "arn:aws:s3:::{id}",
    "AWS::Lambda::Function": "arn:aws:lambda:{region}:{account}:function:{id}",
    "AWS::Cognito::UserPool": "arn:aws:cognito-idp:{region}:{account}:userpool/{region}_{id}",
    "AWS::IAM::Role": "arn:aws:iam::{account}:role/{id}",
    "AWS::KMS::Key": "arn:aws:kms:{region}:{account}:key/{id}",
    "AWS::Logs::LogGroup": "arn:aws:logs:{region}:{account}:log-group:{id}:*",
    "AWS::Events::Rule": "arn:aws:events:{region}:{account}:rule/{id}",
}
REF_IS_ARN = {"AWS::SNS::Topic"}


def physical_id(kind: str, properties: dict[str, Any], stack: str, logical_id: str, number: int) -> str:
    """Return the resource's own name, or one that CloudFormation makes up."""
    name, _ = unique_name(kind, properties)
    if name and kind != "AWS::CloudFront::Distribution":
        return name
    made_up = f"{stack}-{logical_id}-{number:05d}"
    return made_up.lower() if kind == "AWS::S3::Bucket" else made_up


def arn(resource: Resource) -> str:
    """Return the resource's ARN."""
    service = resource.kind.split("::")[1].lower()
    pattern = ARNS.get(resource.kind, f"arn:aws:{service}:{{region}}:{{account}}:{{id}}")
    return pattern.format(region=resource.region, account=ACCOUNT, id=resource.physical_id)


def ref(resource: Resource) -> str:
    """Return what `Ref` gives."""
    if resource.kind == "AWS::SQS::Queue":
        return f"https://sqs.{resource.region}.amazonaws.com/{ACCOUNT}/{resource.physical_id}"
    return arn(resource) if resource.kind in REF_IS_ARN else resource.physical_id


def attribute(resource: Resource, name: str) -> str:
    """Return what `Fn::GetAtt` gives."""
    if name.endswith(("Arn", "ARN")):
        return arn(resource)
    if name in ("QueueName", "TopicName"):
        return resource.physical_id
    domains = {
        "RegionalDomainName": f"{resource.physical_id}.s3.{resource.region}.amazonaws.com",
        "DomainName": f"d{zlib.crc32(resource.physical_id.encode())}.cloudfront.net",
    }
    return domains.get(name, f"{resource.physical_id}.{name}")

"""Keeps rules of single services that CloudFormation runs into only when it makes a resource."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from infra.rehearsal.world import Refused

if TYPE_CHECKING:
    from infra.rehearsal.world import Resource, World


def require(world: World, resource: Resource) -> None:
    """Refuse what the service refuses."""
    if rule := RULES.get(resource.kind):
        rule(world, resource)


def _stage(world: World, resource: Resource) -> None:
    """API Gateway guide, "Set up CloudWatch logging": a stage logs only where the account has a role for it."""
    settings = resource.properties.get("MethodSettings", [])
    logs = resource.properties.get("AccessLogSetting") or any(
        setting.get("LoggingLevel", "OFF") != "OFF" for setting in settings
    )
    if logs and not logs_role(world, resource.region):
        raise Refused("CloudWatch Logs role ARN must be set in account settings to enable logging")


def logs_role(world: World, region: str) -> str:
    """Return the role by which API Gateway writes logs in a region."""
    accounts = [resource for resource in world.resources.values() if resource.kind == "AWS::ApiGateway::Account"]
    roles = [str(account.properties["CloudWatchRoleArn"]) for account in accounts if account.region == region]
    return roles[-1] if roles else ""


def _distribution(_: World, resource: Resource) -> None:
    """CloudFront guide: a certificate is one of us-east-1, and an alias needs one."""
    config = resource.properties["DistributionConfig"]
    certificate = str(config.get("ViewerCertificate", {}).get("AcmCertificateArn", ""))
    if config.get("Aliases") and not certificate.startswith("arn:aws:acm:us-east-1:"):
        raise Refused("The specified SSL certificate doesn't exist, isn't in us-east-1 region, or isn't valid.")


def _role(_: World, resource: Resource) -> None:
    """IAM quotas: a role's own policies hold 10,240 characters, without white space."""
    policies: list[dict[str, Any]] = resource.properties.get("Policies", [])
    size = sum(len(re.sub(r"\s", "", str(policy["PolicyDocument"]))) for policy in policies)
    if size > 10_240:
        raise Refused(f"Maximum policy size of 10240 bytes exceeded for role {resource.physical_id}")


RULES = {
    "AWS::ApiGateway::Stage": _stage,
    "AWS::CloudFront::Distribution": _distribution,
    "AWS::IAM::Role": _role,
}

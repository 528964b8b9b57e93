"""Checks the account: the region, the code bucket, Lambda's quota, API Gateway's logs role, and the built console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from infra import code_bucket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.preflight.deployment import Deployment

ENOUGH_CONCURRENCY = 200


def region_is_enabled(deployment: Deployment) -> Iterator[str]:
    """Refuse a region that is not enabled, and one where CloudFront cannot deliver the logs that the template asks for.

    CloudFront delivers standard logs (legacy) to no bucket in an opt-in region (CloudFront guide, "Access logs").
    """
    region = deployment.account.region
    status = deployment.account.client("account", "us-east-1").get_region_opt_status(RegionName=region)[
        "RegionOptStatus"
    ]
    if status in ("DISABLED", "DISABLING", "ENABLING"):
        yield (
            f"The region {region} is {status} for this account. Enable it (aws account enable-region) or "
            "choose another."
        )
    elif status == "ENABLED" and _standard_logs(deployment):
        yield (
            f"{region} is an opt-in region: CloudFront delivers no standard logs to buckets there, so the distribution "
            "cannot be made. Choose a region that is enabled by default, for example eu-central-1."
        )


def _standard_logs(deployment: Deployment) -> bool:
    distributions = deployment.resources("AWS::CloudFront::Distribution").values()
    return any("Logging" in node["Properties"]["DistributionConfig"] for node in distributions)


def code_bucket_is_ours(deployment: Deployment) -> Iterator[str]:
    """Refuse a code bucket that somebody else has made under its name."""
    if refused := code_bucket.refusal(deployment.account):
        yield refused


def concurrency_is_enough(deployment: Deployment) -> Iterator[str]:
    """Warn of a quota that a night uses up; new accounts have 10 concurrent executions (Lambda guide, "Quotas")."""
    limit = deployment.account.client("lambda").get_account_settings()["AccountLimit"]["ConcurrentExecutions"]
    mappings = deployment.resources("AWS::Lambda::EventSourceMapping").values()
    workers = sum(node["Properties"].get("ScalingConfig", {}).get("MaximumConcurrency", 0) for node in mappings)
    if limit < max(ENOUGH_CONCURRENCY, workers):
        yield (
            f"Lambda may run {limit} functions at once in this account, and the workers alone take up "
            f"to {workers}: the API "
            f"would be throttled. Ask for {ENOUGH_CONCURRENCY} or more (Service Quotas, Lambda, Concurrent executions)."
        )


def console_is_built(deployment: Deployment) -> Iterator[str]:
    """Refuse to deploy without a console to publish."""
    if not deployment.console_built:
        yield "The console is not built: run make console, or deploy by make deploy, which builds it."


def logs_role(deployment: Deployment) -> str:
    """Decide whether the stack makes API Gateway's logs role: `create` or `exists`.

    The role is one setting of an account in a region. A stack that made it keeps it; another takes what is there, so
    that no stage takes the setting over from another (API Gateway guide, "Set up CloudWatch logging").
    """
    if deployment.previous.get("ApiGatewayLogsRole") == "create":
        return "create"
    arn = deployment.account.client("apigateway").get_account().get("cloudwatchRoleArn", "")
    return "exists" if arn and _role_exists(deployment.account.client("iam"), arn) else "create"


def _role_exists(iam: Any, arn: str) -> bool:
    try:
        iam.get_role(RoleName=arn.rpartition("/")[2])
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchEntity":
            return False
        raise
    return True

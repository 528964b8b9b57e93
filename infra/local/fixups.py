"""Sets by API what the emulator's CloudFormation ignores, so that the embedded stack is what the template says.

Gateway responses and binary types of the Swagger body; time to live and point-in-time recovery of tables; the bucket's
lifecycle; and mail events, which the emulator sends for an identity's topic and never for a configuration set's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infra.local.aws import client

if TYPE_CHECKING:
    from infra.local.settings import StackConfig


def apply(place: StackConfig, template: dict[str, Any], outputs: dict[str, str], *, mail_from: str, stage: str) -> None:
    """Everything, for the stack that was just deployed from this template."""
    resources = template["Resources"]
    _gateway_responses(place, outputs["ApiId"], resources["RestAPI"]["Properties"])
    for node in resources.values():
        if node["Type"] == "AWS::DynamoDB::Table":
            _guard(place, node["Properties"], stage)
    _lifecycle(place, outputs["FilesBucket"], resources["FilesBucket"]["Properties"])
    _bounces(place, mail_from, outputs["BounceTopicArn"])


def _gateway_responses(place: StackConfig, api_id: str, api: dict[str, Any]) -> None:
    gateway = client(place, "apigateway")
    for kind, answer in api["Body"]["x-amazon-apigateway-gateway-responses"].items():
        status = {"statusCode": str(answer["statusCode"])} if "statusCode" in answer else {}
        gateway.put_gateway_response(
            restApiId=api_id,
            responseType=kind,
            responseParameters=answer.get("responseParameters", {}),
            responseTemplates=answer.get("responseTemplates", {}),
            **status,
        )
    gateway.create_deployment(restApiId=api_id, stageName="v1")


def _guard(place: StackConfig, table: dict[str, Any], stage: str) -> None:
    dynamodb = client(place, "dynamodb")
    name = table["TableName"]["Fn::Sub"].replace("${Stage}", stage)
    dynamodb.update_continuous_backups(
        TableName=name, PointInTimeRecoverySpecification=table["PointInTimeRecoverySpecification"]
    )
    if wanted := table.get("TimeToLiveSpecification"):
        now = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]["TimeToLiveStatus"]
        if now != "ENABLED":
            dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=wanted)


def _lifecycle(place: StackConfig, bucket: str, properties: dict[str, Any]) -> None:
    rules = [_rule(rule) for rule in properties["LifecycleConfiguration"]["Rules"]]
    client(place, "s3").put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": rules})


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    """CloudFormation and S3's API name a lifecycle rule's parts differently."""
    result = {"ID": rule["Id"], "Status": rule["Status"], "Filter": {"Prefix": rule.get("Prefix", "")}}
    if days := rule.get("ExpirationInDays"):
        result["Expiration"] = {"Days": days}
    for name in ("AbortIncompleteMultipartUpload", "NoncurrentVersionExpiration"):
        if name in rule:
            result[name] = rule[name]
    return result


def _bounces(place: StackConfig, identity: str, topic: str) -> None:
    ses = client(place, "ses")
    ses.verify_domain_identity(Domain=identity.partition("@")[2])
    ses.verify_email_identity(EmailAddress=identity)
    for kind in ("Bounce", "Complaint"):
        ses.set_identity_notification_topic(Identity=identity, NotificationType=kind, SnsTopic=topic)

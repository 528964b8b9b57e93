"""Knows for each type of resource which property names it, and where that name must be unique."""

from __future__ import annotations

REGION, ACCOUNT, WORLD = "region", "account", "world"

NAMED: dict[str, tuple[str, str]] = {
    "AWS::DynamoDB::Table": ("TableName", REGION),
    "AWS::SQS::Queue": ("QueueName", REGION),
    "AWS::SNS::Topic": ("TopicName", REGION),
    "AWS::Logs::LogGroup": ("LogGroupName", REGION),
    "AWS::Logs::ResourcePolicy": ("PolicyName", REGION),
    "AWS::Logs::DeliverySource": ("Name", REGION),
    "AWS::Logs::DeliveryDestination": ("Name", REGION),
    "AWS::Lambda::Function": ("FunctionName", REGION),
    "AWS::Events::Rule": ("Name", REGION),
    "AWS::Scheduler::Schedule": ("Name", REGION),
    "AWS::CloudWatch::Alarm": ("AlarmName", REGION),
    "AWS::CloudWatch::CompositeAlarm": ("AlarmName", REGION),
    # "All dashboards in your account are global, not region-specific" (API reference of PutDashboard).
    "AWS::CloudWatch::Dashboard": ("DashboardName", ACCOUNT),
    "AWS::SES::ConfigurationSet": ("Name", REGION),
    "AWS::SES::EmailIdentity": ("EmailIdentity", REGION),
    "AWS::KMS::Alias": ("AliasName", REGION),
    "AWS::SSM::Parameter": ("Name", REGION),
    "AWS::SecretsManager::Secret": ("Name", REGION),
    "AWS::Cognito::UserPoolDomain": ("Domain", REGION),
    "AWS::WAFv2::WebACL": ("Name", REGION),
    "AWS::WAFv2::IPSet": ("Name", REGION),
    "AWS::IAM::Role": ("RoleName", ACCOUNT),
    "AWS::IAM::ManagedPolicy": ("ManagedPolicyName", ACCOUNT),
    # Names of CloudFront's policies, functions and access controls are unique in an account, whatever the region.
    "AWS::CloudFront::OriginAccessControl": ("OriginAccessControlConfig.Name", ACCOUNT),
    "AWS::CloudFront::Function": ("Name", ACCOUNT),
    "AWS::CloudFront::ResponseHeadersPolicy": ("ResponseHeadersPolicyConfig.Name", ACCOUNT),
    "AWS::CloudFront::CachePolicy": ("CachePolicyConfig.Name", ACCOUNT),
    "AWS::CloudFront::OriginRequestPolicy": ("OriginRequestPolicyConfig.Name", ACCOUNT),
    "AWS::CloudFront::KeyValueStore": ("Name", ACCOUNT),
    "AWS::CloudFront::Distribution": ("DistributionConfig.Aliases", WORLD),
    "AWS::S3::Bucket": ("BucketName", WORLD),
}
UNNAMED = {
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGateway::Deployment",
    "AWS::ApiGateway::Stage",
    "AWS::ApiGateway::Account",
    "AWS::ApiGateway::GatewayResponse",
    "AWS::ApiGateway::Authorizer",
    "AWS::CloudWatch::AnomalyDetector",
    "AWS::Cognito::UserPool",
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::LogDeliveryConfiguration",
    "AWS::KMS::Key",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Version",
    "AWS::Lambda::Alias",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Logs::Delivery",
    "AWS::Logs::MetricFilter",
    "AWS::Logs::SubscriptionFilter",
    "AWS::S3::BucketPolicy",
    "AWS::SES::ConfigurationSetEventDestination",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::WAFv2::WebACLAssociation",
    "AWS::WAFv2::LoggingConfiguration",
}
"""Types without a name of their own, or whose names may repeat."""
DELETION_PROTECTED = {
    "AWS::DynamoDB::Table": "DeletionProtectionEnabled",
    "AWS::Cognito::UserPool": "DeletionProtection",
}


def unique_name(kind: str, properties: dict[str, object]) -> tuple[str, str]:
    """Return the name that a resource claims and its scope; both empty if CloudFormation makes the name up."""
    if kind not in NAMED:
        if kind not in UNNAMED:
            raise KeyError(
                f"{kind}: say in infra/rehearsal/names.py which property names it and where that must be unique"
            )
        return "", ""
    path, scope = NAMED[kind]
    value: object = properties
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return (text, scope) if text else ("", "")

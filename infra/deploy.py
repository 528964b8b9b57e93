"""`make deploy`: brings a stage on AWS to the tree as it stands, with the credentials and region of the environment."""

from __future__ import annotations

import os
import sys
from typing import Any

import boto3
from botocore.exceptions import ClientError

from infra import console, package, stack, template

PAUSE = 5.0
CHOICES = {
    "MAIL_FROM": "MailFrom",
    "DOMAIN_NAME": "DomainName",
    "CERTIFICATE_ARN": "CertificateArn",
    "WEB_ACL_ARN": "WebAclArn",
    "ALARM_EMAIL": "AlarmEmail",
    "API_GATEWAY_LOGS_ROLE": "ApiGatewayLogsRole",
    "TOKEN_ISSUER": "TokenIssuer",
    "TOKEN_JWKS_URL": "TokenJwksUrl",
    "TOKEN_CLIENT_IDS": "TokenClientIds",
}
"""What whoever deploys may set, by its name in the environment; what is not set stays as it was."""


def main(stage: str) -> None:
    """Package, upload, change, tell."""
    session: Any = boto3.Session()
    packaged = package.package()
    content = template.deployable(packaged, "aws")
    s3 = session.client("s3")
    bucket = code_bucket(session, s3)
    address = stack.upload(s3, bucket, packaged.zip, packaged.key, content)
    target = stack.Stack(session.client("cloudformation"), f"partnerbook-{stage}", PAUSE)
    parameters = {"Stage": stage, "CodeBucket": bucket, "CodeKey": packaged.key, **chosen()}
    outputs = target.apply(address, parameters, content["Parameters"])
    if outputs["PublicUrl"] != target.parameter("PublicUrl"):
        # CloudFront names its distribution only once it is there, and the functions have to know the name.
        outputs = target.apply(address, {**parameters, "PublicUrl": outputs["PublicUrl"]}, content["Parameters"])
    if console.built():
        console.publish(s3, outputs["ConsoleBucket"], told(session.region_name, outputs))
    sys.stdout.writelines(f"{key:20} {value}\n" for key, value in sorted(outputs.items()))


def told(region: str, outputs: dict[str, str]) -> console.Configuration:
    """What the console has to know of this stage."""
    return console.Configuration(
        api_url=f"{outputs['PublicUrl']}/v1",
        cognito_endpoint=f"https://cognito-idp.{region}.amazonaws.com/",
        client_id=outputs["UserPoolClientId"],
        user_pool_id=outputs["UserPoolId"],
        auth_flow="srp",
    )


def chosen() -> dict[str, str]:
    """What the environment sets."""
    return {parameter: os.environ[name] for name, parameter in CHOICES.items() if os.environ.get(name)}


def code_bucket(session: Any, s3: Any) -> str:
    """The account's private bucket for packages of this region; made at the first deployment."""
    region, account = session.region_name, session.client("sts").get_caller_identity()["Account"]
    name = f"partnerbook-code-{account}-{region}"
    try:
        s3.head_bucket(Bucket=name)
    except ClientError:
        elsewhere = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        s3.create_bucket(Bucket=name, **elsewhere)
        blocked = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
        s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=dict.fromkeys(blocked, True))
    return name


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Say which stage: make deploy STAGE=dev MAIL_FROM=partnerbook@example.com")
    try:
        main(sys.argv[1])
    except stack.StackFailed as error:
        raise SystemExit(str(error)) from error

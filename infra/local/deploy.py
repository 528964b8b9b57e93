"""Deploys the packaged app to the emulator by CloudFormation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from infra import package, stack, template
from infra.local import emulator_policies, fixups, response_headers
from infra.local.aws import client
from infra.local.settings import STACK
from infra.target import embedded

if TYPE_CHECKING:
    from infra.local.settings import StackConfig

STAGE = "local"
CODE_BUCKET = "partnerbook-code"
MAIL_FROM = "partnerbook@example.com"


def deploy(place: StackConfig, platform_url: str = "") -> dict[str, str]:
    """Bring the stack to the tree as it stands; its outputs. What was deployed already is left alone."""
    packaged = package.package(embedded())
    parameters = _parameters(place, packaged.key, platform_url)
    content = template.deployable(packaged, "local")
    emulator_policies.adapt(content)
    s3 = client(place, "s3")
    _make_bucket(s3)
    address = stack.upload(s3, CODE_BUCKET, packaged.zip, packaged.key, content)
    outputs = stack.Stack(client(place, "cloudformation"), STACK, pause=0.1).apply(address, parameters)
    response_headers.write(place)
    fixups.apply(place, content, outputs, mail_from=MAIL_FROM, stage=STAGE)
    return outputs


def _parameters(place: StackConfig, code_key: str, platform_url: str) -> dict[str, str]:
    return {
        "Stage": STAGE,
        "CodeBucket": CODE_BUCKET,
        "CodeKey": code_key,
        "PublicUrl": place.endpoint,
        "PlatformUrl": platform_url,
        "MailFrom": MAIL_FROM,
        "MailDomain": MAIL_FROM.partition("@")[2],
        "Endpoint": place.endpoint,
        "FilesEndpoint": place.files_origin,
        "Today": place.today,
    }


def _make_bucket(s3: object) -> None:
    try:
        s3.create_bucket(Bucket=CODE_BUCKET)  # type: ignore[attr-defined]
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("BucketAlreadyOwnedByYou", "BucketAlreadyExists"):
            raise

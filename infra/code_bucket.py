"""Keeps the account's private bucket for packages: made at the first deployment, and only ever used if it is ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from infra.account import Account

BLOCKED = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
KEPT_DAYS = 30


def bucket_name(account: Account) -> str:
    """Name the bucket. The name can be guessed, hence the owner is named with every request."""
    return f"partnerbook-code-{account.account_id}-{account.region}"


def refusal(account: Account) -> str:
    """Say if somebody else has made the bucket; empty if it is ours or not made yet.

    With ExpectedBucketOwner S3 answers 403 for another account's bucket (S3 User Guide, "Verifying bucket ownership
    with bucket owner condition").
    """
    if _state(account) != 403:
        return ""
    return (
        f"The bucket {bucket_name(account)} belongs to another account, or these credentials may not see it. "
        "Deploy in another region, or ask AWS Support about the name; nothing was uploaded."
    )


def ensure(account: Account) -> str:
    """Make the bucket if need be and set what guards it; its name."""
    s3, name = account.client("s3"), bucket_name(account)
    if _state(account) == 404:
        elsewhere = {"CreateBucketConfiguration": {"LocationConstraint": account.region}}
        s3.create_bucket(Bucket=name, **({} if account.region == "us-east-1" else elsewhere))
    ours: dict[str, Any] = {"Bucket": name, "ExpectedBucketOwner": account.account_id}
    s3.put_public_access_block(**ours, PublicAccessBlockConfiguration=dict.fromkeys(BLOCKED, True))
    s3.put_bucket_versioning(**ours, VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_policy(**ours, Policy=json.dumps(_tls_only(name)))
    s3.put_bucket_lifecycle_configuration(**ours, LifecycleConfiguration={"Rules": _lifecycle()})
    return name


def _state(account: Account) -> int:
    try:
        account.client("s3").head_bucket(Bucket=bucket_name(account), ExpectedBucketOwner=account.account_id)
    except ClientError as error:
        return int(error.response["ResponseMetadata"]["HTTPStatusCode"])
    return 200


def _tls_only(name: str) -> dict[str, Any]:
    statement = {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def _lifecycle() -> list[dict[str, Any]]:
    """Expire replaced versions and abandoned uploads only: a rollback reads the code of the version before."""
    return [
        {
            "ID": "replaced-versions",
            "Status": "Enabled",
            "Filter": {"Prefix": ""},
            "NoncurrentVersionExpiration": {"NoncurrentDays": KEPT_DAYS},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
        }
    ]

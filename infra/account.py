"""Opens the session on AWS that every command of `infra` uses: the credentials and the region of the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import ClientError, NoCredentialsError

UNSUPPORTED = {"cn-": "China", "us-gov-": "GovCloud", "us-iso": "the isolated regions", "eusc-": "the sovereign cloud"}
"""Partitions where CloudFront or Cognito is missing or has other host names."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account in one region."""

    session: Any
    region: str
    account_id: str

    def client(self, service: str, region: str = "") -> Any:
        """Give a client of a service in this region, or in another one."""
        return self.session.client(service, region_name=region or self.region)


def aws_session() -> Any:
    """Open a session; exits with a sentence if no region is set.

    boto3 reads AWS_DEFAULT_REGION and the profile only (botocore's configprovider: `'region': ('region',
    'AWS_DEFAULT_REGION', None, None)`); AWS_REGION is what Lambda, the newer SDKs and people set.
    """
    session: Any = boto3.Session(region_name=os.environ.get("AWS_REGION") or None)
    if not session.region_name:
        raise SystemExit(
            "No region is set. Set AWS_REGION, for example AWS_REGION=eu-central-1, or one in the profile."
        )
    require_supported(session.region_name)
    # The product's own clients, which some commands use, read the environment.
    os.environ["AWS_DEFAULT_REGION"] = session.region_name
    return session


def require_supported(region: str) -> None:
    """Exit with a sentence in a partition that Partnerbook does not support."""
    for prefix, name in UNSUPPORTED.items():
        if region.startswith(prefix):
            raise SystemExit(
                f"Partnerbook does not support {name} ({region}): CloudFront and Cognito differ there. "
                "Choose a region of the standard partition, for example eu-central-1."
            )


def current(session: Any) -> Account:
    """Identify the account that these credentials belong to; exits with a sentence if AWS does not take them."""
    region = str(session.region_name)
    try:
        account_id = session.client("sts").get_caller_identity()["Account"]
    except NoCredentialsError:
        raise SystemExit("No credentials are set. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and its secret.") from None
    except ClientError as error:
        code = error.response["Error"]["Code"]
        raise SystemExit(
            f"AWS does not take these credentials in {region} ({code}): "
            "they have expired, or the account has not enabled that region."
        ) from error
    return Account(session, region, str(account_id))

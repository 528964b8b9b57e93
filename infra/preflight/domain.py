"""Checks what a stage may bring along: its own domain with a certificate, a web ACL, an issuer of tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.preflight.deployment import Deployment

CLOUDFRONT_REGION = "us-east-1"
CERTIFICATE = re.compile(r"arn:aws:acm:(?P<region>[a-z0-9-]+):\d{12}:certificate/.+")
WEB_ACL = re.compile(r"arn:aws:wafv2:us-east-1:\d{12}:global/webacl/.+")
PLATFORM_URL = re.compile(r"https://[a-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-])?")
ISSUER = ("TokenIssuer", "TokenJwksUrl", "TokenClientIds")


def certificate_fits(deployment: Deployment) -> Iterator[str]:
    """Require for a domain an issued certificate of it in us-east-1 (CloudFront guide, "Requirements")."""
    domain, arn = deployment.parameter("DomainName"), deployment.parameter("CertificateArn")
    if domain and not arn:
        yield f"DOMAIN_NAME={domain} needs a certificate: set CERTIFICATE_ARN to one of it in {CLOUDFRONT_REGION}."
    if arn and not domain:
        yield (
            "CERTIFICATE_ARN is set without DOMAIN_NAME. Set DOMAIN_NAME as well, or set "
            "CERTIFICATE_ARN= back to empty."
        )
    if domain and arn:
        yield from _certificate(deployment, domain, arn)


def _certificate(deployment: Deployment, domain: str, arn: str) -> Iterator[str]:
    parsed = CERTIFICATE.fullmatch(arn)
    if not parsed:
        yield f"CERTIFICATE_ARN is not the ARN of a certificate: {arn}."
    elif parsed["region"] != CLOUDFRONT_REGION:
        yield f"CERTIFICATE_ARN is in {parsed['region']}; CloudFront takes certificates of {CLOUDFRONT_REGION} only."
    elif not (certificate := _described(deployment, arn)):
        yield f"There is no certificate {arn} in this account. Request one in {CLOUDFRONT_REGION}."
    elif certificate["Status"] != "ISSUED":
        yield (
            f"The certificate of {domain} is {certificate['Status']}, not ISSUED. Publish its validation "
            "record and wait."
        )
    elif not any(_covers(name, domain) for name in _names(certificate)):
        yield f"The certificate is for {', '.join(_names(certificate))}, not for DOMAIN_NAME={domain}."


def _names(certificate: dict[str, Any]) -> list[str]:
    return sorted({certificate["DomainName"], *certificate.get("SubjectAlternativeNames", [])})


def _covers(name: str, domain: str) -> bool:
    return name == domain or (name.startswith("*.") and domain.partition(".")[2] == name[2:])


def _described(deployment: Deployment, arn: str) -> dict[str, Any]:
    try:
        acm = deployment.account.client("acm", CLOUDFRONT_REGION)
        certificate: dict[str, Any] = acm.describe_certificate(CertificateArn=arn)["Certificate"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return {}
        raise
    return certificate


def web_acl_is_global(deployment: Deployment) -> Iterator[str]:
    """Require a web ACL of scope CLOUDFRONT, which is one of us-east-1."""
    arn = deployment.parameter("WebAclArn")
    if arn and not WEB_ACL.fullmatch(arn):
        yield f"WEB_ACL_ARN is not a web ACL of scope CLOUDFRONT in {CLOUDFRONT_REGION}: {arn}."


def platform_url_is_an_origin(deployment: Deployment) -> Iterator[str]:
    """Require that links to clients' accounts lead somewhere that is reached over TLS."""
    address = deployment.parameter("PlatformUrl")
    if address and not PLATFORM_URL.fullmatch(address):
        yield (
            f"PLATFORM_URL={address} is no address that links can begin with. "
            "Set it to one such as https://app.example.com, without a slash at the end."
        )


def platform_url_is_set(deployment: Deployment) -> Iterator[str]:
    """Tell where links lead without one."""
    if not deployment.parameter("PlatformUrl"):
        yield (
            "PLATFORM_URL is not set: invite and sign-in links lead to https://app.example.com, where nobody is. "
            "Set it to where clients' accounts are."
        )


def issuer_is_complete(deployment: Deployment) -> Iterator[str]:
    """Require all three settings of another issuer, or none."""
    missing = [name for name in ISSUER if not deployment.parameter(name)]
    if missing and len(missing) < len(ISSUER):
        yield "Set TOKEN_ISSUER, TOKEN_JWKS_URL and TOKEN_CLIENT_IDS together, or none of them."

"""Judges what a deployment has made by AWS's rules that no linter knows (docs/aws.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.rehearsal.world import Resource


@dataclass(frozen=True)
class Deployed:
    """A stage's resources and outputs, all references resolved."""

    region: str
    resources: dict[str, Resource]
    outputs: dict[str, str]

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        """Return the properties of all resources of a type, by logical id."""
        return {key: item.properties for key, item in self.resources.items() if item.kind == f"AWS::{kind}"}


def broken(deployed: Deployed) -> list[str]:
    """Say which rules are broken."""
    return [sentence for rule in RULES for sentence in rule(deployed)]


def pool_signs_in_by_address(deployed: Deployed) -> Iterator[str]:
    """Rows B1 and W16: an alias refuses usernames that are addresses, and a pool is case-sensitive unless told."""
    for name, pool in deployed.of("Cognito::UserPool").items():
        if pool.get("AliasAttributes") or pool.get("UsernameAttributes") != ["email"]:
            yield f"B1: {name} must have UsernameAttributes: [email] and no AliasAttributes."
        if pool.get("UsernameConfiguration", {}).get("CaseSensitive") is not False:
            yield f"W16: {name} must have UsernameConfiguration: {{CaseSensitive: false}}."


def console_may_reach_the_files(deployed: Deployed) -> Iterator[str]:
    """Row B3: the browser lets the console upload and read only if the bucket's CORS rule names its origin."""
    rules = deployed.resources["FilesBucket"].properties.get("CorsConfiguration", {}).get("CorsRules", [])
    origin = deployed.outputs["PublicUrl"]
    for method in ("GET", "POST"):
        if not any(origin in rule["AllowedOrigins"] and method in rule["AllowedMethods"] for rule in rules):
            yield f"B3: FilesBucket has no CORS rule for {method} from {origin}."


def presigned_urls_are_allowed_by_the_policy(deployed: Deployed) -> Iterator[str]:
    """Row B4: the host of a presigned URL must be one that the console's content security policy names."""
    host = presigned_host(deployed.region, deployed.resources["FilesBucket"].physical_id)
    allowed = " ".join(_content_security_policies(deployed))
    if f"https://{host}" not in allowed:
        yield f"B4: presigned URLs lead to {host}, which the console's content security policy does not allow."


def presigned_host(region: str, bucket: str) -> str:
    """Return the host that the product's own client presigns for."""
    from botocore.config import Config
    from botocore.session import Session

    from chalicelib.storage.s3.files import CLIENT_OPTIONS

    keys: dict[str, Any] = {"aws_access_key_id": "rehearsed", "aws_secret_access_key": "rehearsed"}
    client: Any = Session().create_client("s3", region, config=Config(**CLIENT_OPTIONS), **keys)
    return str(urlsplit(client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"})).hostname)


def _content_security_policies(deployed: Deployed) -> Iterator[str]:
    for policy in deployed.of("CloudFront::ResponseHeadersPolicy").values():
        security = policy["ResponseHeadersPolicyConfig"].get("SecurityHeadersConfig", {})
        yield str(security.get("ContentSecurityPolicy", {}).get("ContentSecurityPolicy", ""))


def no_identity_is_made(deployed: Deployed) -> Iterator[str]:
    """Row B5: SES has one identity a domain in an account and region, and CloudFormation adopts none."""
    for name in deployed.of("SES::EmailIdentity"):
        yield f"B5: {name} makes an SES identity; another stage, or whoever verified the sender first, has it already."


def data_is_protected(deployed: Deployed) -> Iterator[str]:
    """Row B6: once a stage stands, what holds data can be deleted neither with it nor by mistake."""
    for name, table in deployed.of("DynamoDB::Table").items():
        if table.get("DeletionProtectionEnabled") is not True or not deployed.resources[name].retained:
            yield f"B6: {name} is not protected against deletion, or not retained."


def the_api_has_one_stage(deployed: Deployed) -> Iterator[str]:
    """Row W1: a stage of the deployment's own would have no web ACL, no limits and no log."""
    named = [name for name, entry in deployed.of("ApiGateway::Deployment").items() if entry.get("StageName")]
    stages = [item["StageName"] for item in deployed.of("ApiGateway::Stage").values()]
    if named or stages != ["v1"]:
        yield f"W1: the API has other stages than v1: {', '.join([*named, *stages])}."


RULES = (
    pool_signs_in_by_address,
    console_may_reach_the_files,
    presigned_urls_are_allowed_by_the_policy,
    no_identity_is_made,
    data_is_protected,
    the_api_has_one_stage,
)

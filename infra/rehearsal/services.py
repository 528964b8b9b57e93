"""Stands in for the small services that a deployment asks: each client answers what the rehearsed account has."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn

from botocore.exceptions import ClientError

from infra.rehearsal.physical import ACCOUNT
from infra.rehearsal.service_rules import logs_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.rehearsal.world import World


def refuse(code: str, message: str = "", status: int = 400) -> NoReturn:
    """Answer with an error."""
    answer: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    raise ClientError(answer, "rehearsed")


@dataclass
class Facts:
    """What can be set about a rehearsed account."""

    identities: dict[str, dict[str, Any]] = field(default_factory=dict)
    production: bool = True
    sending: bool = True
    opt_status: str = "ENABLED_BY_DEFAULT"
    concurrency: int = 1000
    certificates: dict[str, dict[str, Any]] = field(default_factory=dict)
    foreign_buckets: set[str] = field(default_factory=set)
    logs_role: str = ""
    """A role for API Gateway's logs that no stack of ours has made."""


@dataclass
class S3:
    """Buckets and what was put into them."""

    world: World
    facts: Facts
    region: str
    buckets: dict[str, dict[str, bytes]] = field(default_factory=dict)
    settings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def meta(self) -> Any:
        """What a client knows of its endpoint."""
        return SimpleNamespace(endpoint_url=f"https://s3.{self.region}.amazonaws.com")

    def head_bucket(self, *, Bucket: str, ExpectedBucketOwner: str = "") -> None:  # noqa: N803
        """Tell whether the bucket is there, and ours if an owner is expected; a stranger may have opened his to us."""
        if Bucket in self.facts.foreign_buckets:
            if ExpectedBucketOwner != ACCOUNT:
                return
            refuse("403", "Forbidden", 403)
        if Bucket not in self.buckets:
            refuse("404", "Not Found", 404)

    def create_bucket(self, **request: Any) -> None:
        """Make a bucket."""
        self.buckets[request["Bucket"]] = {}

    def upload_file(self, path: str, bucket: str, key: str, ExtraArgs: dict[str, str]) -> None:  # noqa: N803
        """Put a file."""
        self.put_object(Bucket=bucket, Key=key, Body=path.encode(), **ExtraArgs)

    def put_object(self, **request: Any) -> None:
        """Put an object."""
        body = request["Body"]
        self.buckets.setdefault(request["Bucket"], {})[request["Key"]] = (
            body if isinstance(body, bytes) else body.read()
        )

    def read(self, address: str) -> dict[str, Any]:
        """Read a template as CloudFormation does."""
        bucket, _, key = address.removeprefix(f"{self.meta.endpoint_url}/").partition("/")
        template: dict[str, Any] = json.loads(self.buckets[bucket][key])
        return template

    def list_buckets(self, *, Prefix: str, BucketRegion: str) -> dict[str, Any]:  # noqa: N803
        """Return the buckets whose names begin so."""
        kind = "AWS::S3::Bucket"
        here = [resource for resource in self.world.resources.values() if resource.region == BucketRegion]
        names = [item.physical_id for item in here if item.kind == kind]
        return {"Buckets": [{"Name": name} for name in names if name.startswith(Prefix)]}

    def __getattr__(self, name: str) -> Any:
        """Return all that only sets something."""
        if not name.startswith("put_"):
            raise AttributeError(name)
        return lambda **request: self.settings.append((name, request))


@dataclass
class Questions:
    """The clients that are only asked; one object for all of them, as their operations' names differ."""

    world: World
    facts: Facts
    region: str

    def get_caller_identity(self) -> dict[str, str]:
        """STS."""
        return {"Account": ACCOUNT}

    def get_email_identity(self, *, EmailIdentity: str) -> dict[str, Any]:  # noqa: N803
        """SES: an identity."""
        return self.facts.identities.get(EmailIdentity) or refuse("NotFoundException")

    def get_region_opt_status(self, *, RegionName: str) -> dict[str, str]:  # noqa: N803, ARG002
        """Account Management."""
        return {"RegionOptStatus": self.facts.opt_status}

    def get_account_settings(self) -> dict[str, Any]:
        """Lambda."""
        return {"AccountLimit": {"ConcurrentExecutions": self.facts.concurrency}}

    def describe_certificate(self, *, CertificateArn: str) -> dict[str, Any]:  # noqa: N803
        """ACM."""
        return {"Certificate": self.facts.certificates.get(CertificateArn) or refuse("ResourceNotFoundException")}

    def get_role(self, *, RoleName: str) -> dict[str, Any]:  # noqa: N803
        """IAM."""
        roles = {
            resource.physical_id for resource in self.world.resources.values() if resource.kind == "AWS::IAM::Role"
        }
        if RoleName not in roles and not self.facts.logs_role.endswith(f"/{RoleName}"):
            refuse("NoSuchEntity")
        return {"Role": {"RoleName": RoleName}}

    def get_resource(self, *, TypeName: str, Identifier: str) -> dict[str, Any]:  # noqa: N803
        """Cloud Control."""
        name = Identifier.rpartition("/")[2] if TypeName == "AWS::SQS::Queue" else Identifier
        if not self.world.find(TypeName, name, self.region):
            refuse("ResourceNotFoundException")
        return {"TypeName": TypeName}

    def get_paginator(self, _: str) -> Any:
        """Cognito's list of pools."""
        return self

    def paginate(self, **_: Any) -> Iterator[dict[str, Any]]:
        """Yield all pools of the region."""
        pools = [resource for resource in self.world.resources.values() if resource.kind == "AWS::Cognito::UserPool"]
        here = [pool for pool in pools if pool.region == self.region]
        yield {"UserPools": [{"Id": item.physical_id, "Name": item.properties["UserPoolName"]} for item in here]}


@dataclass
class Lambda(Questions):
    """Lambda's reserved concurrency of functions."""

    reserved: dict[str, int] = field(default_factory=dict)

    def get_function_concurrency(self, *, FunctionName: str) -> dict[str, int]:  # noqa: N803
        """Return what is reserved, if anything."""
        found = self.reserved.get(FunctionName)
        return {} if found is None else {"ReservedConcurrentExecutions": found}

    def put_function_concurrency(self, *, FunctionName: str, ReservedConcurrentExecutions: int) -> None:  # noqa: N803
        """Reserve; 0 lets nothing begin."""
        self.reserved[FunctionName] = ReservedConcurrentExecutions

    def delete_function_concurrency(self, *, FunctionName: str) -> None:  # noqa: N803
        """Reserve nothing."""
        self.reserved.pop(FunctionName, None)


@dataclass
class Ses(Questions):
    """SES's own answer to `get_account`, which API Gateway has too."""

    def get_account(self) -> dict[str, Any]:
        """Tell whether the account may send, and to whom."""
        return {"ProductionAccessEnabled": self.facts.production, "SendingEnabled": self.facts.sending}


@dataclass
class ApiGateway(Questions):
    """API Gateway's answer to `get_account`."""

    def get_account(self) -> dict[str, Any]:
        """Return the account's role for logs in this region."""
        arn = logs_role(self.world, self.region) or self.facts.logs_role
        return {"cloudwatchRoleArn": arn} if arn else {}

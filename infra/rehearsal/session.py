"""Stands in for a boto3 session: the clients of one rehearsed account, in every region."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from infra.account import Account
from infra.rehearsal.cloudformation import CloudFormation
from infra.rehearsal.dynamodb import DynamoDB
from infra.rehearsal.physical import ACCOUNT
from infra.rehearsal.services import S3, ApiGateway, Facts, Lambda, Questions, Ses
from infra.rehearsal.world import World

DKIM = {"VerifiedForSendingStatus": True, "DkimAttributes": {"SigningEnabled": True, "Status": "SUCCESS"}}


@dataclass
class Session:
    """All regions of one account, with one world behind them."""

    region_name: str = "eu-central-1"
    world: World = field(default_factory=World)
    facts: Facts = field(default_factory=lambda: Facts(identities={"example.com": dict(DKIM)}))
    _clients: dict[tuple[str, str], Any] = field(default_factory=dict)

    def client(self, service: str, region_name: str = "") -> Any:
        """Give the stand-in of a service's client."""
        region = region_name or self.region_name
        if (service, region) not in self._clients:
            self._clients[service, region] = self._make(service, region)
        return self._clients[service, region]

    def account(self, region: str = "") -> Account:
        """Return the account in a region."""
        return Account(self, region or self.region_name, ACCOUNT)

    def _make(self, service: str, region: str) -> Any:
        if service == "cloudformation":
            return CloudFormation(self.world, region, self.client("s3", region).read)
        makers: dict[str, Any] = {
            "s3": S3,
            "sesv2": Ses,
            "apigateway": ApiGateway,
            "lambda": Lambda,
            "dynamodb": DynamoDB,
        }
        return makers.get(service, Questions)(self.world, self.facts, region)

"""Reads what whoever deploys may choose, by its name in the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CHOICES = {
    "MAIL_FROM": "MailFrom",
    "PLATFORM_URL": "PlatformUrl",
    "DOMAIN_NAME": "DomainName",
    "CERTIFICATE_ARN": "CertificateArn",
    "WEB_ACL_ARN": "WebAclArn",
    "ALARM_EMAIL": "AlarmEmail",
    "API_GATEWAY_LOGS_ROLE": "ApiGatewayLogsRole",
    "SESSION_IDLE_MINUTES": "SessionIdleMinutes",
    "SESSION_HOURS": "SessionHours",
    "TOKEN_ISSUER": "TokenIssuer",
    "TOKEN_JWKS_URL": "TokenJwksUrl",
    "TOKEN_CLIENT_IDS": "TokenClientIds",
    "TABLE_SET": "TableSet",
    "ARCHITECTURE": "Architecture",
}
DECIDED_IF_EMPTY = ("API_GATEWAY_LOGS_ROLE",)
"""Set to empty, these are decided anew; all others become empty."""


def chosen(environment: Mapping[str, str]) -> dict[str, str]:
    """Read the parameters that the environment sets; `DOMAIN_NAME=` makes one empty, what is absent stays as it was."""
    set_there = {name: environment[name].strip() for name in CHOICES if name in environment}
    return {CHOICES[name]: value for name, value in set_there.items() if value or name not in DECIDED_IF_EMPTY}

"""What moto's user pool lacks: exchanging refresh tokens that rotate, and revoking them.

An exchanged token stays good, as it does for its grace period: faults are tried again within seconds.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from types import SimpleNamespace
from typing import Any

CARRIED_OUT = SimpleNamespace(status_code=200, headers={})


def first_of(subject: str) -> str:
    """The refresh token of a sign-in."""
    return f"{subject}/0"


def attach(client: Any) -> None:
    """Answer for Cognito; whoever listens before it may let the call go wrong."""
    client.meta.events.register_last("before-call", _carry_out)


def _carry_out(model: Any, params: dict[str, Any], **_: Any) -> tuple[Any, dict[str, Any]] | None:
    if model.name == "RevokeToken":
        return CARRIED_OUT, _answer({})
    return _exchanged(params) if model.name == "GetTokensFromRefreshToken" else None


def _exchanged(params: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    subject, _, number = json.loads(params["body"])["RefreshToken"].rpartition("/")
    claims = urlsafe_b64encode(json.dumps({"sub": subject}).encode()).decode().rstrip("=")
    following = f"{subject}/{int(number) + 1}"
    result = {"AccessToken": f"e30.{claims}.signed", "ExpiresIn": 300, "RefreshToken": following}
    return CARRIED_OUT, _answer({"AuthenticationResult": result})


def _answer(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "ResponseMetadata": {"HTTPStatusCode": 200}}

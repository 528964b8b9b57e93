"""Rotates refresh tokens as Amazon Cognito does, where the emulator gives none and takes the first one for ever.

| rule | source |
|---|---|
| with rotation, GetTokensFromRefreshToken gives a new refresh token | RefreshTokenRotationType, API Reference |
| the one that was exchanged is good for RetryGracePeriodSeconds, then refused | the same; RefreshTokenReuseException |
| rotation and ALLOW_REFRESH_TOKEN_AUTH exclude each other | Developer Guide, "Refresh tokens" |
| whoever has never signed in gets no code for a new password | ForgotPassword, as its users report it |

The emulator keeps no RefreshTokenRotation of a client: one without ALLOW_REFRESH_TOKEN_AUTH has it, with the template's
grace period.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Handler = Any
"""Takes a request's fields and gives the emulator's answer, or the error that it answers with."""
GRACE_SECONDS = 30
USED = "Refresh token has been invalidated by rotation"
IN_NO_STATE = "User password cannot be reset in the current state."


def install() -> None:
    """Wrap the emulator's handlers."""
    from ministack.services import cognito

    cognito._get_tokens_from_refresh_token = rotating(cognito)  # noqa: SLF001
    cognito._forgot_password = for_those_who_signed_in(cognito, cognito._forgot_password)  # noqa: SLF001


def rotating(cognito: Any, now: Callable[[], float] = time.time) -> Handler:
    """Return the operation for clients of both kinds."""
    plain = cognito._get_tokens_from_refresh_token  # noqa: SLF001
    exchanged: dict[str, float] = {}

    def exchange(data: dict[str, Any]) -> Any:
        token = data.get("RefreshToken") or ""
        pool, pool_id = cognito._pool_for_client(data.get("ClientId"))  # noqa: SLF001
        if not pool or not _rotates(pool["_clients"][data["ClientId"]]):
            return plain(data)
        if now() >= exchanged.get(token, now()) + GRACE_SECONDS:
            return cognito.error_response_json("RefreshTokenReuseException", USED, 400)
        result, refusal = cognito._refresh_auth_result(pool, pool_id, data["ClientId"], token)  # noqa: SLF001
        if refusal:
            return refusal
        exchanged.setdefault(token, now())
        return cognito.json_response({"AuthenticationResult": {**result, "RefreshToken": _following(cognito, data)}})

    return exchange


def _rotates(client: dict[str, Any]) -> bool:
    return "ALLOW_REFRESH_TOKEN_AUTH" not in client.get("ExplicitAuthFlows", ())


def _following(cognito: Any, data: dict[str, Any]) -> str:
    """Return another token of the same sign-in, which revoking that ends too."""
    claims = cognito._token_claims(data["RefreshToken"])  # noqa: SLF001
    made: str = cognito._fake_token(  # noqa: SLF001
        claims["sub"],
        claims["iss"].rsplit("/", 1)[-1],
        data["ClientId"],
        "refresh",
        origin_jti=claims["origin_jti"],
        scope=claims.get("scope"),
    )
    return made


def for_those_who_signed_in(cognito: Any, forgot: Handler) -> Handler:
    """Return the operation, refusing a person whose first password is still to be changed."""

    def asked(data: dict[str, Any]) -> Any:
        pool, _ = cognito._pool_for_client(data.get("ClientId"))  # noqa: SLF001
        user = cognito._resolve_user(pool, data.get("Username"))[0] if pool else None  # noqa: SLF001
        if user and user.get("UserStatus") == "FORCE_CHANGE_PASSWORD":
            return cognito.error_response_json("NotAuthorizedException", IN_NO_STATE, 400)
        return forgot(data)

    return asked

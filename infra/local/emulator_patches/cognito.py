"""Holds the user pool to what Amazon Cognito refuses, where the emulator would let it pass.

| rule | source |
|---|---|
| with AliasAttributes email, no username looks like an address | Developer Guide, "Sign-in with aliases" |
| with CaseSensitive false, names and addresses differ by more than case | UsernameConfigurationType, API Reference |
| with AllowAdminCreateUserOnly, nobody signs up | AdminCreateUserConfigType, API Reference |
| a client writes only its WriteAttributes, never `*_verified` | Developer Guide, "Attribute permissions and scopes" |
| an address that needs verification stays as it is until then | UserAttributeUpdateSettingsType, API Reference |
| with rotation, only GetTokensFromRefreshToken renews | RefreshTokenRotationType, API Reference |
| a chosen password obeys the pool's policy | Developer Guide, "Adding user pool password requirements" |
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Handler = Any
"""Takes a request's fields and gives the emulator's answer, or the error that it answers with."""
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
REFRESH_FLOWS = ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN")
VERIFIED = frozenset({"email_verified", "phone_number_verified"})


def install() -> None:
    """Wrap the emulator's handlers; each looks at the request first."""
    from ministack.services import cognito

    for name, rule in {
        "_admin_create_user": refuse_address_beside_alias,
        "_sign_up": refuse_sign_up,
        "_update_user_attributes": refuse_unwritable_attributes,
        "_respond_to_auth_challenge": refuse_weak_password,
        "_initiate_auth": refuse_refresh_flow,
    }.items():
        setattr(cognito, name, _guarded(cognito, getattr(cognito, name), rule))
    cognito._resolve_user = _case_insensitive(cognito._resolve_user)  # noqa: SLF001


def _guarded(cognito: Any, handler: Handler, rule: Callable[[Any, dict[str, Any]], tuple[str, str] | None]) -> Handler:
    def guarded(data: dict[str, Any]) -> Any:
        refusal = rule(cognito, data)
        return cognito.error_response_json(*refusal, 400) if refusal else handler(data)

    return guarded


def refuse_address_beside_alias(cognito: Any, data: dict[str, Any]) -> tuple[str, str] | None:
    """Refuse a username that looks like an address in a pool with the alias `email`."""
    pool = cognito._user_pools.get(data.get("UserPoolId")) or {}  # noqa: SLF001
    if "email" in (pool.get("AliasAttributes") or []) and ADDRESS.fullmatch(data.get("Username") or ""):
        message = "Username cannot be of email format, since user pool is configured for email alias."
        return "InvalidParameterException", message
    return None


def refuse_sign_up(cognito: Any, data: dict[str, Any]) -> tuple[str, str] | None:
    """Refuse strangers where only administrators create users."""
    pool, _ = _pool_of_client(cognito, data.get("ClientId"))
    if (pool.get("AdminCreateUserConfig") or {}).get("AllowAdminCreateUserOnly"):
        return "NotAuthorizedException", "SignUp is not permitted for this user pool"
    return None


def refuse_unwritable_attributes(cognito: Any, data: dict[str, Any]) -> tuple[str, str] | None:
    """Refuse what the client may not write, and leave out an address that is to be verified first."""
    claims = cognito._token_claims(data.get("AccessToken") or "")  # noqa: SLF001
    pool, client = _pool_of_client(cognito, claims.get("client_id"))
    asked = data.get("UserAttributes") or []
    names = {item["Name"] for item in asked}
    writable = set(client.get("WriteAttributes") or names) - VERIFIED
    if names - writable:
        return "NotAuthorizedException", "A client attempted to write unauthorized attribute"
    waiting = (pool.get("UserAttributeUpdateSettings") or {}).get("AttributesRequireVerificationBeforeUpdate") or []
    data["UserAttributes"] = [item for item in asked if item["Name"] not in waiting]
    return None


def refuse_weak_password(cognito: Any, data: dict[str, Any]) -> tuple[str, str] | None:
    """Refuse a new password that the pool's policy does not take."""
    if data.get("ChallengeName") != "NEW_PASSWORD_REQUIRED":
        return None
    pool, _ = _pool_of_client(cognito, data.get("ClientId"))
    errors = cognito._password_policy_errors(pool, (data.get("ChallengeResponses") or {}).get("NEW_PASSWORD") or "")  # noqa: SLF001
    return ("InvalidPasswordException", f"Password did not conform with policy: {errors[0]}") if errors else None


def refuse_refresh_flow(cognito: Any, data: dict[str, Any]) -> tuple[str, str] | None:
    """Refuse to renew by InitiateAuth where the client does not allow that flow."""
    _, client = _pool_of_client(cognito, data.get("ClientId"))
    if data.get("AuthFlow") in REFRESH_FLOWS and "ALLOW_REFRESH_TOKEN_AUTH" not in client.get("ExplicitAuthFlows", ()):
        return "InvalidParameterException", "Initiate Auth method not supported."
    return None


def _pool_of_client(cognito: Any, client_id: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    for pool in cognito._user_pools.values():  # noqa: SLF001
        if client_id in pool["_clients"]:
            return pool, pool["_clients"][client_id]
    return {}, {}


def _case_insensitive(resolve: Handler) -> Handler:
    def resolved(pool: dict[str, Any], username: str | None) -> Any:
        insensitive = (pool.get("UsernameConfiguration") or {}).get("CaseSensitive") is False
        return resolve(pool, _as_kept(pool, username) if insensitive and username else username)

    return resolved


def _as_kept(pool: dict[str, Any], username: str) -> str:
    """Return the username or address as the pool keeps it."""
    for user in pool["_users"].values():
        names = [user["Username"], *(item["Value"] for item in user["Attributes"] if item["Name"] == "email")]
        for name in names:
            if name.casefold() == username.casefold():
                return str(name)
    return username

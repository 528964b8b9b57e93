"""People who can sign in, in a Cognito user pool. Cognito mails them nothing: their invitation is a mail of ours."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.aws_errors import unavailable_if_transient
from chalicelib.domain.kernel.errors import Unauthenticated
from chalicelib.domain.partners.identities import Tokens

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp.client import CognitoIdentityProviderClient


class CognitoSignIns:
    """A SignIns on Cognito; the pool makes a person's subject its username."""

    def __init__(self, client: CognitoIdentityProviderClient, pool_id: str, client_id: str = "") -> None:
        self._client = client
        self._pool_id = pool_id
        self._client_id = client_id

    def create(self, email: str, name: str, first_password: str) -> None:
        """Create a sign-in whose first password must be changed; one that exists stays as it is."""
        with suppress(self._client.exceptions.UsernameExistsException), unavailable_if_transient():
            self._client.admin_create_user(
                UserPoolId=self._pool_id,
                Username=email,
                UserAttributes=[
                    {"Name": "email", "Value": email},
                    {"Name": "email_verified", "Value": "true"},
                    {"Name": "name", "Value": name},
                ],
                TemporaryPassword=first_password,
                MessageAction="SUPPRESS",
            )

    def verified_address(self, subject: str) -> str | None:
        """Return the address of the person, if it is verified."""
        try:
            with unavailable_if_transient():
                person = self._client.admin_get_user(UserPoolId=self._pool_id, Username=subject)
        except self._client.exceptions.UserNotFoundException:
            return None
        attributes = {item["Name"]: item.get("Value", "") for item in person["UserAttributes"]}
        return attributes.get("email") if attributes.get("email_verified") == "true" else None

    def renew(self, refresh_token: str) -> Tokens:
        """Exchange a refresh token; raises `Unauthenticated` where it is not, or no longer, good.

        Where tokens rotate, a used one is refused after a grace period as RefreshTokenReuseException.
        """
        errors = self._client.exceptions
        refused = (
            errors.NotAuthorizedException,
            errors.RefreshTokenReuseException,
            errors.InvalidParameterException,
            errors.UserNotFoundException,
        )
        try:
            with unavailable_if_transient():
                answer = self._client.get_tokens_from_refresh_token(
                    ClientId=self._client_id, RefreshToken=refresh_token
                )
        except refused:
            raise Unauthenticated("The sign-in is over. Sign in again.") from None
        result = answer["AuthenticationResult"]
        return Tokens(
            subject=_subject(result["AccessToken"]),
            access_token=result["AccessToken"],
            expires_in=result["ExpiresIn"],
            refresh_token=result.get("RefreshToken", refresh_token),
        )

    def revoke(self, refresh_token: str) -> None:
        """Make a refresh token and all that came of the same sign-in useless; one that is so already stays so."""
        gone = (self._client.exceptions.UnauthorizedException, self._client.exceptions.InvalidParameterException)
        with suppress(*gone), unavailable_if_transient():
            self._client.revoke_token(ClientId=self._client_id, Token=refresh_token)

    def end_sessions(self, subject: str) -> None:
        """Sign the person out everywhere; nothing happens where there is no such person."""
        with suppress(self._client.exceptions.UserNotFoundException), unavailable_if_transient():
            self._client.admin_user_global_sign_out(UserPoolId=self._pool_id, Username=subject)


def _subject(access_token: str) -> str:
    """Return whose token it is; it comes from the issuer itself, so that its signature is not looked at."""
    claims = access_token.split(".")[1]
    return str(json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sub"])

"""People who can sign in, in a Cognito user pool. Cognito mails them nothing: their invitation is a mail of ours."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.aws_errors import unavailable_if_transient

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp.client import CognitoIdentityProviderClient


class CognitoSignIns:
    """A SignIns on Cognito; the pool makes a person's subject its username."""

    def __init__(self, client: CognitoIdentityProviderClient, pool_id: str) -> None:
        self._client = client
        self._pool_id = pool_id

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

    def end_sessions(self, subject: str) -> None:
        """Sign the person out everywhere; nothing happens where there is no such person."""
        with suppress(self._client.exceptions.UserNotFoundException), unavailable_if_transient():
            self._client.admin_user_global_sign_out(UserPoolId=self._pool_id, Username=subject)

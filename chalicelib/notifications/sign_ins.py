"""People who can sign in, in a Cognito user pool; Cognito mails them their invitations."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mypy_boto3_cognito_idp.client import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import AttributeTypeTypeDef


class CognitoSignIns:
    """A SignIns on Cognito; a person's username is the e-mail address."""

    def __init__(self, client: CognitoIdentityProviderClient, pool_id: str) -> None:
        self._client = client
        self._pool_id = pool_id

    def ensure(self, email: str, name: str) -> str:
        """The subject of the person with this address, who is invited if new and let in again if shut out."""
        try:
            made = self._client.admin_create_user(
                UserPoolId=self._pool_id,
                Username=email,
                UserAttributes=[
                    {"Name": "email", "Value": email},
                    {"Name": "email_verified", "Value": "true"},
                    {"Name": "name", "Value": name},
                ],
                TemporaryPassword=temporary_password(),
                DesiredDeliveryMediums=["EMAIL"],
            )
        except self._client.exceptions.UsernameExistsException:
            return self._let_in_again(email)
        return _subject(made["User"]["Attributes"])

    def _let_in_again(self, email: str) -> str:
        person = self._client.admin_get_user(UserPoolId=self._pool_id, Username=email)
        if not person["Enabled"]:
            self._client.admin_enable_user(UserPoolId=self._pool_id, Username=email)
        return _subject(person["UserAttributes"])

    def invite_again(self, email: str) -> None:
        """Send the invitation again; nothing for one who has signed in already or is not there."""
        errors = self._client.exceptions
        with suppress(errors.UnsupportedUserStateException, errors.UserNotFoundException):
            self._client.admin_create_user(
                UserPoolId=self._pool_id,
                Username=email,
                MessageAction="RESEND",
                TemporaryPassword=temporary_password(),
                DesiredDeliveryMediums=["EMAIL"],
            )

    def end(self, email: str) -> None:
        """Shut the person out and sign it out everywhere."""
        with suppress(self._client.exceptions.UserNotFoundException):
            self._client.admin_disable_user(UserPoolId=self._pool_id, Username=email)
            self._client.admin_user_global_sign_out(UserPoolId=self._pool_id, Username=email)


def temporary_password() -> str:
    """A password that every policy takes, mailed by Cognito and changed at the first sign-in."""
    return f"Aa1-{secrets.token_urlsafe(12)}"


def _subject(attributes: Iterable[AttributeTypeTypeDef]) -> str:
    return next(each["Value"] for each in attributes if each["Name"] == "sub")

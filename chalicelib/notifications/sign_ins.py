"""People who can sign in, in a Cognito user pool. Cognito mails them nothing: their invitation is a mail of ours."""

from __future__ import annotations

import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from chalicelib.domain.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mypy_boto3_cognito_idp.client import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import AttributeTypeTypeDef

PASSING = frozenset({"InternalErrorException", "LimitExceededException", "TooManyRequestsException"})
"""Codes of errors that pass by themselves."""


@contextmanager
def _busy_if_it_passes() -> Iterator[None]:
    """Turn what passes by itself into `Busy`: throttling, a fault of theirs, a connection that broke."""
    from botocore.exceptions import ClientError, HTTPClientError
    from botocore.exceptions import ConnectionError as BrokenConnection

    try:
        yield
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if status < 500 and error.response["Error"]["Code"] not in PASSING:
            raise
        raise Busy from error
    except (BrokenConnection, HTTPClientError) as error:
        raise Busy from error


INVITED = "FORCE_CHANGE_PASSWORD"
"""Cognito's word for a person that has not signed in yet."""


class CognitoSignIns:
    """A SignIns on Cognito; a person's username is the e-mail address."""

    def __init__(self, client: CognitoIdentityProviderClient, pool_id: str) -> None:
        self._client = client
        self._pool_id = pool_id

    @_busy_if_it_passes()
    def ensure(self, email: str, name: str) -> str:
        """The subject of the person with this address, who is created if new and let in again if shut out."""
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
                MessageAction="SUPPRESS",
            )
        except self._client.exceptions.UsernameExistsException:
            return self._let_in_again(email)
        return _subject(made["User"]["Attributes"])

    def _let_in_again(self, email: str) -> str:
        person = self._client.admin_get_user(UserPoolId=self._pool_id, Username=email)
        if not person["Enabled"]:
            self._client.admin_enable_user(UserPoolId=self._pool_id, Username=email)
        return _subject(person["UserAttributes"])

    def first_password(self, email: str) -> str | None:
        """A password for the first sign-in, which Cognito lets live for a week; None for whom it is not the first."""
        with _busy_if_it_cannot():
            try:
                person = self._client.admin_get_user(UserPoolId=self._pool_id, Username=email)
            except self._client.exceptions.UserNotFoundException:
                return None
            if person["UserStatus"] != INVITED:
                return None
            password = temporary_password()
            self._client.admin_set_user_password(
                UserPoolId=self._pool_id, Username=email, Password=password, Permanent=False
            )
            return password

    @_busy_if_it_passes()
    def end(self, email: str) -> None:
        """Shut the person out and sign it out everywhere."""
        with suppress(self._client.exceptions.UserNotFoundException):
            self._client.admin_disable_user(UserPoolId=self._pool_id, Username=email)
            self._client.admin_user_global_sign_out(UserPoolId=self._pool_id, Username=email)


def temporary_password() -> str:
    """A password that every policy takes, changed at the first sign-in."""
    return f"Aa1-{secrets.token_urlsafe(12)}"


def _subject(attributes: Iterable[AttributeTypeTypeDef]) -> str:
    return next(each["Value"] for each in attributes if each["Name"] == "sub")


@contextmanager
def _busy_if_it_cannot() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Busy from error

"""Creates the sample's sign-ins in the user pool, and signs in as the console does."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from infra.local.aws import client

if TYPE_CHECKING:
    from infra.local.settings import StackConfig

ALPHABET = string.ascii_letters + string.digits


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or the platform, who can sign in to the sample."""

    email: str
    """What they sign in with, and where mail to them goes."""
    name: str
    role: str
    partner_id: str | None


HARBOUR_LANE = "ptnr_00000000000000000HARBARANE"
QUIET_STREET = "ptnr_0000000000000000QVETSTREET"
PARTNERS = {HARBOUR_LANE: "Harbour Lane Agency", QUIET_STREET: "Quiet Street Studio"}
PEOPLE = (
    Person("ada@example.com", "Ada Harbour", "partner_admin", HARBOUR_LANE),
    Person("max@example.com", "Max Harbour", "partner_manager", HARBOUR_LANE),
    Person("vera@example.com", "Vera Harbour", "partner_viewer", HARBOUR_LANE),
    Person("otto@example.com", "Otto Operator", "operator", None),
    Person("platform@example.com", "The e-mail platform", "platform", None),
    Person("quinn@example.com", "Quinn Street", "partner_admin", QUIET_STREET),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person's account in the pool."""

    person: Person
    password: str
    subject: str

    def as_row(self) -> dict[str, str | None]:
        """Return what the tables of members and operators need to know."""
        person = self.person
        return {
            "subject": self.subject,
            "partner_id": person.partner_id,
            "role": person.role,
            "email": person.email,
            "name": person.name,
        }


def new_password() -> str:
    """Return one that the pool accepts."""
    return "Aa1" + "".join(secrets.choice(ALPHABET) for _ in range(17))


def create(place: StackConfig, pool_id: str, person: Person, password: str) -> SignIn:
    """Return the person's account with this password; the one there is, if there is one."""
    cognito = client(place, "cognito-idp")
    try:
        user = cognito.admin_create_user(
            UserPoolId=pool_id,
            Username=person.email,
            TemporaryPassword=password,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": person.email},
                {"Name": "email_verified", "Value": "true"},
                {"Name": "name", "Value": person.name},
            ],
        )["User"]
        attributes = user["Attributes"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "UsernameExistsException":
            raise
        attributes = cognito.admin_get_user(UserPoolId=pool_id, Username=person.email)["UserAttributes"]
    cognito.admin_set_user_password(UserPoolId=pool_id, Username=person.email, Password=password, Permanent=True)
    return SignIn(person, password, _value(attributes, "sub"))


def _value(attributes: list[dict[str, Any]], name: str) -> str:
    return str(next(attribute["Value"] for attribute in attributes if attribute["Name"] == name))


def access_token(place: StackConfig, client_id: str, username: str, password: str) -> str:
    """Return a token to call the API with."""
    answer = client(place, "cognito-idp").initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": password},
    )
    token: str = answer["AuthenticationResult"]["AccessToken"]
    return token

"""The emulator's user pool refuses what Amazon Cognito refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ministack.services import cognito

from infra.local.emulator_patches import cognito as patch

POOL = {"PoolName": "people", "AutoVerifiedAttributes": ["email"]}
BY_ADDRESS = {**POOL, "UsernameAttributes": ["email"], "UsernameConfiguration": {"CaseSensitive": False}}
PATCHED = (
    "_admin_create_user",
    "_sign_up",
    "_update_user_attributes",
    "_respond_to_auth_challenge",
    "_resolve_user",
    "_initiate_auth",
)
ADA = "ada@example.com"


@pytest.fixture(autouse=True)
def patched(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PATCHED:
        monkeypatch.setattr(cognito, name, getattr(cognito, name))
    patch.install()


@pytest.fixture
def pool_id() -> Iterator[str]:
    yield from made(BY_ADDRESS | {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True}})


@pytest.fixture
def with_alias() -> Iterator[str]:
    yield from made(POOL | {"AliasAttributes": ["email"]})


def made(properties: dict[str, Any]) -> Iterator[str]:
    pool_id = answer(cognito._create_user_pool(dict(properties)))["UserPool"]["Id"]
    yield pool_id
    cognito._delete_user_pool({"UserPoolId": pool_id})


def answer(response: Any) -> dict[str, Any]:
    status, _, body = response
    return {"status": status, **json.loads(body)}


def create(pool_id: str, username: str) -> dict[str, Any]:
    asked = {"UserPoolId": pool_id, "Username": username, "MessageAction": "SUPPRESS", "TemporaryPassword": "Aa1-12345"}
    return answer(cognito._admin_create_user(asked))


def client_of(pool_id: str, **properties: Any) -> str:
    asked = {"UserPoolId": pool_id, "ClientName": "console", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]}
    client: str = answer(cognito._create_user_pool_client(asked | properties))["UserPoolClient"]["ClientId"]
    return client


def token(pool_id: str, client_id: str) -> str:
    create(pool_id, ADA)
    user, _ = cognito._resolve_user(cognito._user_pools[pool_id], ADA)
    found: str = cognito._build_auth_result(pool_id, client_id, user)["AccessToken"]
    return found


@pytest.mark.aws("B1")
def test_an_address_is_no_username_beside_the_alias_email(with_alias: str) -> None:
    refused = create(with_alias, ADA)
    assert "Username cannot be of email format" in refused["message"]
    assert create(with_alias, "ada")["status"] == 200


@pytest.mark.aws("B1")
def test_a_pool_by_address_takes_only_addresses_and_makes_the_subject_the_username(pool_id: str) -> None:
    assert "Username should be an email" in create(pool_id, "ada")["message"]
    user = create(pool_id, ADA)["User"]
    attributes = {item["Name"]: item["Value"] for item in user["Attributes"]}
    assert user["Username"] == attributes["sub"] != ADA


@pytest.mark.aws("W16")
def test_addresses_that_differ_only_in_case_are_one_person(pool_id: str) -> None:
    subject = create(pool_id, ADA)["User"]["Username"]
    assert create(pool_id, "Ada@Example.COM")["__type"] == "UsernameExistsException"
    found = answer(cognito._admin_get_user({"UserPoolId": pool_id, "Username": "ADA@example.com"}))
    assert found["Username"] == subject


def test_a_stranger_cannot_sign_up(pool_id: str) -> None:
    asked = {"ClientId": client_of(pool_id), "Username": ADA, "Password": "Aa1-12345"}
    assert answer(cognito._sign_up(asked))["message"] == "SignUp is not permitted for this user pool"


@pytest.mark.parametrize("attribute", ["email_verified", "custom:role"])
def test_a_person_writes_only_what_the_client_may(pool_id: str, attribute: str) -> None:
    client_id = client_of(pool_id, WriteAttributes=["email", "name"])
    asked = {"AccessToken": token(pool_id, client_id), "UserAttributes": [{"Name": attribute, "Value": "true"}]}
    assert answer(cognito._update_user_attributes(asked))["__type"] == "NotAuthorizedException"


def test_another_address_is_not_theirs_before_it_is_verified() -> None:
    settings = {"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]}}
    for pool_id in made(BY_ADDRESS | settings):
        client_id = client_of(pool_id, WriteAttributes=["email", "name"])
        changes = [{"Name": "email", "Value": "grace@example.com"}, {"Name": "name", "Value": "Ada"}]
        asked = {"AccessToken": token(pool_id, client_id), "UserAttributes": changes}
        assert answer(cognito._update_user_attributes(asked))["status"] == 200
        user, _ = cognito._resolve_user(cognito._user_pools[pool_id], ADA)
        attributes = {item["Name"]: item["Value"] for item in user["Attributes"]}
        assert (attributes["email"], attributes["name"]) == (ADA, "Ada")


def test_a_password_against_the_policy_is_not_taken_at_the_first_sign_in(pool_id: str) -> None:
    responses = {"USERNAME": ADA, "NEW_PASSWORD": "short"}
    asked = {"ClientId": client_of(pool_id), "ChallengeName": "NEW_PASSWORD_REQUIRED", "ChallengeResponses": responses}
    assert answer(cognito._respond_to_auth_challenge(asked))["__type"] == "InvalidPasswordException"


@pytest.mark.parametrize(("flows", "refused"), [(["ALLOW_USER_SRP_AUTH"], True), (["ALLOW_REFRESH_TOKEN_AUTH"], False)])
def test_a_client_whose_refresh_tokens_rotate_renews_by_its_own_operation_alone(
    pool_id: str, flows: list[str], refused: bool
) -> None:
    made_client = cognito._create_user_pool_client(
        {"UserPoolId": pool_id, "ClientName": "console", "ExplicitAuthFlows": flows}
    )
    client_id = answer(made_client)["UserPoolClient"]["ClientId"]
    asked = {"ClientId": client_id, "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": "x"}}
    output = str(cognito._initiate_auth(asked))
    assert ("Initiate Auth method not supported" in output) is refused

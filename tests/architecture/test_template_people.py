"""The user pool as the template makes it: who can be in it, and which functions may do what to people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.template_reading import of_type

Template = dict[str, Any]
ROOT = Path(__file__).parents[2]
WRITES = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"}


def pool(template: Template) -> dict[str, Any]:
    (found,) = of_type(template, "Cognito::UserPool").values()
    properties: dict[str, Any] = found
    return properties


@pytest.mark.aws("B1")
def test_people_sign_in_by_address_and_no_alias_refuses_an_address_as_username(template: Template) -> None:
    """Developer Guide, "Sign-in with aliases": a pool with the alias `email` takes no username that looks like one."""
    assert pool(template)["UsernameAttributes"] == ["email"]
    assert "AliasAttributes" not in pool(template)


@pytest.mark.aws("W16")
def test_an_address_signs_in_however_it_is_capitalized(template: Template) -> None:
    """API Reference, UsernameConfigurationType: case-sensitive is the default, and it cannot be changed later."""
    assert pool(template)["UsernameConfiguration"] == {"CaseSensitive": False}


def test_nobody_signs_up_by_themselves_and_an_address_is_verified_before_it_changes(template: Template) -> None:
    assert pool(template)["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert pool(template)["UserAttributeUpdateSettings"] == {"AttributesRequireVerificationBeforeUpdate": ["email"]}


@pytest.mark.parametrize("path", sorted((ROOT / ".chalice").glob("policy-*.json")), ids=lambda path: path.stem)
def test_no_function_may_write_operators(path: Path) -> None:
    for statement in json.loads(path.read_text())["Statement"]:
        if "OperatorsTable" in json.dumps(statement["Resource"]):
            assert not WRITES & set(statement["Action"]), statement["Sid"]


POOL_RIGHTS = {
    "policy-api": {"cognito-idp:AdminCreateUser", "cognito-idp:AdminGetUser", "cognito-idp:AdminUserGlobalSignOut"},
    "policy-sweeper": {"cognito-idp:AdminUserGlobalSignOut"},
}
"""Nobody may set a password, enable, disable, delete or change a sign-in that exists."""


@pytest.mark.parametrize("path", sorted((ROOT / ".chalice").glob("policy-*.json")), ids=lambda path: path.stem)
def test_no_function_may_change_a_sign_in_that_exists(path: Path) -> None:
    statements = json.loads(path.read_text())["Statement"]
    rights = {action for statement in statements for action in statement["Action"] if action.startswith("cognito-idp:")}
    assert rights == POOL_RIGHTS.get(path.stem, set())


@pytest.mark.aws("W22")
def test_codes_are_mailed_from_the_product_s_own_address_by_ses(template: Template) -> None:
    sender = pool(template)["EmailConfiguration"]
    assert sender["EmailSendingAccount"] == "DEVELOPER"
    assert sender["SourceArn"]["Fn::Sub"].endswith(":identity/${MailDomain}")
    assert sender["From"] == {"Fn::Sub": "Partnerbook <${MailFrom}>"}
    assert "{####}" in pool(template)["EmailVerificationMessage"]
    assert pool(template)["AccountRecoverySetting"]["RecoveryMechanisms"] == [{"Name": "verified_email", "Priority": 1}]

"""`make operator` on moto: sign-in and record are made by the product's own code, and are what the API reads."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.api.http.auth import caller
from chalicelib.domain.access import Role
from chalicelib.domain.changes import Change, Insert
from infra import operators
from infra.operators import Operators
from tests.factories import a_member

OTTO, PASSWORD_LENGTH = "otto@example.com", 28


def person(stage: Operators, email: str) -> dict[str, Any]:
    found: dict[str, Any] = stage.pool.admin_get_user(UserPoolId=stage.pool_id, Username=email)
    return found


def subject(stage: Operators, email: str) -> str:
    return next(str(item["Value"]) for item in person(stage, email)["UserAttributes"] if item["Name"] == "sub")


@pytest.mark.aws("B2")
@pytest.mark.parametrize("role", ["operator", "platform"])
def test_whoever_is_made_an_operator_is_let_in_by_the_api(stage: Operators, role: str) -> None:
    assert len(stage.add(OTTO, "Otto Operator", role)) == PASSWORD_LENGTH
    found = stage.ports.operators.get(subject(stage, OTTO))
    assert found is not None
    assert (found.role, found.email, found.name) == (Role(role), OTTO, "Otto Operator")

    raw: Any = SimpleNamespace(context={"authorizer": {"principalId": found.subject}}, headers={})
    operation: Any = SimpleNamespace(name="who_am_i", partner_scoped=False)
    assert caller(stage.ports, raw, operation).actor.role is Role(role)


@pytest.mark.aws("B2")
def test_the_password_is_for_good_so_that_nobody_can_renew_a_temporary_one(stage: Operators) -> None:
    stage.add(OTTO, "Otto", "operator")
    assert person(stage, OTTO)["UserStatus"] == "CONFIRMED"


def test_an_operator_is_listed_until_it_is_removed_with_its_sign_in(stage: Operators) -> None:
    stage.add(OTTO, "Otto", "operator")
    assert [item.email for item in stage.listed()] == [OTTO]
    stage.remove(OTTO.upper())
    assert stage.listed() == []
    with pytest.raises(stage.pool.exceptions.UserNotFoundException):
        person(stage, OTTO)


def test_removing_again_finishes_what_stopped_half_way(stage: Operators) -> None:
    stage.add(OTTO, "Otto", "operator")
    stage.pool.admin_delete_user(UserPoolId=stage.pool_id, Username=OTTO)
    stage.remove(OTTO)
    assert stage.listed() == []


def test_a_member_of_a_team_needs_another_address_and_keeps_its_sign_in(stage: Operators) -> None:
    stage.pool.admin_create_user(UserPoolId=stage.pool_id, Username=OTTO, MessageAction="SUPPRESS")
    stage.ports.transaction_writer.write(Change((Insert(a_member(subject=subject(stage, OTTO))),), None))
    with pytest.raises(SystemExit, match="on a partner's team"):
        stage.add(OTTO, "Otto", "operator")
    assert person(stage, OTTO)["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    assert stage.listed() == []


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ({}, "Say who"),
        ({"EMAIL": OTTO}, "Say who"),
        ({"EMAIL": "otto", "NAME": "Otto"}, "such as otto@example.com"),
        ({"EMAIL": OTTO, "NAME": "Otto", "ROLE": "partner_admin"}, "operator or platform"),
        ({"LIST": "", "REMOVE": "1"}, "Say who"),
    ],
)
def test_what_is_missing_or_wrong_is_said_before_anything_is_done(chosen: dict[str, str], text: str) -> None:
    with pytest.raises(SystemExit, match=text):
        operators.main(chosen)

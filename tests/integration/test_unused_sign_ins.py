"""`make unused-sign-ins` on moto: whoever is somebody keeps the sign-in, whoever is nobody loses it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.changes import Change, Insert
from infra import unused_sign_ins
from infra.operators import Operators
from tests.factories import a_member

LATER = datetime.now(UTC) + timedelta(days=8)
"""When whoever signs up in a test is no newcomer any more: an invitation lives seven days."""


def signed_up(stage: Operators, email: str) -> str:
    attributes = [{"Name": "email", "Value": email}]
    made = stage.pool.admin_create_user(
        UserPoolId=stage.pool_id, Username=email, MessageAction="SUPPRESS", UserAttributes=attributes
    )
    return next(str(item["Value"]) for item in made["User"]["Attributes"] if item["Name"] == "sub")


def join(stage: Operators, subject: str) -> None:
    stage.ports.transaction_writer.write(Change((Insert(a_member(subject=subject)),), None))


def left(stage: Operators) -> list[str]:
    people = stage.pool.list_users(UserPoolId=stage.pool_id)["Users"]
    return sorted(
        attribute["Value"] for item in people for attribute in item["Attributes"] if attribute["Name"] == "email"
    )


@pytest.fixture
def peopled(stage: Operators, monkeypatch: pytest.MonkeyPatch) -> Operators:
    """A member, an operator, and two who are on no team any more."""
    monkeypatch.setattr(unused_sign_ins, "of_stage", lambda _: stage)
    join(stage, signed_up(stage, "member@example.com"))
    stage.add("operator@example.com", "Otto", "operator")
    for email in ("gone@example.com", "away@example.com"):
        signed_up(stage, email)
    stage.ports.__dict__["clock"] = lambda: LATER
    return stage


def test_they_are_named_and_nothing_is_deleted(peopled: Operators, capsys: pytest.CaptureFixture[str]) -> None:
    before = left(peopled)
    unused_sign_ins.main({})
    assert capsys.readouterr().out.splitlines() == [
        "away@example.com",
        "gone@example.com",
        "2 sign-ins belong to nobody. REMOVE=1 deletes them.",
    ]
    assert left(peopled) == before


def test_nobody_s_are_deleted_and_all_others_stay(peopled: Operators, capsys: pytest.CaptureFixture[str]) -> None:
    unused_sign_ins.main({"REMOVE": "1"})
    assert left(peopled) == ["member@example.com", "operator@example.com"]
    assert capsys.readouterr().out.splitlines()[-1] == "2 sign-ins were deleted."
    unused_sign_ins.main({"REMOVE": "1"})
    assert capsys.readouterr().out == "0 sign-ins were deleted.\n"


def test_who_may_be_about_to_join_is_left_alone(stage: Operators) -> None:
    signed_up(stage, "new@example.com")
    assert list(unused_sign_ins.unused(stage)) == []


def test_who_joined_since_it_was_listed_keeps_the_sign_in(peopled: Operators) -> None:
    found = list(unused_sign_ins.unused(peopled))
    for item in found:
        join(peopled, item.subject)
    assert [unused_sign_ins.remove(peopled, entry) for entry in found] == [False, False]
    assert len(left(peopled)) == 4

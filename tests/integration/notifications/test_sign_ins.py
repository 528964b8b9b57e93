"""People who can sign in, in a Cognito user pool (moto's)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from chalicelib.bootstrap import aws_client
from chalicelib.domain.sign_ins import SignIns
from chalicelib.notifications.sign_ins import CognitoSignIns

ADA = "ada@agency.example"


class Pool:
    """A user pool and what it says of a person."""

    def __init__(self) -> None:
        self.client: Any = aws_client("cognito-idp")
        self.pool_id = self.client.create_user_pool(PoolName="people")["UserPool"]["Id"]
        self.asked: list[dict[str, Any]] = []
        self.client.meta.events.register(
            "provide-client-params.cognito-idp.AdminCreateUser", lambda params, **_: self.asked.append(params)
        )

    def person(self, email: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client.admin_get_user(UserPoolId=self.pool_id, Username=email)
        return found


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield Pool()


@pytest.fixture
def sign_ins(pool: Pool) -> SignIns:
    return CognitoSignIns(pool.client, pool.pool_id)


def test_a_new_person_is_created_with_name_and_address_and_invited_by_mail(pool: Pool, sign_ins: SignIns) -> None:
    subject = sign_ins.ensure(ADA, "Ada Byron")
    attributes = {each["Name"]: each["Value"] for each in pool.person(ADA)["UserAttributes"]}
    assert attributes == {"sub": subject, "email": ADA, "email_verified": "true", "name": "Ada Byron"}
    assert pool.asked[0]["DesiredDeliveryMediums"] == ["EMAIL"]
    assert "MessageAction" not in pool.asked[0]


def test_a_person_who_is_there_keeps_its_subject(sign_ins: SignIns) -> None:
    assert sign_ins.ensure(ADA, "Ada") == sign_ins.ensure(ADA, "Somebody else")


def test_a_person_shut_out_is_disabled_and_let_in_again_when_invited_anew(pool: Pool, sign_ins: SignIns) -> None:
    subject = sign_ins.ensure(ADA, "Ada")
    sign_ins.end(ADA)
    assert not pool.person(ADA)["Enabled"]
    assert sign_ins.ensure(ADA, "Ada") == subject
    assert pool.person(ADA)["Enabled"]


def test_an_invitation_is_sent_again(pool: Pool, sign_ins: SignIns) -> None:
    sign_ins.ensure(ADA, "Ada")
    sign_ins.invite_again(ADA)
    assert pool.asked[-1]["MessageAction"] == "RESEND"


def test_nothing_happens_to_somebody_who_is_not_there(sign_ins: SignIns) -> None:
    sign_ins.end("nobody@agency.example")
    sign_ins.invite_again("nobody@agency.example")

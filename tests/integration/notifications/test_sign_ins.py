"""People who can sign in, in a Cognito user pool (moto's)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from moto import mock_aws

from chalicelib.bootstrap import aws_client
from chalicelib.domain.errors import Busy
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


def test_a_new_person_is_created_with_name_and_address_and_cognito_mails_nothing(pool: Pool, sign_ins: SignIns) -> None:
    subject = sign_ins.ensure(ADA, "Ada Byron")
    attributes = {each["Name"]: each["Value"] for each in pool.person(ADA)["UserAttributes"]}
    assert attributes == {"sub": subject, "email": ADA, "email_verified": "true", "name": "Ada Byron"}
    assert pool.asked[0]["MessageAction"] == "SUPPRESS"


def test_a_person_who_is_there_keeps_its_subject(sign_ins: SignIns) -> None:
    assert sign_ins.ensure(ADA, "Ada") == sign_ins.ensure(ADA, "Somebody else")


def test_a_person_shut_out_is_disabled_and_let_in_again_when_invited_anew(pool: Pool, sign_ins: SignIns) -> None:
    subject = sign_ins.ensure(ADA, "Ada")
    sign_ins.end(ADA)
    assert not pool.person(ADA)["Enabled"]
    assert sign_ins.ensure(ADA, "Ada") == subject
    assert pool.person(ADA)["Enabled"]


def test_a_first_password_is_new_each_time_and_ends_the_former(pool: Pool, sign_ins: SignIns) -> None:
    sign_ins.ensure(ADA, "Ada")
    first, second = sign_ins.first_password(ADA), sign_ins.first_password(ADA)
    assert first
    assert second
    assert first != second
    assert pool.person(ADA)["UserStatus"] == "FORCE_CHANGE_PASSWORD"


def test_who_has_chosen_a_password_keeps_it(pool: Pool, sign_ins: SignIns) -> None:
    sign_ins.ensure(ADA, "Ada")
    pool.client.admin_set_user_password(
        UserPoolId=pool.pool_id, Username=ADA, Password="Chosen-by-Ada-1815", Permanent=True
    )
    assert sign_ins.first_password(ADA) is None
    assert pool.person(ADA)["UserStatus"] == "CONFIRMED"


def test_nothing_happens_to_somebody_who_is_not_there(sign_ins: SignIns) -> None:
    sign_ins.end("nobody@agency.example")
    assert sign_ins.first_password("nobody@agency.example") is None


def test_a_pool_that_does_not_answer_is_busy(pool: Pool) -> None:
    """Then the mail waits instead of being taken for one that may have been sent."""
    with pytest.raises(Busy):
        CognitoSignIns(pool.client, "us-east-1_nothere").first_password(ADA)


@pytest.mark.parametrize("call", ["AdminCreateUser", "AdminGetUser", "AdminDisableUser", "AdminUserGlobalSignOut"])
@pytest.mark.parametrize(
    "failure",
    [
        ClientError({"Error": {"Code": "TooManyRequestsException"}, "ResponseMetadata": {"HTTPStatusCode": 400}}, "x"),  # type: ignore[typeddict-item]
        ClientError({"Error": {"Code": "InternalErrorException"}, "ResponseMetadata": {"HTTPStatusCode": 500}}, "x"),  # type: ignore[typeddict-item]
        EndpointConnectionError(endpoint_url="https://cognito"),
        ReadTimeoutError(endpoint_url="https://cognito"),
    ],
    ids=["throttled", "faulty", "unreachable", "silent"],
)
def test_a_fault_that_passes_is_told_as_such(pool: Pool, sign_ins: SignIns, call: str, failure: Exception) -> None:
    sign_ins.ensure(ADA, "Ada")

    def fail(**_: Any) -> None:
        raise failure

    pool.client.meta.events.register(f"before-call.cognito-idp.{call}", fail)
    asks = (
        sign_ins.end if call in ("AdminDisableUser", "AdminUserGlobalSignOut") else partial(sign_ins.ensure, name="Ada")
    )
    with pytest.raises(Busy):
        asks(ADA)


def test_what_is_wrong_with_the_request_does_not_pass(pool: Pool, sign_ins: SignIns) -> None:
    def fail(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDeniedException"}}, "AdminCreateUser")

    pool.client.meta.events.register("before-call.cognito-idp.AdminCreateUser", fail)
    with pytest.raises(ClientError):
        sign_ins.ensure(ADA, "Ada")

"""People who can sign in, in a Cognito user pool (moto's) as the template makes it."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from botocore.stub import Stubber
from moto import mock_aws

from chalicelib.bootstrap import aws_client
from chalicelib.domain.kernel.errors import Unauthenticated, Unavailable
from chalicelib.domain.partners.identities import SignIns, Tokens
from chalicelib.notifications.identity import CognitoSignIns

ADA, FIRST = "ada@agency.example", "Aa1-first-password"


class Pool:
    """A user pool and what it says of a person."""

    def __init__(self) -> None:
        self.client: Any = aws_client("cognito-idp")
        made = self.client.create_user_pool(PoolName="people", UsernameAttributes=["email"])
        self.pool_id = made["UserPool"]["Id"]
        self.asked: list[dict[str, Any]] = []
        self.client.meta.events.register(
            "provide-client-params.cognito-idp.AdminCreateUser", lambda params, **_: self.asked.append(params)
        )

    def person(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client.admin_get_user(UserPoolId=self.pool_id, Username=name)
        return found

    def subject(self, email: str) -> str:
        return next(str(item["Value"]) for item in self.person(email)["UserAttributes"] if item["Name"] == "sub")


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield Pool()


@pytest.fixture
def sign_ins(pool: Pool) -> SignIns:
    return CognitoSignIns(pool.client, pool.pool_id)


@pytest.mark.aws("B1")
def test_a_new_person_is_created_by_address_and_cognito_mails_nothing(pool: Pool, sign_ins: SignIns) -> None:
    sign_ins.create(ADA, "Ada Byron", FIRST)
    person = pool.person(ADA)
    attributes = {item["Name"]: item["Value"] for item in person["UserAttributes"]}
    subject = attributes.pop("sub")
    assert attributes == {"email": ADA, "email_verified": "true", "name": "Ada Byron"}
    assert person["Username"] == subject, "the subject is the username, not the address"
    assert person["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    assert (pool.asked[0]["MessageAction"], pool.asked[0]["TemporaryPassword"]) == ("SUPPRESS", FIRST)


@pytest.mark.parametrize("enabled", [True, False])
def test_a_person_who_is_there_stays_as_it_is(pool: Pool, sign_ins: SignIns, enabled: bool) -> None:
    sign_ins.create(ADA, "Ada", FIRST)
    pool.client.admin_set_user_password(UserPoolId=pool.pool_id, Username=ADA, Password="Chosen-1815-x", Permanent=True)
    if not enabled:
        pool.client.admin_disable_user(UserPoolId=pool.pool_id, Username=ADA)
    before = pool.person(ADA)
    sign_ins.create(ADA, "Somebody else", "Aa1-other-password")
    after = pool.person(ADA)
    assert (after["UserStatus"], after["Enabled"], after["UserAttributes"]) == (
        before["UserStatus"],
        enabled,
        before["UserAttributes"],
    )


def test_an_address_counts_only_once_it_is_verified(pool: Pool, sign_ins: SignIns) -> None:
    sign_ins.create(ADA, "Ada", FIRST)
    subject = pool.subject(ADA)
    assert sign_ins.verified_address(subject) == ADA
    unverified = [{"Name": "email_verified", "Value": "false"}]
    pool.client.admin_update_user_attributes(UserPoolId=pool.pool_id, Username=subject, UserAttributes=unverified)
    assert sign_ins.verified_address(subject) is None
    assert sign_ins.verified_address("nobody") is None


def test_nobody_is_signed_out_and_nothing_happens(sign_ins: SignIns) -> None:
    sign_ins.end_sessions("nobody")


def test_a_person_is_signed_out_everywhere_and_may_sign_in_again(pool: Pool, sign_ins: SignIns) -> None:
    sign_ins.create(ADA, "Ada", FIRST)
    sign_ins.end_sessions(pool.subject(ADA))
    assert pool.person(ADA)["Enabled"]


@pytest.mark.parametrize("call", ["AdminCreateUser", "AdminGetUser", "AdminUserGlobalSignOut"])
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
    sign_ins.create(ADA, "Ada", FIRST)

    def fail(**_: Any) -> None:
        raise failure

    pool.client.meta.events.register(f"before-call.cognito-idp.{call}", fail)
    asks: dict[str, Callable[[], object]] = {
        "AdminCreateUser": lambda: sign_ins.create(ADA, "Ada", FIRST),
        "AdminGetUser": lambda: sign_ins.verified_address(ADA),
        "AdminUserGlobalSignOut": lambda: sign_ins.end_sessions(ADA),
    }
    with pytest.raises(Unavailable):
        asks[call]()


CLIENT_ID = "console-client"
CLAIMS = urlsafe_b64encode(b'{"sub":"sub-of-ada"}').decode().rstrip("=")
ACCESS = f"e30.{CLAIMS}.sig"


@pytest.fixture
def stubbed(pool: Pool) -> Iterator[Stubber]:
    """Answers of Cognito's as its API Reference has them; moto knows neither operation."""
    with Stubber(pool.client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def of_console(pool: Pool) -> SignIns:
    return CognitoSignIns(pool.client, pool.pool_id, CLIENT_ID)


@pytest.mark.aws("W20")
def test_a_refresh_token_is_exchanged_for_the_next_one(pool: Pool, stubbed: Stubber) -> None:
    result = {"AccessToken": ACCESS, "ExpiresIn": 300, "RefreshToken": "r-2", "IdToken": "i"}
    asked = {"ClientId": CLIENT_ID, "RefreshToken": "r-1"}
    stubbed.add_response("get_tokens_from_refresh_token", {"AuthenticationResult": result}, asked)
    tokens = of_console(pool).renew("r-1")
    assert tokens == Tokens(subject="sub-of-ada", access_token=ACCESS, expires_in=300, refresh_token="r-2")


@pytest.mark.aws("W20")
@pytest.mark.parametrize(
    "code",
    ["NotAuthorizedException", "RefreshTokenReuseException", "InvalidParameterException", "UserNotFoundException"],
)
def test_a_refresh_token_that_is_over_used_or_none_is_no_sign_in(pool: Pool, stubbed: Stubber, code: str) -> None:
    stubbed.add_client_error("get_tokens_from_refresh_token", code, http_status_code=400)
    with pytest.raises(Unauthenticated, match="Sign in again"):
        of_console(pool).renew("r-1")


@pytest.mark.parametrize("code", [None, "UnauthorizedException", "InvalidParameterException"])
def test_a_revoked_token_stays_revoked(pool: Pool, stubbed: Stubber, code: str | None) -> None:
    if code:
        stubbed.add_client_error("revoke_token", code, http_status_code=400)
    else:
        stubbed.add_response("revoke_token", {}, {"ClientId": CLIENT_ID, "Token": "r-1"})
    of_console(pool).revoke("r-1")


@pytest.mark.parametrize("operation", ["get_tokens_from_refresh_token", "revoke_token"])
def test_a_fault_of_the_exchange_that_passes_is_told_as_such(pool: Pool, stubbed: Stubber, operation: str) -> None:
    stubbed.add_client_error(operation, "TooManyRequestsException", http_status_code=400)
    ask = of_console(pool).renew if operation == "get_tokens_from_refresh_token" else of_console(pool).revoke
    with pytest.raises(Unavailable):
        ask("r-1")


def test_what_is_wrong_with_the_request_does_not_pass(pool: Pool, sign_ins: SignIns) -> None:
    def fail(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDeniedException"}}, "AdminCreateUser")

    pool.client.meta.events.register("before-call.cognito-idp.AdminCreateUser", fail)
    with pytest.raises(ClientError):
        sign_ins.create(ADA, "Ada", FIRST)

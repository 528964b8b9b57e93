"""The emulator exchanges refresh tokens as Amazon Cognito does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from ministack.services import cognito

from infra.local.emulator_patches import cognito_rotation as patch
from tests.unit.infra.test_cognito_rules import ADA, BY_ADDRESS, answer, client_of, create, made


@dataclass
class Clock:
    """What time it is."""

    at: float = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(cognito, "_get_tokens_from_refresh_token", patch.rotating(cognito, clock))
    monkeypatch.setattr(cognito, "_forgot_password", patch.for_those_who_signed_in(cognito, cognito._forgot_password))
    return clock


@pytest.fixture
def pool_id(clock: Clock) -> Iterator[str]:
    yield from made(dict(BY_ADDRESS))


def signed_in(pool_id: str, client_id: str) -> str:
    create(pool_id, ADA)
    user, _ = cognito._resolve_user(cognito._user_pools[pool_id], ADA)
    token: str = cognito._build_auth_result(pool_id, client_id, user)["RefreshToken"]
    return token


def exchange(client_id: str, token: str) -> dict[str, Any]:
    return answer(cognito._get_tokens_from_refresh_token({"ClientId": client_id, "RefreshToken": token}))


@pytest.mark.aws("W20")
def test_an_exchanged_token_is_good_for_its_grace_and_no_longer(pool_id: str, clock: Clock) -> None:
    client_id = client_of(pool_id, ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
    first = signed_in(pool_id, client_id)
    second = exchange(client_id, first)["AuthenticationResult"]["RefreshToken"]
    assert second != first
    clock.at += patch.GRACE_SECONDS - 1
    assert exchange(client_id, first)["status"] == 200
    clock.at += 1
    assert exchange(client_id, first)["__type"] == "RefreshTokenReuseException"
    assert exchange(client_id, second)["status"] == 200


@pytest.mark.aws("W20")
def test_revoking_one_token_ends_all_of_its_sign_in(pool_id: str) -> None:
    client_id = client_of(pool_id, ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
    first = signed_in(pool_id, client_id)
    second = exchange(client_id, first)["AuthenticationResult"]["RefreshToken"]
    cognito._revoke_token({"ClientId": client_id, "Token": second})
    assert exchange(client_id, second)["__type"] == "NotAuthorizedException"


def test_a_client_that_does_not_rotate_keeps_its_token(pool_id: str) -> None:
    client_id = client_of(pool_id, ExplicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH"])
    token = signed_in(pool_id, client_id)
    assert "RefreshToken" not in exchange(client_id, token)["AuthenticationResult"]


def test_whoever_has_never_signed_in_gets_no_code_for_a_new_password(pool_id: str) -> None:
    client_id = client_of(pool_id)
    create(pool_id, ADA)
    asked = {"ClientId": client_id, "Username": ADA}
    assert answer(cognito._forgot_password(asked))["message"] == patch.IN_NO_STATE
    user, _ = cognito._resolve_user(cognito._user_pools[pool_id], ADA)
    user["UserStatus"] = "CONFIRMED"
    assert answer(cognito._forgot_password(asked))["status"] == 200

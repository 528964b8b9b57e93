"""The Lambda authorizer as it is deployed: its event in, its policy out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib import config
from chalicelib.api.http import authorizer as authorizing
from chalicelib.api.http.key_set import KeySet, KeysUnavailable
from chalicelib.domain.kernel.clock import system_clock
from tests.unit.api.http.token_workshop import CLIENT, ISSUER, jwk, key_set, token

if TYPE_CHECKING:
    from collections.abc import Callable

EVENTS = Path(__file__).parents[3] / "events"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, Any]]:
    settings = config.Settings(token_issuer=ISSUER, token_client_ids=(CLIENT,))
    monkeypatch.setattr(authorizing, "settings", lambda: settings)
    keys = KeySet(lambda: key_set(jwk()))
    monkeypatch.setattr(authorizing, "keys", lambda: keys)

    def made(header: str) -> dict[str, Any]:
        event = json.loads((EVENTS / "authorizer.json").read_text())
        answer: dict[str, Any] = authorizing.authorizer({**event, "authorizationToken": header}, {})
        return answer

    return made


def good() -> str:
    now = int(system_clock().timestamp())
    return token(iat=now - 10, exp=now + 890)


def test_a_good_token_gives_its_subject_and_a_policy_for_the_whole_api(call: Callable[[str], dict[str, Any]]) -> None:
    answer = call(f"Bearer {good()}")
    assert (answer["principalId"], answer["context"]) == ("8d1f2f5e-ann", {})
    (statement,) = answer["policyDocument"]["Statement"]
    assert statement["Effect"] == "Allow"
    assert statement["Resource"] == ["arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/v1/*/*"]


def test_when_a_person_signed_in_is_passed_on_for_the_access_log(call: Callable[[str], dict[str, Any]]) -> None:
    now = int(system_clock().timestamp())
    answer = call(f"Bearer {token(iat=now - 10, exp=now + 890, auth_time=now - 300)}")
    assert answer["context"] == {"signed_in_at": str(now - 300)}


@pytest.mark.aws("W3")
@pytest.mark.parametrize(
    ("header", "refusal"),
    [
        ("", "not a bearer token"),
        ("Bearer", "not three parts"),
        ("Bearer x", "not three parts"),
        ("Basic x", "not a bearer token"),
        (f"Bearer {token(exp=1)}", "expired"),
    ],
)
def test_a_refused_token_is_denied_everything_with_a_reason_and_is_no_failure_of_the_function(
    call: Callable[[str], dict[str, Any]], header: str, refusal: str
) -> None:
    answer = call(header)
    assert (answer["principalId"], answer["context"]) == ("nobody", {"refusal": refusal})
    (statement,) = answer["policyDocument"]["Statement"]
    assert (statement["Effect"], statement["Action"]) == ("Deny", "execute-api:Invoke")
    assert statement["Resource"] == ["arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/v1/*/*"]


def test_without_keys_it_is_not_the_callers_fault(
    call: Callable[[str], dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = KeySet(lambda: b"")
    monkeypatch.setattr(authorizing, "keys", lambda: keys)
    with pytest.raises(KeysUnavailable):
        call(f"Bearer {good()}")


def test_its_function_imports_neither_the_app_nor_a_route_nor_a_store() -> None:
    """It is deployed as chalicelib.api.http.authorizer.authorizer."""
    code = (
        "import sys; from chalicelib.api.http.authorizer import authorizer; assert callable(authorizer); "
        "print([name for name in sys.modules if name == 'app' or name.startswith(('chalicelib', 'boto', 'pynamodb'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(json.loads(done.stdout.replace("'", '"')))
    assert loaded == {
        "chalicelib",
        "chalicelib.api",
        "chalicelib.api.http.authorizer",
        "chalicelib.api.http",
        "chalicelib.api.http.key_set",
        "chalicelib.api.http.tokens",
        "chalicelib.config",
        "chalicelib.domain",
        "chalicelib.domain.kernel",
        "chalicelib.domain.kernel.clock",
    }

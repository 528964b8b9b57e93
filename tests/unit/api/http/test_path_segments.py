"""Path segments arrive percent-encoded and are decoded once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.api.bodies import created

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient, Reply
    from tests.fakes import FakePorts

USERNAME = "ada+books@example.com"
EVENTS = Path(__file__).parents[3] / "events"


@pytest.fixture
def operator(caller: Callable[[str], ApiClient]) -> ApiClient:
    return caller("operator")


@pytest.mark.aws("W6")
def test_a_username_with_an_address_s_signs_is_found_by_the_event_that_a_rest_api_sends(
    admin: ApiClient, ports: FakePorts
) -> None:
    account = created(admin, username=USERNAME)["account_id"]
    event: dict[str, Any] = json.loads((EVENTS / "api_get_username.json").read_text())
    answer = admin.app(event, None)
    assert answer["statusCode"] == 200, answer["body"]
    assert json.loads(answer["body"])["account_id"] == account


@pytest.mark.aws("W6")
@pytest.mark.parametrize("path", [USERNAME, "ada%2bbooks%40example.com", "%61da%2Bbooks@example%2Ecom"])
def test_however_much_of_it_is_encoded(admin: ApiClient, operator: ApiClient, path: str) -> None:
    created(admin, username=USERNAME)
    assert operator.get(f"/usernames/{path}").status == 200


@pytest.mark.aws("W6")
@pytest.mark.parametrize(
    "path", ["ada%252Bbooks%2540example.com", "ada%2Fbooks", "%FF", "%00", "%E2%80%AE", "%", "%zz"]
)
def test_what_is_encoded_twice_or_is_no_name_is_not_found(admin: ApiClient, operator: ApiClient, path: str) -> None:
    created(admin, username=USERNAME)
    assert operator.get(f"/usernames/{path}").status == 404


@pytest.mark.aws("W6")
def test_a_request_sent_again_is_the_same_request_however_its_path_is_encoded(
    admin: ApiClient, ports: FakePorts
) -> None:
    account = created(admin)["account_id"]

    def put(path: str) -> Reply:
        return admin.using(Idempotency_Key="once").put(path, {"billing_mode": "single_bill"})

    first, again = (
        put(f"/accounts/{account}/billing-mode"),
        put(f"/accounts/{account.replace('acct', '%61cct')}/billing-mode"),
    )
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true", again.text

"""The accounts routes on the real stores: what one request writes, the next one reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from chalicelib import bootstrap
from chalicelib.api.http import throttle
from chalicelib.bootstrap import Container
from chalicelib.config import Settings
from chalicelib.domain.access import Role
from chalicelib.domain.changes import Change, Insert
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.clock import system_clock
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.partners import Partner
from tests.api_client import ApiClient
from tests.tables import make_tables


@pytest.fixture(scope="module")
def container() -> Iterator[Container]:
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        made = Container(Settings(table_prefix="api-"))
        make_tables(made)
        patch.setattr(bootstrap, "container", lambda: made)
        throttle.rate_limiters.cache_clear()
        yield made


def joined(container: Container) -> ApiClient:
    """The admin of a new partner."""
    from app import app

    now, partner_id = system_clock(), ids.random_id("prt")
    partner = Partner(partner_id=partner_id, name="Acme", created_at=now)
    admin = Member(
        subject=f"admin-of-{partner_id}",
        partner_id=partner_id,
        role=Role.PARTNER_ADMIN,
        email="admin@acme.example",
        name="Ann",
        since=now,
    )
    container.transaction_writer.write(Change((Insert(partner), Insert(admin)), None))
    return ApiClient(app, admin.subject)


@pytest.fixture
def admin(container: Container) -> ApiClient:
    return joined(container)


def new(**other: Any) -> dict[str, Any]:
    username = ids.random_id("u")
    return {
        "username": username,
        "organization": "Analytical Engines",
        "owner": {"email": "ada@engines.example", "first_name": "Ada"},
        "plan": "standard",
        **other,
    }


def test_one_account_from_its_creation_to_its_add_on(admin: ApiClient) -> None:
    body = new(website="https://engines.example")
    created = admin.post("/accounts", body)
    path = f"/accounts/{created.json['account_id']}"
    assert created.status == 201
    assert admin.get(path).json == created.json
    replayed = admin.post("/accounts", body)
    assert (replayed.status, replayed.text) == (201, created.text)
    assert replayed.headers["Idempotency-Replayed"] == "true"
    assert admin.post("/accounts", new()).code == "idempotency-key-reused"
    changed = admin.patch(path, {"website": None, "owner": {"last_name": "Lovelace"}}, version=1)
    assert (changed.status, changed.json["website"], changed.json["owner"]["first_name"]) == (200, None, "Ada")
    assert admin.patch(path, {"website": None}, version=1).status == 412
    assert admin.put(f"{path}/add-ons/sms").json["add_ons"]["sms"]["entitlement"] == "active"
    assert admin.get(path).json["version"] == 3
    assert admin.delete(f"{path}/add-ons/sms").json["add_ons"]["sms"]["entitlement"] == "inactive"
    assert admin.get("/summary").json["by_status"]["O"] == {"managed": 1, "referred": 0, "total": 1}


def test_a_username_is_taken_once_on_the_whole_platform(admin: ApiClient, container: Container) -> None:
    body = new()
    assert admin.post("/accounts", body).status == 201
    reply = joined(container).post("/accounts", {**body, "username": body["username"].upper()})
    assert (reply.status, reply.code) == (409, "taken")


def test_the_list_goes_on_where_its_cursor_says(admin: ApiClient) -> None:
    for number in range(5):
        admin.post("/accounts", new(organization=f"Firm #{number}"), key=str(number))
    first = admin.get("/accounts?limit=2").json
    second = admin.get(f"/accounts?limit=2&cursor={first['next']}").json
    third = admin.get(f"/accounts?limit=2&cursor={second['next']}").json
    seen = [item["organization"] for page in (first, second, third) for item in page["items"]]
    assert seen == [f"Firm #{number}" for number in range(5)]
    assert "next" not in third


@pytest.mark.parametrize("key", ["x", "#", "O#managed", "O#managed#a#acct_x", "T", "~" * 1000, "\x00", "é#é#é#é"])
def test_a_forged_cursor_shows_nothing_of_anyone_else(admin: ApiClient, container: Container, key: str) -> None:
    from chalicelib.api.accounts.filters import AccountListQuery
    from chalicelib.api.http.cursors import next_cursor

    stranger = joined(container)
    stranger.post("/accounts", new(organization="Theirs"))
    partner_id = admin.get("/me").json["partner_id"]
    reply = admin.get(f"/accounts?cursor={next_cursor(AccountListQuery(), partner_id, key)}")
    assert (reply.status, reply.json.get("items", [])) in ((200, []), (422, []))


def test_an_unknown_account_and_another_partners_get_the_same_answer(admin: ApiClient, container: Container) -> None:
    foreign = joined(container).post("/accounts", new()).json["account_id"]
    unknown = ids.random_id("acct")
    for method, path in (("GET", "/accounts/{}"), ("PUT", "/accounts/{}/add-ons/sms")):
        replies = [admin.call(method, path.format(account_id)) for account_id in (unknown, foreign)]
        assert replies[0].status == 404
        assert replies[0] == replies[1]

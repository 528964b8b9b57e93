"""Bodies that the tests send, and accounts made by sending them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.api_client import ApiClient

NEW: dict[str, Any] = {
    "username": "ada_lovelace",
    "organization": "Analytical Engines Ltd",
    "owner": {
        "email": "ada@engines.example",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "phone": "+44 20 7946 0000",
    },
    "plan": "standard",
    "website": "https://engines.example",
    "partner_account_id": "A-1",
}


def new(**other: Any) -> dict[str, Any]:
    """A body for POST /accounts; a value that is `...` is left out."""
    return {name: value for name, value in {**NEW, **other}.items() if value is not ...}


def created(client: ApiClient, **other: Any) -> dict[str, Any]:
    """An account that was just created, as the answer shows it."""
    body = new(**other)
    reply = client.post("/accounts", body, key=f"create-{body['username']}")
    assert reply.status == 201, reply.text
    account: dict[str, Any] = reply.json
    return account

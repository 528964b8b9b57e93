"""Whatever is sent, the API answers with a success or a problem of the caller's, and never with one of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.api.accounts.filters import AccountListQuery
from tests.unit.api.bodies import NEW, new

if TYPE_CHECKING:
    from tests.api_client import ApiClient, Reply

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NEARLY = st.dictionaries(st.sampled_from([*NEW, "billing_mode", "owner"]), ANYTHING, max_size=4)
TRIED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def answered(reply: Reply) -> bool:
    return reply.status < 500 and (reply.status < 300 or bool(reply.json["detail"]))


@TRIED
@given(body=ANYTHING | NEARLY | NEARLY.map(lambda other: new(**other)))
def test_any_json_is_answered(admin: ApiClient, body: Any) -> None:
    assert answered(admin.post("/accounts", json.dumps(body)))
    assert answered(admin.patch("/accounts/acct_x", json.dumps(body), version=1))


@TRIED
@given(body=st.text(max_size=80))
def test_any_text_is_answered(admin: ApiClient, body: str) -> None:
    assert answered(admin.post("/accounts", body))


@TRIED
@given(
    query=st.dictionaries(
        st.sampled_from(AccountListQuery.__struct_fields__) | st.text(min_size=1, max_size=8),
        st.text(max_size=30) | st.integers().map(str) | st.dates().map(str),
        max_size=3,
    )
)
def test_any_query_is_answered(admin: ApiClient, query: dict[str, str]) -> None:
    text = "&".join(
        f"{quote(name, errors='replace')}={quote(value, errors='replace')}" for name, value in query.items()
    )
    assert answered(admin.get(f"/accounts?{text}"))


@TRIED
@given(
    headers=st.dictionaries(
        st.sampled_from(["Partner-Id", "Acting-For", "If-Match", "Idempotency-Key", "content-type"]),
        st.text(max_size=40),
        max_size=4,
    )
)
def test_any_header_is_answered(admin: ApiClient, headers: dict[str, str]) -> None:
    sent = admin.using(**{name.replace("-", "_"): value for name, value in headers.items()})
    assert answered(sent.call("POST", "/accounts", new()))
    assert answered(sent.call("PATCH", "/accounts/acct_x", {}))

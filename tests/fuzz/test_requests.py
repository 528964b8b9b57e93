"""Whatever comes in, however it is built: an answer of the caller's fault, quickly, and nothing of it in a header."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.domain.access import Role
from tests.access.in_memory import InMemory
from tests.access.product import Product, installed
from tests.api_client import ApiClient, Reply
from tests.unit.api.bodies import new

PATIENCE = 2.0
DEEP = 60_000
BODIES: dict[str, str | bytes] = {
    "deep lists": "[" * DEEP + "]" * DEEP,
    "deep objects": '{"a":' * DEEP + "1" + "}" * DEEP,
    "deep in a known place": '{"owner":' * DEEP + "1" + "}" * DEEP,
    "a number of two hundred thousand digits": '{"username": ' + "9" * 200_000 + "}",
    "a number with a giant exponent": '{"username": 1e999999999}',
    "NaN": '{"username": NaN}',
    "Infinity": '{"username": -Infinity}',
    "a name twice": json.dumps(new())[:-1] + ', "plan": "premium"}',
    "a lone surrogate": '{"username": "\\ud800\\ud800ab"}',
    "NUL": json.dumps(new(organization="a\x00b")),
    "a long text": json.dumps(new(organization="x" * 200_000)),
    "many fields": json.dumps({f"field{number}": 1 for number in range(20_000)}),
    "a byte order mark": "\ufeff" + json.dumps(new()),
    "half of it": json.dumps(new())[:-20],
    "two of them": json.dumps(new()) * 2,
    "text that only looks like it": "username=ada&plan=lite",
    "XML with entities": '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;&b;</a>',
    "more than is taken": json.dumps(new(organization="x" * 300_000)),
    "a prototype": '{"__proto__": {"role": "operator"}, "constructor": 1}',
}
PATHS = (
    *("/accounts/..", "/accounts/%2e%2e", "/accounts/..%2Fpartners", "/accounts/a%00b", "/accounts/%F0%9F%98%80"),
    *("/accounts/acct_x;role=operator", "/accounts/acct_x%0d%0aSet-Cookie:%20a=b", "/accounts/" + "a" * 5000),
    *("/accounts/*", "/accounts/$(id)", "/accounts/%00", "/accounts/acct_\u200b1", "/accounts/ａｃｃｔ_1"),
)
INJECTED = "a\r\nSet-Cookie: own=ed\r\n\r\n<script>"


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    with installed(InMemory()) as made:
        yield made


@pytest.fixture
def admin(product: Product) -> ApiClient:
    return product.caller(Role.PARTNER_ADMIN)


def quick(client: ApiClient, method: str, path: str, body: Any = None) -> Reply:
    """The answer, given in time."""
    started = time.perf_counter()
    reply = client.call(method, path, body)
    assert time.perf_counter() - started < PATIENCE
    return reply


@pytest.mark.parametrize("kind", BODIES)
def test_a_pathological_body_is_refused_at_once(admin: ApiClient, kind: str) -> None:
    sent = admin.using(Idempotency_Key=f"body-{kind.replace(' ', '-')}")
    reply = quick(sent, "POST", "/accounts", BODIES[kind])
    assert reply.status in ((400, 413, 422) if kind != "a name twice" else (201, 400, 422)), reply.text
    assert len(reply.text) < 10_000


def test_a_name_that_comes_twice_is_refused_lest_two_readers_take_two_meanings(product: Product) -> None:
    admin = product.caller(Role.PARTNER_ADMIN).using(Idempotency_Key="twice")
    text = json.dumps(new(username="named-twice"))[:-1] + ', "plan": "premium"}'
    reply = admin.call("POST", "/accounts", text)
    assert (reply.status, reply.pointers) == (422, ["/plan"])


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zip"])
def test_no_body_is_unpacked(admin: ApiClient, encoding: str) -> None:
    """What does not unpack cannot explode: a packed body is text that is no JSON."""
    packed = "\x1f\x8b\x08" + "\x00" * 1000
    sent = admin.using(Idempotency_Key="packed", Content_Encoding=encoding)
    assert quick(sent, "POST", "/accounts", packed).status == 400


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_can_name_nothing_finds_nothing(admin: ApiClient, path: str) -> None:
    reply = quick(admin, "GET", path)
    assert reply.status == 404
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize(
    "header", ["Idempotency-Key", "If-Match", "Partner-Id", "Acting-For", "content-type", "X-Other"]
)
def test_nothing_of_a_header_comes_back_in_one(admin: ApiClient, header: str) -> None:
    reply = admin.using(**{header.replace("-", "_"): INJECTED}).call("POST", "/accounts", new(username="injected-one"))
    assert all("\r" not in value and "\n" not in value for value in reply.headers.values())
    assert "own=ed" not in json.dumps(reply.headers)


def test_a_location_or_file_name_never_holds_a_line_break(product: Product, admin: ApiClient) -> None:
    made = admin.using(Idempotency_Key="lines").call(
        "POST", "/accounts", new(username="no-lines", organization="A\r\nSet-Cookie: own=ed")
    )
    assert made.status == 422


@pytest.mark.parametrize(
    "username",
    [
        *(
            "аda_lovelace",
            "ａda_lovelace",
            "ada_lovelac\u0065\u0301",
            "ada_lo\u200dvelace",
            "ada_lovelace\n",
            "adaﬁlovelace",
        ),
        *(
            "ADA_LOVELACE\u0130",
            "ada lovelace",
            "ada_lovelace\u202e",
            "straße-laden",
            "K_elvin_\u212a",
            "ada\x00lovelace",
        ),
    ],
)
def test_a_username_in_other_scripts_than_its_own_is_none(admin: ApiClient, username: str) -> None:
    """Nothing is normalised, folded or trimmed into a name that another has: it is refused."""
    reply = admin.post("/accounts", new(username=username), key=f"name-{username.encode().hex()}")
    assert (reply.status, reply.pointers) == (422, ["/username"])


@pytest.mark.parametrize(
    "slug", ["Acme", "аcme", "acme\u0301", "acme\u200b", "a c", "acme\n", "acme/..", "ﬁrst", "x" * 41, "ab", "%61cme"]
)
def test_a_slug_in_other_letters_than_its_own_is_none(admin: ApiClient, slug: str) -> None:
    reply = admin.using(If_Match='"0"').call("PUT", "/invite", {"slug": slug})
    assert (reply.status, reply.pointers) == (422, ["/slug"])


def test_one_username_in_two_cases_is_one(admin: ApiClient) -> None:
    assert admin.post("/accounts", new(username="Case_Fold_1"), key="case-1").status == 201
    assert admin.post("/accounts", new(username="cASE_fOLD_1"), key="case-2").code == "taken"

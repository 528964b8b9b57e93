"""Requests that cannot be read, and those that come too often."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

from chalicelib.api.http import dispatch, throttle
from chalicelib.api.http.operation import BODY_LIMIT
from chalicelib.config import from_environment
from tests.unit.api.bodies import new

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts


@pytest.mark.parametrize(
    "body",
    [
        "",
        " ",
        "{",
        "nul",
        "not json",
        "<xml/>",
        "username=ada",
        json.dumps(new()) + " {}",
        "{'username': 'ada'}",
        '{"username": NaN}',
        '{"username": "\\ud800"}',
        "\ufeff{}",
        '{"username": "tab\there"}',
    ],
)
def test_a_body_that_is_no_json_is_a_bad_request(admin: ApiClient, ports: FakePorts, body: str) -> None:
    before = ports.book.dump()
    reply = admin.post("/accounts", body)
    assert (reply.status, reply.code) == (400, "bad-request")
    assert ports.book.dump() == before


@pytest.mark.parametrize("body", ["[]", '"text"', "1", "null", "true", "[" * 50_000])
def test_a_body_that_is_no_object_is_not_valid(admin: ApiClient, body: str) -> None:
    reply = admin.post("/accounts", body)
    assert (reply.status, reply.pointers) == (422, [""])
    assert "an object" in reply.json["detail"]


@pytest.mark.parametrize("depth", [100, 10_000, 100_000])
def test_deep_nesting_does_no_harm(admin: ApiClient, depth: int) -> None:
    nested = json.dumps(new())[:-1] + ', "more": ' + '{"a":' * depth + "1" + "}" * depth + "}"
    assert admin.post("/accounts", nested[: BODY_LIMIT - 1]).status in (400, 413, 422)


@pytest.mark.parametrize(
    "media_type",
    [
        *("text/plain", "application/x-www-form-urlencoded", "json", "", "application/json2", "application/json x=1"),
        *("application/json; charset=latin-1", 'application/json; v=1; CHARSET="utf-16"', "application/json; charset"),
        *("application/json; charset=utf-8; charset=latin-1", "application/json, text/plain", "application/ json"),
    ],
)
def test_another_media_type_is_not_taken(admin: ApiClient, media_type: str) -> None:
    reply = admin.using(content_type=media_type).post("/accounts", new())
    assert (reply.status, reply.code) == (415, "wrong-media-type")


@pytest.mark.parametrize(
    "media_type",
    [
        *(
            "application/json",
            "Application/JSON",
            'application/json; charset="utf-8"',
            "application/json;",
            "application/json ;",
        ),
        *(
            "application/json;charset=UTF-8",
            " application/json ; ; charset=utf8 ;",
            'application/json; profile="a;b, c"',
        ),
    ],
)
def test_json_is_taken_however_it_is_written(admin: ApiClient, media_type: str) -> None:
    assert admin.using(content_type=media_type).post("/accounts", new()).status == 201


def test_a_body_that_is_too_large_is_refused_before_it_is_read(admin: ApiClient) -> None:
    reply = admin.post("/accounts", new(organization="x" * BODY_LIMIT))
    assert (reply.status, reply.code) == (413, "too-large")
    assert f"{BODY_LIMIT:,}" in reply.json["detail"]


def test_a_body_in_base64_is_read(admin: ApiClient) -> None:
    event = admin.using(Idempotency_Key="k").event("POST", "/accounts", new())
    event |= {"body": base64.b64encode(json.dumps(new()).encode()).decode(), "isBase64Encoded": True}
    assert admin.app(event, None)["statusCode"] == 201


@pytest.mark.parametrize("body", ["/w==", "not base64!", "a"])
def test_bytes_that_are_no_text_are_a_bad_request(admin: ApiClient, body: str) -> None:
    event = admin.using(Idempotency_Key="k").event("POST", "/accounts", body)
    assert admin.app({**event, "isBase64Encoded": True}, None)["statusCode"] == 400


def test_text_that_the_gateway_has_mended_because_it_was_not_utf_8_is_refused(
    admin: ApiClient, ports: FakePorts
) -> None:
    """API Gateway hands a body over as text ("Content type conversions in API Gateway": no binary type takes JSON)
    and puts U+FFFD for what is not UTF-8: Latin-1 would be kept as "Caf\ufffd"."""
    sent = json.dumps(new(organization="Café"), ensure_ascii=False).encode("latin-1")
    before = ports.book.dump()
    event = admin.using(Idempotency_Key="k").event("POST", "/accounts", sent.decode(errors="replace"))
    as_bytes = {**event, "body": base64.b64encode(sent).decode(), "isBase64Encoded": True}
    for item in (event, as_bytes):
        answer = admin.app(item, None)
        assert (answer["statusCode"], "UTF-8" in answer["body"]) == (400, True)
    assert ports.book.dump() == before


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ('{"username": "ada_1", "username": "ada_2"}', "/username"),
        ('{"owner": {"email": "a@b.example", "email": "c@d.example"}}', "/email"),
    ],
)
def test_a_name_given_twice_in_one_object_is_refused(
    admin: ApiClient, ports: FakePorts, body: str, pointer: str
) -> None:
    whole = json.dumps(new())[:-1] + "," + body[1:]
    before = ports.book.dump()
    reply = admin.post("/accounts", whole)
    assert (reply.status, reply.code) == (422, "invalid")
    assert "more than once" in reply.json["detail"]
    assert ports.book.dump() == before


def test_the_same_name_in_two_objects_is_no_repetition(admin: ApiClient) -> None:
    reply = admin.post("/reports", {"report": "portfolio", "formats": ["csv"], "filters": {"status": ["O"]}})
    assert reply.status != 400, reply.text
    assert "more than once" not in reply.text


def test_a_number_of_ten_thousand_digits_does_no_harm(admin: ApiClient) -> None:
    assert admin.post("/accounts", json.dumps(new())[:-1] + ', "more": ' + "9" * 10_000 + "}").status == 422


def test_a_refusal_names_who_was_refused_in_the_log(
    caller: Callable[[str], ApiClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[dict[str, object]] = []
    monkeypatch.setattr(dispatch, "telemetry", Lines(lines))
    for subject, path in (
        ("nobody_here", "/me"),
        ("viewer", "/partners"),
        ("operator", "/summary"),
        ("admin", "/accounts/x y"),
    ):
        assert caller(subject).using(Partner_Id="prt_none").get(path).status in (403, 404)
    assert [line["subject"] for line in lines] == ["nobody_here", "viewer", "operator", "admin"]
    assert [line["status"] for line in lines] == [403, 404, 404, 404]


class Lines:
    """Takes what is logged."""

    def __init__(self, lines: list[dict[str, object]]) -> None:
        self._lines = lines

    def logger(self) -> Lines:
        return self

    def info(self, _: str, extra: dict[str, object]) -> None:
        self._lines.append(extra)


def test_an_unknown_parameter_is_refused_everywhere(admin: ApiClient) -> None:
    for path in ("/me", "/summary", "/health", "/openapi.json"):
        reply = admin.get(f"{path}?verbose=1")
        assert (reply.status, reply.pointers) == (422, ["verbose"])


def small_shares(partner: int = 1000, address: int = 1000) -> throttle.RateLimiters:
    return throttle.RateLimiters(throttle.Buckets(0.01, partner), throttle.Buckets(0.01, address))


def test_a_partner_that_asks_too_often_waits_and_its_neighbour_does_not(
    caller: Callable[[str], ApiClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = small_shares(partner=3)
    monkeypatch.setattr(throttle, "rate_limiters", lambda: shares)
    replies = [caller(subject).get("/summary") for subject in ("admin", "viewer", "operator", "manager")]
    assert [reply.status for reply in replies] == [200, 200, 200, 429]
    assert replies[3].code == "too-many-requests"
    assert int(replies[3].headers["Retry-After"]) >= 1
    assert caller("stranger").get("/summary").status == 200


def test_a_public_address_that_asks_too_often_waits_and_its_neighbour_does_not(
    anyone: ApiClient, app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.api_client import ApiClient as Client

    shares = small_shares(address=2)
    monkeypatch.setattr(throttle, "rate_limiters", lambda: shares)
    assert [anyone.get("/health").status for _ in range(3)] == [200, 200, 429]
    assert Client(anyone.app, address="198.51.100.1").get("/health").status == 200


@pytest.mark.aws("W7")
@pytest.mark.parametrize(
    ("header", "answers"), [("X-Viewer-Address", [200, 200, 429, 200]), ("", [200, 200, 429, 429])]
)
def test_behind_cloudfront_a_public_address_is_the_one_that_cloudfront_tells(
    anyone: ApiClient, monkeypatch: pytest.MonkeyPatch, header: str, answers: list[int]
) -> None:
    """All come from one edge; without anybody in front, the header is only what a caller wrote."""
    shares = small_shares(address=2)
    monkeypatch.setattr(throttle, "rate_limiters", lambda: shares)
    set_to = from_environment({"VIEWER_ADDRESS_HEADER": header})
    monkeypatch.setattr(throttle, "settings", lambda: set_to)
    visitors = ["2001:db8::1", "2001:db8::2", "2001:db8::3", "203.0.113.7"]
    assert [anyone.using(x_viewer_address=visitor).get("/health").status for visitor in visitors] == answers

"""Who gets in on the embedded stack: real tokens of its pool, forged ones, another partner's things, and the logs."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from infra.local.api import Api, upload
from infra.local.logs import LogFollower

if TYPE_CHECKING:
    from tests.e2e.stack import EmbeddedStack

pytestmark = pytest.mark.stack
ROUTES = (("GET", "/me"), ("GET", "/accounts"), ("PUT", "/accounts/acct_x/add-ons/sms"), ("GET", "/partners"))
ACCOUNT = {
    "username": "theirs-alone",
    "organization": "Theirs Ltd",
    "plan": "lite",
    "owner": {"first_name": "Tess", "last_name": "Theirs", "email": "tess@theirs.example"},
}
FORBIDDEN = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.(?:example|com|org)"),
    "a token": re.compile(r"eyJ[\w-]{10,}\.eyJ"),
    "a presigned address": re.compile(r"X-Amz-(?:Signature|Credential)"),
    "a person's name": re.compile(r"Tess|Theirs Ltd"),
}


def part(value: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def read(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return found


def forged(good: str) -> dict[str, str]:
    """Tokens that a real one is made into."""
    header, claims, signature = good.split(".")
    reported = read(claims)
    return {
        "none": f"{part({**read(header), 'alg': 'none'})}.{claims}.",
        "none, signed": f"{part({**read(header), 'alg': 'none'})}.{claims}.{signature}",
        "HS256": f"{part({**read(header), 'alg': 'HS256'})}.{claims}.{signature}",
        "another subject": f"{header}.{part({**reported, 'sub': 'operator'})}.{signature}",
        "a longer life": f"{header}.{part({**reported, 'exp': reported['exp'] + 86_400})}.{signature}",
        "another key": f"{part({**read(header), 'kid': 'mine'})}.{claims}.{signature}",
        "a key of its own": f"{part({**read(header), 'jku': 'https://stranger.example/keys'})}.{claims}.{signature}",
        "cut": good[:-10],
        "no token at all": "x",
        "8 kB": f"{header}.{claims}{'A' * 9000}.{signature}",
    }


def test_forged_tokens_and_none_at_all_are_refused_at_the_gateway(stack: EmbeddedStack) -> None:
    good = stack.http("partner_admin")
    assert good.get("/me").status == 200
    assert good.token
    callers = [replace(good, token=item) for item in forged(good.token).values()] + [replace(good, token=None)]
    for caller in callers:
        refused = caller.get("/me")
        assert refused.status == 401, caller.token
        assert refused.headers["Content-Type"].startswith("application/problem+json")


def test_an_id_token_of_the_pool_is_no_access_token(stack: EmbeddedStack) -> None:
    person = stack.info.user("partner_admin")
    answer = stack.aws("cognito-idp").initiate_auth(
        ClientId=stack.info.user_pool_client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": person.username, "PASSWORD": person.password},
    )
    assert Api(stack.info.api_url, answer["AuthenticationResult"]["IdToken"]).get("/me").status == 401


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        ("partner_viewer", {"PUT /accounts/acct_x/add-ons/sms", "GET /partners"}),
        ("partner_admin", {"GET /partners"}),
        ("operator", set()),
        ("platform", {"GET /accounts", "GET /partners"}),
    ],
)
def test_each_role_may_what_the_table_says(stack: EmbeddedStack, role: str, refused: set[str]) -> None:
    caller = stack.http(role)
    reported = {f"{method} {path}": caller.request(method, path).status for method, path in ROUTES}
    assert {name for name, status in reported.items() if status == 403} == refused


def test_another_partners_account_is_answered_like_one_that_nobody_has(stack: EmbeddedStack) -> None:
    second = stack.http(stack.info.user("partner_admin", second=True))
    made = second.post("/accounts", ACCOUNT)
    assert made.status == 201, made.content
    theirs, own = made.json()["account_id"], stack.http("partner_admin")
    unknown = theirs[:-4] + "0000"
    for method, path in (
        ("GET", "/accounts/{}"),
        ("PUT", "/accounts/{}/add-ons/seo"),
        ("DELETE", "/accounts/{}/cancellation"),
    ):
        answers = [own.request(method, path.format(item)) for item in (theirs, unknown)]
        output = [{**answer.json(), "instance": ""} for answer in answers]
        assert [answer.status for answer in answers] == [404, 404]
        assert output[0] == output[1]
    assert second.get(f"/accounts/{theirs}").json()["add_ons"]["seo"]["entitlement"] == "inactive"


def test_an_upload_form_takes_its_own_file_and_no_other(stack: EmbeddedStack) -> None:
    form = stack.http("operator").post("/imports", {"kind": "portfolio"}).json()["upload"]
    elsewhere = {**form, "fields": {**form["fields"], "key": "imports/prt_other/imp_x/upload.csv"}}
    page = {**form, "fields": {**form["fields"], "Content-Type": "text/html"}}
    assert upload(elsewhere, b"username\r\n").status == 403
    assert upload(page, b"username\r\n").status == 403
    assert upload(form, b"username\r\n").status in (200, 201, 204)


def test_no_log_holds_a_person_a_token_or_a_link(stack: EmbeddedStack) -> None:
    lines = LogFollower(stack.place, since=0).new_lines()
    assert len(lines) > 20
    for kind, pattern in FORBIDDEN.items():
        assert [line for line in lines if pattern.search(line)] == [], kind

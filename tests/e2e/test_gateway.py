"""What only the gateway and SES do: on the embedded stack, which is patched to do it as AWS does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from infra.local.api import Answer, send

if TYPE_CHECKING:
    from tests.e2e.stack import EmbeddedStack

pytestmark = pytest.mark.stack
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"
PATIENCE = 60


def logged(stack: EmbeddedStack, function: str, words: str) -> list[str]:
    """The lines of a function's log that have these words."""
    groups = stack.aws("logs").describe_log_groups()["logGroups"]
    (group,) = [item["logGroupName"] for item in groups if f"-{function}-" in item["logGroupName"]]
    events = stack.aws("logs").filter_log_events(logGroupName=group)["events"]
    return [event["message"] for event in events if words in event["message"]]


@pytest.mark.aws("W6")
def test_a_username_is_found_however_its_path_is_encoded(stack: EmbeddedStack) -> None:
    operator = stack.http("operator")
    for path in ("0002-orfbo", "0002%2Dorfbo", "%30002-orfbo"):
        assert operator.get(f"/usernames/{path}").status == 200, path
    for path in ("0002%252Dorfbo", "0002-orfbo%2F", "0002-orfbo%40"):
        assert operator.get(f"/usernames/{path}").status == 404, path
    assert "by this name" in operator.get("/usernames/0002%2Forfbo").json()["detail"]


@pytest.mark.aws("W3", "N2")
@pytest.mark.parametrize("header", [f"Bearer {JWT}", "Bearer x", "Basic YTpi", ""])
def test_a_refused_token_is_401_with_the_scheme_and_no_failure_of_the_function(
    stack: EmbeddedStack, header: str
) -> None:
    answer = send("GET", f"{stack.info.api_url}/me", None, {"Authorization": header} if header else {})
    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json()["type"] == "/problems/unauthenticated"
    assert logged(stack, "Authorizer", "Traceback") == []


def test_a_body_in_latin_1_is_refused_although_the_gateway_makes_text_of_it(stack: EmbeddedStack) -> None:
    manager = stack.http("partner_admin")
    headers = {
        "Authorization": f"Bearer {manager.token}",
        "Idempotency-Key": "latin",
        "Content-Type": "application/json;",
    }
    answer = send("POST", f"{manager.url}/accounts", '{"organization": "Café"}'.encode("latin-1"), headers)
    assert (answer.status, "UTF-8" in answer.json()["detail"]) == (400, True)


@pytest.mark.aws("W5")
def test_the_text_by_which_ses_tried_the_topic_was_nothing_to_do(stack: EmbeddedStack) -> None:
    deadline = time.monotonic() + PATIENCE
    while not (reported := logged(stack, "BounceWorker", '"nothing_to_do":true')):
        assert time.monotonic() < deadline, "SES has not tried the topic."
        time.sleep(0.5)
    assert len(reported) >= 1
    assert logged(stack, "BounceWorker", '"level":"ERROR"') == []


@pytest.mark.aws("B3", "B4")
def test_the_bucket_answers_the_console_s_origin_and_no_other_at_its_own_host(stack: EmbeddedStack) -> None:
    form = stack.http("operator").post("/imports", {"kind": "portfolio"}).json()["upload"]
    assert form["url"].startswith(stack.files_origin)

    def asks(origin: str, method: str) -> Answer:
        return send("OPTIONS", form["url"], None, {"Origin": origin, "Access-Control-Request-Method": method})

    own = stack.place.endpoint
    assert [asks(own, method).headers["Access-Control-Allow-Origin"] for method in ("GET", "POST")] == [own, own]
    assert asks(own, "DELETE").status == 403
    assert asks("http://stranger.example", "GET").status == 403

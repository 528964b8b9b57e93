"""What the product logs while everything in it happens: who and what by ids, and never a person, a token or a link."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import Any

import pytest
from aws_lambda_powertools.logging import Logger

from chalicelib import telemetry
from tests.access.access_matrix import Walk
from tests.access.happy_path import SMS_FORM, Tour
from tests.access.in_memory import InMemory
from tests.access.product import ACME, OTHER, good_token, installed

FORBIDDEN = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.\w"),
    "a token": re.compile(r"eyJ[\w-]{10,}\.|Bearer [\w-]+"),
    "a presigned address": re.compile(r"X-Amz-|[?&]Signature=|https://files\.example"),
    "a name or number of a person": re.compile(r"Lovelace|Bakery Inc|617 555|Neu Person|123456789\b"),
}
MADE_OF_AN_ADDRESS = re.compile(r"subject-of-[\w.+-]+@[\w.-]+")
"""What the fakes give a new member as its subject; the identity provider's is a number."""


def everything(patch: pytest.MonkeyPatch) -> tuple[str, list[str]]:
    """All lines logged during a tour and a walk full of refusals, and the secrets that were made meanwhile."""
    stream = StringIO()
    logger = Logger(service="logs-of-a-tour", stream=stream)
    patch.setattr(telemetry, "logger", lambda: logger)
    with installed(InMemory()) as product:
        own = Tour(product, ACME, OTHER, "acme").take()
        walk = Walk(product, own, Tour(product, OTHER, ACME, "other").take())
        for part in (walk.without_token, walk.non_members, walk.roles, walk.foreign_ids):
            part()
        secrets = [own.made["token"], good_token("nobody")]
        secrets += [str(call.body["token"]) for call in own.calls if call.operation == "redeem_sign_in_link"]
        secrets += [str(call.body["refresh_token"]) for call in own.calls if call.operation == "begin_session"]
        cookies = [call.headers.get("Cookie", "").partition("=")[2] for call in own.calls]
        secrets += list(filter(None, cookies))
    return stream.getvalue(), secrets


@pytest.fixture(scope="module")
def logged() -> tuple[str, list[str]]:
    with pytest.MonkeyPatch.context() as patch:
        return everything(patch)


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_the_log_holds_nothing_of_the_kind(logged: tuple[str, list[str]], kind: str) -> None:
    text = MADE_OF_AN_ADDRESS.sub("", logged[0])
    assert FORBIDDEN[kind].search(text) is None, FORBIDDEN[kind].search(text)


def test_no_secret_that_was_made_is_in_the_log(logged: tuple[str, list[str]]) -> None:
    text, secrets = logged
    assert len(secrets) >= 8
    assert [secret for secret in secrets if secret in text] == []


def test_every_line_is_json_with_an_operation_or_a_job(logged: tuple[str, list[str]]) -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in logged[0].splitlines()]
    assert len(lines) > 500
    assert all("operation" in line or "job" in line for line in lines)


def test_what_is_looked_for_would_be_found() -> None:
    assert FORBIDDEN["an e-mail address"].search(SMS_FORM["contact_email"])
    assert FORBIDDEN["a token"].search(good_token("x"))
    assert FORBIDDEN["a name or number of a person"].search(SMS_FORM["legal_business_name"])

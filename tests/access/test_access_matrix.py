"""Nobody gets in who may not, and nobody learns of another partner's things: every route, role and trick."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from chalicelib.api.http.problems import SECURITY_HEADERS
from chalicelib.domain.access import EVERYONE, OPERATIONS, PUBLIC_OPERATIONS, Role
from tests.access.access_matrix import OPEN_BY_DESIGN, Walk
from tests.access.product import ACME, OTHER, good_token
from tests.unit.api.http.forgeries import FORGED

ADMIN = Role.PARTNER_ADMIN
CSP = "Content-Security-Policy"
PAGES = {"ask_to_unsubscribe", "unsubscribe"}
"""What a person sees in a browser."""


def test_the_walk_goes_by_every_route_of_the_description_and_every_operation_of_the_table(walk: Walk) -> None:
    described = json.loads(walk.product.anyone().get("/openapi.json").text)["paths"]
    named = {operation["operationId"] for methods in described.values() for operation in methods.values()}
    assert named == {route.name for route in walk.routes} == OPERATIONS.keys() | PUBLIC_OPERATIONS
    assert named == {call.operation for call in walk.own.calls}


def test_the_description_says_of_each_operation_what_the_table_says(walk: Walk) -> None:
    described = json.loads(walk.product.anyone().get("/openapi.json").text)["paths"]
    reported = {
        method["operationId"]: method.get("x-roles") for methods in described.values() for method in methods.values()
    }
    table = {name: sorted(roles) for name, roles in OPERATIONS.items()}
    assert reported == {**table, **dict.fromkeys(PUBLIC_OPERATIONS)}


@pytest.mark.parametrize("part", ["without_token", "forged", "non_members", "roles", "partners", "foreign_ids"])
def test_no_trick_surprises(walk: Walk, part: str) -> None:
    before = sum(walk.tried.values())
    getattr(walk, part)()
    assert walk.surprises == []
    assert sum(walk.tried.values()) > before


def test_enough_is_tried(walk: Walk) -> None:
    guarded = [route for route in walk.routes if not route.public]
    if not walk.tried:
        walk.all()
    assert len(FORGED) >= 30
    assert walk.tried["a forged token"] == len(guarded) * len(FORGED)
    assert walk.tried["a role"] == len(guarded) * len(EVERYONE)
    assert walk.tried["another partner's id"] >= 25 * len(EVERYONE)


def test_each_exception_is_of_an_operation_that_there_is() -> None:
    assert {operation for operation, _ in OPEN_BY_DESIGN} <= OPERATIONS.keys()


def test_a_planted_leak_is_found(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An account that is found whosever it is, and a table that lets everybody in, are both surprises."""
    found = Walk(walk.product, walk.own, walk.foreign)
    accounts = walk.product.ports.accounts
    theirs, get = walk.foreign.made["account_id"], accounts.get
    monkeypatch.setattr(accounts, "get", lambda partner_id, item: get(OTHER if item == theirs else partner_id, item))
    monkeypatch.setitem(OPERATIONS, "list_partners", EVERYONE)
    monkeypatch.setattr(
        "tests.access.access_matrix.OPERATIONS", {**OPERATIONS, "list_partners": frozenset({Role.OPERATOR})}
    )
    found.foreign_ids()
    found.roles()
    assert {"get_account account_id", "list_partners"} <= {surprise.operation for surprise in found.surprises}


def test_a_good_token_of_a_member_gets_in(walk: Walk) -> None:
    subject = walk.product.let_in("GET", "/me", f"Bearer {good_token(f'admin-of-{ACME}')}")
    client = replace(walk.product.anyone(), subject=subject)
    assert client.get("/me").json["partner_id"] == ACME


def test_a_cursor_of_another_partner_is_refused_as_any_other_that_is_none(walk: Walk) -> None:
    for path in ("/accounts?limit=1", "/audit?limit=1"):
        theirs = walk.product.caller(ADMIN, OTHER).get(path).json["next"]
        own = walk.product.caller(ADMIN)
        replies = [own.get(f"{path}&cursor={cursor}") for cursor in (theirs, theirs[:-4], "AAAA")]
        assert [reply.status for reply in replies] == [422, 422, 422]
        assert replies[0] == replies[1] == replies[2]


def test_an_upload_form_leads_into_the_own_partners_folder_only(walk: Walk) -> None:
    form = walk.product.caller(ADMIN).post("/imports", {"kind": "managed-accounts"}, key="swap").json["upload"]
    assert form["fields"]["key"].startswith(f"imports/{ACME}/")


def test_every_answer_has_the_security_headers_and_only_public_ones_may_be_kept(walk: Walk) -> None:
    client = walk.product.caller(ADMIN)
    for call in walk.own.calls:
        reply = walk.sent(client, call)
        policy = reply.headers[CSP]
        assert SECURITY_HEADERS.items() <= {**reply.headers, CSP: SECURITY_HEADERS[CSP]}.items(), call
        assert policy == SECURITY_HEADERS[CSP] or call.operation in PAGES
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert reply.headers["Cache-Control"] == "no-store" or call.operation in PUBLIC_OPERATIONS

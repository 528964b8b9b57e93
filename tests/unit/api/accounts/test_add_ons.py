"""Switching add-ons over HTTP: the programme's table, from each actor's side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.accounts.accounts import Account, AccountType, Hold
from chalicelib.domain.accounts.codes import RegistrationStatus
from tests.unit.api.bodies import created

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts


def path(account: dict[str, str], add_on: str = "sms") -> str:
    return f"/accounts/{account['account_id']}/add-ons/{add_on}"


def stored(ports: FakePorts) -> Account:
    (account,) = ports.book.all(Account)
    return account


def test_the_answer_to_activating_sms_says_that_the_registration_is_still_to_be_done(admin: ApiClient) -> None:
    account = created(admin)
    reply = admin.put(path(account))
    assert (reply.status, reply.headers["ETag"]) == (200, '"2"')
    assert reply.json["add_ons"]["sms"] == {
        "entitlement": "active",
        "usable": False,
        "payer": "partner",
        "registration": "not_started",
        "refusal": None,
    }
    (step,) = reply.json["next_steps"]
    assert step["href"] == f"/accounts/{account['account_id']}/sms-registration"
    assert "still to be done" in step["detail"]
    assert admin.get(f"/accounts/{account['account_id']}").json["next_steps"] == [step]


@pytest.mark.parametrize(
    ("state", "reported"),
    [("draft", True), ("rejected", True), ("submitted", False), ("in_review", False), ("approved", False)],
)
def test_the_registration_is_asked_for_until_it_is_sent(
    admin: ApiClient, ports: FakePorts, state: str, reported: bool
) -> None:
    account = created(admin)
    admin.put(path(account))
    ports.book.things |= {
        key: replace(item, sms_registration=RegistrationStatus(state))
        for key, item in ports.book.things.items()
        if isinstance(item, Account)
    }
    shown = admin.get(f"/accounts/{account['account_id']}").json
    assert bool(shown["next_steps"]) is reported
    assert shown["add_ons"]["sms"]["usable"] is (state == "approved")


def test_activating_what_is_active_is_a_success_that_changes_nothing(admin: ApiClient, ports: FakePorts) -> None:
    account = created(admin)
    first = admin.put(path(account))
    before = ports.book.dump()
    second = admin.put(path(account))
    assert (second.status, second.json) == (200, first.json)
    assert ports.book.dump() == before


def test_deactivating_takes_it_away_and_again_changes_nothing(admin: ApiClient, ports: FakePorts) -> None:
    account = created(admin)
    admin.put(path(account))
    assert admin.delete(path(account)).json["add_ons"]["sms"]["entitlement"] == "inactive"
    before = ports.book.dump()
    assert admin.delete(path(account)).status == 200
    assert ports.book.dump() == before


def test_on_an_account_billed_directly_the_partner_is_sent_to_log_in(admin: ApiClient) -> None:
    account = created(admin, billing_mode="direct")
    reply = admin.put(path(account))
    assert (reply.status, reply.code) == (403, "forbidden")
    assert "log in to the account" in reply.json["detail"]
    shown = admin.get(f"/accounts/{account['account_id']}").json
    assert shown["add_ons"]["sms"]["refusal"] == reply.json["detail"]


def test_on_a_referred_account_only_its_client_switches(
    admin: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    account = created(admin, billing_mode="direct")
    current = stored(ports)
    ports.book.things[Account, current.partner_id, current.account_id] = replace(
        current, account_type=AccountType.REFERRED
    )
    assert admin.put(path(account)).status == 403
    client = caller("platform").using(Acting_For="ada_lovelace")
    assert client.put(path(account)).json["add_ons"]["sms"]["entitlement"] == "active"


def test_on_single_bill_the_client_does_not_switch(admin: ApiClient, caller: Callable[[str], ApiClient]) -> None:
    reply = caller("platform").using(Acting_For="ada_lovelace").put(path(created(admin)))
    assert (reply.status, reply.code) == (403, "forbidden")


def test_the_wrong_state_is_a_conflict_for_those_who_may(admin: ApiClient, ports: FakePorts) -> None:
    account = created(admin)
    current = stored(ports)
    ports.book.things[Account, current.partner_id, current.account_id] = replace(
        current, holds=frozenset({Hold.SUSPENDED})
    )
    reply = admin.put(path(account))
    assert (reply.status, reply.code) == (409, "conflict")


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_what_is_included_in_the_plan_is_not_switched(admin: ApiClient, method: str) -> None:
    account = created(admin, plan="premium")
    reply = admin.call(method, path(account, "newsletter_archive"))
    assert (reply.status, reply.code) == (409, "conflict")
    assert "included" in reply.json["detail"]


@pytest.mark.parametrize("name", ["fax", "SMS", "sms "])
def test_an_unknown_add_on_is_not_found_and_those_there_are_are_named(admin: ApiClient, name: str) -> None:
    event = admin.event("PUT", path(created(admin)))
    event["pathParameters"]["add_on"] = name
    answer = admin.app(event, None)
    assert answer["statusCode"] == 404


def test_an_unknown_add_on_names_those_there_are(admin: ApiClient) -> None:
    reply = admin.put(path(created(admin), "fax"))
    assert "sms, seo, inbox_preview, newsletter_archive" in reply.json["detail"]


def test_a_body_is_refused_where_none_is_taken(admin: ApiClient) -> None:
    account = created(admin)
    assert admin.put(path(account), {"entitlement": "included"}).status == 400
    assert admin.put(path(account), {}).status == 200


def test_what_changes_in_between_is_judged_again(admin: ApiClient, ports: FakePorts) -> None:
    """The account is suspended between the reading and the writing: the write does not go through."""
    account = created(admin)

    def suspend() -> None:
        current = stored(ports)
        now = replace(current, holds=frozenset({Hold.SUSPENDED}), version=current.version + 1)
        ports.book.things[Account, current.partner_id, current.account_id] = now

    ports.transaction_writer.meanwhile.append(suspend)
    assert admin.put(path(account)).status == 409
    assert not stored(ports).add_ons


def test_a_viewer_is_told_that_it_only_reads(admin: ApiClient, caller: Callable[[str], ApiClient]) -> None:
    account = created(admin)
    viewer = caller("viewer")
    assert viewer.put(path(account)).status == 403
    shown = viewer.get(f"/accounts/{account['account_id']}").json["add_ons"]
    assert all("read only" in item["refusal"] for item in shown.values())

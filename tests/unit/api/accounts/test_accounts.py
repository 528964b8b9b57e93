"""Creating, reading, changing and listing accounts over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.accounts.accounts import Account
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.kernel.usernames import UsernameClaim
from tests.unit.api.bodies import created, new

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient
    from tests.fakes import FakePorts

UNKNOWN = "acct_00000000000000000000000000"


def test_a_new_account_is_answered_whole_with_its_place_and_its_version(admin: ApiClient) -> None:
    reply = admin.post("/accounts", new())
    account = reply.json
    assert (reply.status, reply.headers["ETag"]) == (201, '"1"')
    assert reply.headers["Location"].endswith(f"/accounts/{account['account_id']}")
    assert account == {
        "account_id": account["account_id"],
        "partner_account_id": "A-1",
        "username": "ada_lovelace",
        "organization": "Analytical Engines Ltd",
        "owner": new()["owner"],
        "website": "https://engines.example",
        "account_type": "managed",
        "billing_mode": "single_bill",
        "plan": "standard",
        "status": "O",
        "holds": [],
        "created_on": "2026-11-05",
        "trial_ends_on": None,
        "initial_upgrade_on": "2026-11-05",
        "cancellation": None,
        "activity": {
            "list_size": 0,
            "login_count": 0,
            "last_login_on": None,
            "campaigns_sent": 0,
            "last_campaign_on": None,
            "as_of": None,
        },
        "add_ons": {
            "sms": {
                "entitlement": "inactive",
                "usable": False,
                "payer": None,
                "registration": "not_started",
                "refusal": None,
            },
            "seo": {"entitlement": "inactive", "usable": False, "payer": None, "refusal": None},
            "inbox_preview": {"entitlement": "inactive", "usable": False, "payer": None, "refusal": None},
            "newsletter_archive": {"entitlement": "inactive", "usable": False, "payer": None, "refusal": None},
        },
        "bonus": {"status": "tracking", "days": 0, "days_left": 95, "earned_on": None},
        "permission_ends_on": None,
        "next_steps": [],
        "refusals": {},
        "version": 1,
    }


def test_a_created_account_is_read_as_it_was_answered(admin: ApiClient) -> None:
    account = created(admin)
    reply = admin.get(f"/accounts/{account['account_id']}")
    assert (reply.status, reply.json, reply.headers["ETag"]) == (200, account, '"1"')


def test_a_trial_is_the_default_and_ends_when_the_terms_say(admin: ApiClient) -> None:
    account = created(admin, plan=...)
    assert (account["status"], account["plan"], account["billing_mode"]) == ("T", "trial", "direct")
    assert (account["trial_ends_on"], account["initial_upgrade_on"]) == ("2027-01-04", None)
    assert account["bonus"] == {"status": "not_started", "days": None, "days_left": None, "earned_on": None}


def test_an_account_is_read_as_the_calendar_has_it(admin: ApiClient, ports: FakePorts) -> None:
    account = created(admin, plan="trial")
    ports.later(days=60)
    assert admin.get(f"/accounts/{account['account_id']}").json["status"] == "E"
    assert admin.get("/accounts").json["items"][0]["status"] == "E"


def test_a_taken_username_is_refused_whatever_its_case_and_whoever_has_it(
    admin: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    created(caller("stranger"))
    before = ports.book.dump()
    reply = admin.post("/accounts", new(username="ADA_Lovelace"))
    assert (reply.status, reply.code, reply.pointers) == (409, "taken", ["/username"])
    assert "ADA_Lovelace is taken" in reply.json["detail"]
    assert reply.json["errors"][0]["detail"] == reply.json["detail"]
    assert ports.book.dump() == before


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"username": "short"}, "/username", "6 to 50"),
    ({"username": "ada lovelace"}, "/username", "6 to 50"),
    ({"username": "ada_lovelacé"}, "/username", "6 to 50"),
    ({"username": ...}, "/username", "required"),
    ({"username": None}, "/username", "text"),
    ({"username": 123456}, "/username", "text"),
    ({"username": ["ada_lovelace"]}, "/username", "text"),
    ({"organization": " "}, "/organization", "empty"),
    ({"organization": "x" * 121}, "/organization", "121 characters"),
    ({"organization": "Two\nlines"}, "/organization", "control character"),
    ({"owner": ...}, "/owner", "required"),
    ({"owner": "Ada"}, "/owner", "an object"),
    ({"owner": {}}, "/owner/email", "required"),
    ({"owner": {"email": "ada"}}, "/owner/email", "ada@example.com"),
    ({"owner": {"email": "ada@engines.example", "phone": "call me"}}, "/owner/phone", "5 to 15"),
    ({"owner": {"email": "ada@engines.example", "mail": "x"}}, "/owner/mail", "first_name, last_name, phone"),
    ({"plan": "gold"}, "/plan", "trial, lite, standard, premium"),
    ({"plan": "Lite"}, "/plan", "'Lite' is not one of"),
    ({"billing_mode": "barter"}, "/billing_mode", "single_bill, direct"),
    ({"website": "engines.example"}, "/website", "http:// or https://"),
    ({"website": "javascript:alert(1)"}, "/website", "http:// or https://"),
    ({"partner_account_id": "x" * 81}, "/partner_account_id", "at most 80"),
    ({"account_type": "referred"}, "/account_type", "Allowed: username, organization"),
    ({"status": "O"}, "/status", "Allowed: username"),
    ({"account_id": UNKNOWN}, "/account_id", "Allowed: username"),
    ({"partner_id": "prt_other"}, "/partner_id", "Allowed: username"),
    ({"a/b~c": 1}, "/a~1b~0c", "Allowed: username"),
]


@pytest.mark.parametrize(("other", "pointer", "words"), WRONG)
def test_a_wrong_value_is_named_with_what_would_be_right(
    admin: ApiClient, ports: FakePorts, other: dict[str, Any], pointer: str, words: str
) -> None:
    before = ports.book.dump()
    reply = admin.post("/accounts", new(**other))
    assert (reply.status, reply.code, reply.pointers) == (422, "invalid", [pointer])
    assert words in reply.json["errors"][0]["detail"]
    assert ports.book.dump() == before


def test_all_wrong_values_of_a_profile_are_named_at_once(admin: ApiClient) -> None:
    reply = admin.post("/accounts", new(username="x", organization="", website="ftp://x"))
    assert reply.pointers == ["/username", "/organization", "/website"]
    assert reply.json["detail"] == "3 values are not right."


def test_single_bill_for_a_trial_is_refused(admin: ApiClient) -> None:
    reply = admin.post("/accounts", new(plan="trial", billing_mode="single_bill"))
    assert (reply.status, reply.code) == (409, "conflict")


def test_what_is_left_out_of_a_change_stays_and_null_takes_away(admin: ApiClient) -> None:
    account = created(admin)
    change = {"owner": {"first_name": "Augusta"}, "website": None}
    reply = admin.patch(f"/accounts/{account['account_id']}", change, version=1)
    assert (reply.status, reply.headers["ETag"]) == (200, '"2"')
    owner = {**account["owner"], "first_name": "Augusta"}
    assert reply.json == {**account, "owner": owner, "website": None, "version": 2}


def test_a_change_that_changes_nothing_leaves_the_version(admin: ApiClient) -> None:
    account = created(admin)
    reply = admin.patch(f"/accounts/{account['account_id']}", {"organization": account["organization"]}, version=1)
    assert (reply.status, reply.json["version"]) == (200, 1)


@pytest.mark.parametrize("field", ["username", "plan", "status", "holds", "version"])
def test_what_is_not_profile_cannot_be_changed_here(admin: ApiClient, field: str) -> None:
    account = created(admin)
    reply = admin.patch(f"/accounts/{account['account_id']}", {field: "x"}, version=1)
    assert (reply.status, reply.pointers) == (422, [f"/{field}"])


def test_a_change_needs_the_version_that_was_read(admin: ApiClient, ports: FakePorts) -> None:
    path = f"/accounts/{created(admin)['account_id']}"
    before = ports.book.dump()
    missing, stale = admin.patch(path, {"website": None}), admin.patch(path, {"website": None}, version=2)
    assert (missing.status, missing.code) == (428, "version-required")
    assert (stale.status, stale.code) == (412, "changed")
    assert ports.book.dump() == before


@pytest.mark.aws("N1")
@pytest.mark.parametrize(
    ("etag", "status"),
    [
        ('W/"1"', 200),
        ('"1"', 200),
        ('W/"2"', 412),
        ('"x"', 412),
        ('"-1"', 412),
        ('"01"', 412),
        ('"\u0661"', 400),
        ('""', 412),
    ],
)
def test_an_etag_that_a_proxy_made_weak_names_the_same_version_and_any_other_is_stale(
    admin: ApiClient, etag: str, status: int
) -> None:
    path = f"/accounts/{created(admin)['account_id']}"
    assert admin.using(If_Match=etag).call("PATCH", path, {"website": None}).status == status


@pytest.mark.parametrize("etag", ["1", "*", "W/1", 'w/"1"', '"1', '"1", "2"', '"a"b"', ""])
def test_an_if_match_that_is_no_etag_of_ours_is_a_bad_request(admin: ApiClient, etag: str) -> None:
    path = f"/accounts/{created(admin)['account_id']}"
    reply = admin.using(If_Match=etag).call("PATCH", path, {"website": None})
    assert (reply.status, reply.code) == (400, "bad-request")


def test_somebody_elses_change_in_between_is_not_overwritten(admin: ApiClient, ports: FakePorts) -> None:
    path = f"/accounts/{created(admin)['account_id']}"
    ports.transaction_writer.meanwhile.append(
        lambda: admin.patch(path, {"organization": "Quicker"}, version=1) and None
    )
    reply = admin.patch(path, {"organization": "Slower"}, version=1)
    assert (reply.status, reply.code) == (412, "changed")
    assert admin.get(path).json["organization"] == "Quicker"


def test_an_unknown_account_and_another_partners_get_the_same_answer(
    admin: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    foreign = created(caller("stranger"))["account_id"]
    before = ports.book.dump()
    for call in (
        lambda account_id: admin.get(f"/accounts/{account_id}"),
        lambda account_id: admin.patch(f"/accounts/{account_id}", {"website": None}, version=1),
        lambda account_id: admin.put(f"/accounts/{account_id}/add-ons/sms"),
        lambda account_id: admin.delete(f"/accounts/{account_id}/add-ons/sms"),
    ):
        unknown, another = call(UNKNOWN), call(foreign)
        assert unknown.status == 404
        assert unknown == another
    assert ports.book.dump() == before


@pytest.mark.parametrize("account_id", ["a b", "é", "x" * 129, "%00", "..%2f", "'", "#"])
def test_a_path_that_can_name_nothing_is_not_found(admin: ApiClient, account_id: str) -> None:
    event = admin.event("GET", f"/accounts/{UNKNOWN}")
    event["pathParameters"]["account_id"] = account_id
    assert admin.app(event, None)["statusCode"] == 404


def test_creating_writes_the_claim_the_counters_and_the_audit_entry_in_one_transaction(
    admin: ApiClient, ports: FakePorts
) -> None:
    account = created(admin)
    (change,) = ports.transaction_writer.committed
    assert len(change.writes) == 5
    (claim,) = ports.book.all(UsernameClaim)
    (entry,) = ports.book.all(AuditEntry)
    assert (claim.username, claim.account_id) == ("ada_lovelace", account["account_id"])
    assert (entry.kind, entry.subject, entry.account_id) == ("account.created", "admin", account["account_id"])
    ports.book.assert_counted()


def test_the_platform_reads_the_account_of_the_client_it_acts_for_and_no_other(
    admin: ApiClient, caller: Callable[[str], ApiClient]
) -> None:
    path = f"/accounts/{created(admin)['account_id']}"
    platform = caller("platform")
    assert platform.using(Acting_For="Ada_Lovelace").get(path).status == 200
    assert platform.using(Acting_For="somebody_else").get(path).status == 404
    assert platform.get(path).status == 404


def test_owners_are_not_in_the_audit_trail(admin: ApiClient, ports: FakePorts) -> None:
    created(admin)
    (entry,) = ports.book.all(AuditEntry)
    assert "ada@engines.example" not in repr(entry)
    assert len(ports.book.all(Account)) == 1

"""The accounts list: its filters, its order, its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import quote

import pytest

from chalicelib.api.accounts.filters import AccountFilters, AccountListQuery, Sort
from chalicelib.domain.accounts.orders import OrderField
from chalicelib.domain.accounts.query import RULES, AccountCount
from chalicelib.services.accounts import lists
from tests.unit.api.bodies import created

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api_client import ApiClient, Reply
    from tests.fakes import FakePorts


def usernames(reply: Reply) -> list[str]:
    assert reply.status == 200, reply.text
    return [item["username"] for item in reply.json["items"]]


@pytest.fixture
def book(admin: ApiClient) -> ApiClient:
    """Seven accounts: five open, two on trial."""
    for number, plan in enumerate(("standard", "lite", "premium", "standard", "lite", "trial", "trial")):
        created(admin, username=f"account_{number}", organization=f"Firm {9 - number}", plan=plan)
    return admin


def test_the_order_is_status_type_and_organisation(book: ApiClient) -> None:
    assert usernames(book.get("/accounts")) == [f"account_{number}" for number in (4, 3, 2, 1, 0, 6, 5)]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 200])
def test_pages_together_hold_every_account_once(book: ApiClient, limit: int) -> None:
    seen: list[str] = []
    reply = book.get(f"/accounts?limit={limit}")
    while "next" in reply.json:
        assert len(reply.json["items"]) == limit
        assert "/" not in reply.json["next"]
        seen += usernames(reply)
        reply = book.get(f"/accounts?limit={limit}&cursor={reply.json['next']}")
    seen += usernames(reply)
    assert seen == usernames(book.get("/accounts"))


def test_the_limit_may_change_from_page_to_page(book: ApiClient) -> None:
    first = book.get("/accounts?limit=2").json["next"]
    assert usernames(book.get(f"/accounts?limit=5&cursor={first}")) == usernames(book.get("/accounts"))[2:]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("status=O", 5),
        ("status=T", 2),
        ("status=C", 0),
        ("plan=lite", 2),
        ("account_type=referred", 0),
        ("account_type=managed", 7),
        ("billing_mode=single_bill", 5),
        ("add_on=newsletter_archive", 1),
        ("hold=suspended", 0),
        ("q=account_3", 1),
        ("q=3%20FI", 2),
        ("q=ngines", 0),
        ("q=engines%20love", 7),
        ("q=lovelace", 7),
        ("list_size_min=1", 0),
        ("list_size_max=0", 7),
        ("never_logged_in=true", 7),
        ("never_sent_campaign=true&status=T", 2),
        ("never_logged_in=false", 7),
        ("trial_ends_to=2027-01-04", 2),
        ("trial_ends_to=2027-01-03", 0),
        ("nab_status=tracking", 5),
        ("first_payment_from=2026-11-05&first_payment_to=2026-11-05", 5),
        ("first_payment_from=2026-11-06", 0),
    ],
)
def test_each_filter_narrows_the_list(book: ApiClient, query: str, number: int) -> None:
    assert len(usernames(book.get(f"/accounts?{query}"))) == number


def test_a_whole_username_comes_first_whatever_its_case_and_once(book: ApiClient) -> None:
    created(book, username="account_10", organization="account_1 & sons")
    first = book.get("/accounts?q=ACCOUNT_1&limit=1")
    assert usernames(first)[0] == "account_1"
    pages = usernames(first)
    while "next" in first.json:
        first = book.get(f"/accounts?q=ACCOUNT_1&limit=1&cursor={first.json['next']}")
        pages += usernames(first)
    assert pages == ["account_1", "account_10"]
    assert usernames(book.get("/accounts?q=account_1&status=T")) == []


def test_a_whole_username_is_found_while_every_index_lags(book: ApiClient, ports: FakePorts) -> None:
    ports.book.lag()
    created(book, username="just_made")
    assert usernames(book.get("/accounts?q=Just_Made")) == ["just_made"]
    assert usernames(book.get("/accounts?q=just_made&status=O")) == ["just_made"]


def test_a_whole_account_id_finds_its_account_alone(book: ApiClient, caller: Callable[[str], ApiClient]) -> None:
    item = book.get("/accounts?q=account_2").json["items"][0]
    assert usernames(book.get(f"/accounts?q={item['account_id']}")) == ["account_2"]
    assert usernames(caller("stranger").get(f"/accounts?q={item['account_id']}")) == []


def test_few_accounts_of_a_status_are_looked_through_and_the_pages_go_on_as_they_began(
    book: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = usernames(book.get("/accounts?q=lovelace&status=O"))
    for small in (0, 1_000):
        monkeypatch.setattr(lists, "SMALL_GROUP", small)
        reply = book.get("/accounts?q=lovelace&status=O&limit=2")
        monkeypatch.setattr(lists, "SMALL_GROUP", 1_000 - small)
        seen = usernames(reply)
        while "next" in reply.json:
            reply = book.get(f"/accounts?q=lovelace&status=O&limit=2&cursor={reply.json['next']}")
            seen += usernames(reply)
        assert sorted(seen) == sorted(whole)
        monkeypatch.setattr(lists, "SMALL_GROUP", small)


def test_another_partners_username_finds_nothing(book: ApiClient, caller: Callable[[str], ApiClient]) -> None:
    created(caller("stranger"), username="their_account")
    assert usernames(book.get("/accounts?q=their_account")) == []


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("status=o", "status", "'o' is not one of: O, T, E, C"),
        ("status=OT", "status", "O, T, E, C"),
        ("status=%20O", "status", "O, T, E, C"),
        ("status=", "status", "O, T, E, C"),
        ("status=O&status=T", "status", "2 times"),
        ("account_type=Managed", "account_type", "managed, referred"),
        ("billing_mode=both", "billing_mode", "single_bill, direct"),
        ("plan=gold", "plan", "trial, lite, standard, premium"),
        ("add_on=fax", "add_on", "sms, seo"),
        ("hold=none", "hold", "balance_due, compliance, suspended"),
        ("nab_status=won", "nab_status", "tracking"),
        ("q=", "q", "must not be empty"),
        (f"q={'x' * 121}", "q", "at most 120 are allowed"),
        ("list_size_min=few", "list_size_min", "whole number"),
        ("list_size_min=-1", "list_size_min", "at least 0"),
        ("list_size_min=1.5", "list_size_min", "whole number"),
        ("list_size_min=null", "list_size_min", "whole number"),
        ("list_size_max=99999999999", "list_size_max", "at most 1000000000"),
        ("list_size_min=9&list_size_max=3", "list_size_max", "less than list_size_min"),
        ("never_logged_in=maybe", "never_logged_in", "true or false"),
        ("never_logged_in=", "never_logged_in", "true or false"),
        ("trial_ends_to=tomorrow", "trial_ends_to", "2026-11-05"),
        ("trial_ends_to=2026-02-30", "trial_ends_to", "2026-11-05"),
        ("first_payment_from=05.11.2026", "first_payment_from", "2026-11-05"),
        ("first_payment_from=2026-11-05T00:00:00Z", "first_payment_from", "2026-11-05"),
        ("first_payment_from=2026-11-05&first_payment_to=2026-11-04", "first_payment_to", "less than"),
        ("limit=0", "limit", "at least 1"),
        ("limit=1001", "limit", "at most 1000"),
        ("limit=1e2", "limit", "whole number"),
        ("limit=50.0", "limit", "whole number"),
        ("list_size_min=1E1", "list_size_min", "whole number"),
        ("q=Caf%E9", "q", "not UTF-8"),
        ("limit=many", "limit", "whole number"),
        ("Status=O", "Status", "status, account_type"),
        ("colour=red", "colour", "nab_status"),
        ("cursor=", "cursor", "at least 1 character."),
        ("cursor=nonsense", "cursor", "not of this list"),
        ("cursor=%FF%FE", "cursor", "not UTF-8"),
        ("cursor=AAAAAAAAAAA", "cursor", "not of this list"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_would_be_right(
    admin: ApiClient, query: str, name: str, words: str
) -> None:
    reply = admin.get(f"/accounts?{query}")
    assert (reply.status, reply.code, reply.pointers) == (422, "invalid", [name])
    assert words in reply.json["errors"][0]["detail"]


def test_lists_and_reports_take_every_filter_of_the_domain_and_no_other() -> None:
    assert AccountFilters.__struct_fields__ == tuple(RULES)
    assert set(AccountListQuery.__struct_fields__) == {*RULES, "sort", "fields", "limit", "cursor"}


def test_a_cursor_fits_only_its_query_and_its_partner(
    book: ApiClient, caller: Callable[[str], ApiClient], ports: FakePorts
) -> None:
    cursor = book.get("/accounts?limit=1&status=O").json["next"]
    assert book.get(f"/accounts?status=O&cursor={cursor}").status == 200
    for client, query in ((book, "status=T"), (book, "q=firm"), (caller("stranger"), "status=O")):
        reply = client.get(f"/accounts?{query}&cursor={cursor}")
        assert (reply.status, reply.pointers) == (422, ["cursor"])


def test_the_list_says_up_to_which_day_it_is_settled(book: ApiClient) -> None:
    assert book.get("/accounts").json["settled_on"] == "2026-11-05"


def test_lists_do_not_say_why_add_ons_cannot_be_switched(book: ApiClient) -> None:
    assert all("refusal" not in item for item in book.get("/accounts").json["items"][0]["add_ons"].values())


@pytest.mark.parametrize("asked", ["Grace", "hopper", "Grace Hopper", "grace%20%20HOPPER"])
def test_an_account_is_found_by_its_owner_s_full_name(admin: ApiClient, asked: str) -> None:
    owner = {"email": "g@example.com", "first_name": "Grace", "last_name": "Hopper"}
    created(admin, username="grace_1", owner=owner)
    created(admin, username="hopper_x", organization="Hop", owner={"email": "h@example.com"})
    assert "grace_1" in usernames(admin.get(f"/accounts?q={asked.replace(' ', '%20')}"))


def test_composed_and_decomposed_letters_meet(admin: ApiClient) -> None:
    for number, name in enumerate(("Café Zürich", normalize("NFD", "Café Basel"), "İSTANBUL Ltd")):
        created(admin, username=f"spelled_{number}", organization=name)
    for asked in ("café", normalize("NFD", "café"), "CAFÉ"):
        assert set(usernames(admin.get(f"/accounts?q={quote(asked)}"))) == {"spelled_0", "spelled_1"}
    assert usernames(admin.get("/accounts?q=istanbul")) == ["spelled_2"]


def test_a_search_for_nothing_visible_is_refused(admin: ApiClient) -> None:
    reply = admin.get(f"/accounts?q={quote(chr(0x200B))}")
    assert reply.status == 422
    assert reply.json["errors"][0]["pointer"] == "q"


def organizations(reply: Reply) -> list[str]:
    return [item["organization"] for item in reply.json["items"]]


def test_a_list_comes_in_the_order_asked_for_over_all_statuses(book: ApiClient) -> None:
    assert organizations(book.get("/accounts?sort=organization")) == [f"Firm {n}" for n in range(3, 10)]
    assert organizations(book.get("/accounts?sort=-organization")) == [f"Firm {n}" for n in range(9, 2, -1)]
    by_trial_end = usernames(book.get("/accounts?sort=trial_ends_on"))
    assert set(by_trial_end[:2]) == {"account_5", "account_6"}
    assert len(by_trial_end) == 7, "those without a trial come after those with one"


@pytest.mark.parametrize("sort", [field.value for field in OrderField])
def test_pages_in_an_order_together_hold_every_account_once(book: ApiClient, sort: str) -> None:
    for asked in (sort, f"-{sort}"):
        reply = book.get(f"/accounts?sort={asked}&limit=2")
        seen = usernames(reply)
        while "next" in reply.json:
            reply = book.get(f"/accounts?sort={asked}&limit=2&cursor={reply.json['next']}")
            seen += usernames(reply)
        assert sorted(seen) == [f"account_{number}" for number in range(7)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("sort=plan", "organization"),
        ("sort=--organization", "organization"),
        ("sort=organization&q=firm", "Leave out either sort or q."),
        ("fields=organization,secret", "Unknown field secret. Valid fields: account_id"),
        ("limit=1001", "1000"),
    ],
)
def test_an_order_a_field_or_a_size_that_there_is_not_is_refused_by_name(
    book: ApiClient, query: str, words: str
) -> None:
    reply = book.get(f"/accounts?{query}")
    assert reply.status == 422
    assert words in reply.text


def test_every_order_of_the_domain_can_be_asked_for_both_ways() -> None:
    assert {item.value for item in Sort} == {f"{down}{field}" for field in OrderField for down in ("", "-")}


def test_a_cursor_of_one_order_is_none_of_another(book: ApiClient) -> None:
    cursor = book.get("/accounts?sort=created_on&limit=2").json["next"]
    assert book.get(f"/accounts?sort=-created_on&limit=2&cursor={cursor}").status == 422


def test_chosen_fields_come_alone_and_with_the_account_id(book: ApiClient) -> None:
    items = book.get("/accounts?fields=organization,%20status&limit=1000").json["items"]
    assert len(items) == 7
    assert all(list(item) == ["account_id", "organization", "status"] for item in items)
    assert book.get("/accounts").json["items"][0].keys() > items[0].keys()


@pytest.mark.parametrize(
    ("query", "number"),
    [("", 7), ("?status=T", 2), ("?status=O&account_type=managed", 5), ("?plan=lite", 2), ("?q=lovelace", 7)],
)
def test_every_list_is_counted(book: ApiClient, query: str, number: int) -> None:
    counted = book.get(f"/account-count{query}").json
    assert (counted["count"], counted["exact"]) == (number, True)
    assert len(usernames(book.get(f"/accounts{query}"))) == number


def test_status_and_type_are_told_by_counters_alone(
    book: ApiClient, ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports.accounts, "count", None)
    assert book.get("/account-count?status=O").json["count"] == 5


def test_a_count_that_is_not_exact_says_so(book: ApiClient, ports: FakePorts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports.accounts, "count", lambda *_: AccountCount(8_000, exact=False))
    counted = book.get("/account-count?plan=lite").json
    assert (counted["count"], counted["exact"]) == (8_000, False)

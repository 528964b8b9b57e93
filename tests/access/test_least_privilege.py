"""Each function may do what its code does and nothing else: the policies against all that the code can reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra import fragments
from infra.permissions import policies
from tests.access.derived import ROOT, needs, not_derived
from tests.access.happy_path import Tour
from tests.access.never import NEVER, Never
from tests.access.on_moto import OnMoto, on_moto
from tests.access.product import ACME, OTHER, installed
from tests.access.recorder import Touch

pytestmark = pytest.mark.slow

LOST_ANSWER = "whether a file is whole whose completion's answer was lost is seen by HeadObject"
PARTNERS_OWN = {"partner_id", "unnotified_partner", "unpaid_partner", "partner_account", "partner_letter"}
"""Partition keys that are a partner's id, or begin with it."""
FOR_MORE_THAN_ONE = {
    "move_account": "an operator gives an account of one partner to another",
    "erase_person": "an operator erases a person, also from what former partners have",
    "create_partner": "an operator makes a partner",
    "list_partners": "operators see all partners",
    "search_accounts": "operators find accounts of all partners",
    "list_partner_overviews": "operators see all partners' figures",
    "sweeper": "looks after all partners",
    "nightly": "hands over all partners",
}
KEYED_OTHERWISE = {
    ("members", "subject"): "the token's subject, before anybody knows of which partner it is",
    ("session-endings", "bucket"): "people who are on no team any more: the sweeper's",
    ("sessions", "subject"): "the subject of a token or of the session's cookie; a person's, of whatever team",
    ("operators", "subject"): "the token's subject: the platform's staff, who have no partner",
    ("usernames", "username"): "unique over the platform; the partner is in the item",
    ("invite-slugs", "slug"): "unique over the platform; the partner is in the item",
    ("bonuses", "account_id"): "one in an account's whole life, under whichever partner; the partner is in the item",
    ("sign-in-links", "account_id"): "one living link an account; the partner is in the item",
    ("departures", "account_id"): "an account is erased or moved with all that it left, wherever: operators'",
    ("downloads", "token_hash"): "who has the token may follow it",
    ("requests", "request_hash"): "a hash in which the partner is",
    ("suppressions", "address"): "a hash of an address, in which the partner is where it is for one partner",
    ("nightly-runs", "date"): "the night of all partners",
    ("report-runs", "open_bucket"): "what is unfinished, of all partners: the sweeper's",
    ("imports", "open_bucket"): "what is unfinished, of all partners: the sweeper's",
    ("bulk-outcomes", "partner_operation"): "the partner and its bulk operation",
    ("bulk-operations", "open_bucket"): "what is unfinished, of all partners: the sweeper's",
    ("erasures", "account_id"): "an account's erasures, with every partner it has been with: operators'",
    ("erasures", "open_bucket"): "what is unfinished, of all partners: the sweeper's",
    ("deliveries", "open_bucket"): "what is unfinished, of all partners: the sweeper's",
    ("deliveries", "message_id"): "the mail service's own id of a mail: the bounce worker's",
    ("report-schedules", "due_bucket"): "what is due, of all partners: the scheduled reports'",
    ("sms-registrations", "review_bucket"): "what waits for review, of all partners: operators'",
    ("account-words", "word_start"): "words of the accounts of all partners: operators'",
    ("service-requests", "status"): "what waits for the platform's staff, of all partners: operators'",
}


@pytest.fixture(scope="module")
def toured() -> Iterator[OnMoto]:
    """The product on moto after a tour."""
    with on_moto() as outside, installed(outside) as product:
        Tour(product, ACME, OTHER, "acme").take()
        yield outside


def test_nothing_that_the_code_can_do_is_missing_from_its_policy() -> None:
    assert [str(item) for item in policies.missing(ROOT, needs())] == [], "`make permissions WRITE=1` writes it."


def test_nothing_is_allowed_that_no_code_does() -> None:
    assert [str(item) for item in policies.unneeded(ROOT, needs())] == [], "`make permissions WRITE=1` takes it away."


def test_every_function_has_a_policy_and_every_policy_a_function() -> None:
    assert sorted(needs()) == policies.functions(ROOT)
    assert {name for name, needed in needs().items() if not needed} == {"authorizer"}


@pytest.mark.parametrize("function", policies.functions(ROOT))
def test_no_statement_can_be_removed(function: str) -> None:
    """Without any one of them something that the function's code does is forbidden."""
    own = policies.statements(ROOT, function)
    assert len({item["Sid"] for item in own}) == len(own)
    for statement in own:
        if statement["Sid"] not in policies.SERVICES_OWN:
            assert needs()[function].keys() - policies.allowed(own, leaving_out=statement["Sid"]), statement["Sid"]


@pytest.mark.parametrize("function", policies.functions(ROOT))
def test_lambda_itself_may_poll_the_queue_of_a_function_and_no_other(function: str) -> None:
    """And may hand over an event that nobody waits for, where the function has none who does."""
    declared = fragments.read(ROOT / "infra/template/functions.yaml")["Resources"]
    own = declared.get(function.title().replace("_", ""), {}).get("Properties", {})
    fed = [item["Properties"]["Queue"]["Fn::GetAtt"][0] for item in own.get("Events", {}).values()]
    failing = [own["DeadLetterQueue"]["TargetArn"]["Fn::GetAtt"][0]] if "DeadLetterQueue" in own else []
    values = {
        statement["Sid"]: [policies.resource_name(resource) for resource in statement["Resource"] if resource != "*"]
        for statement in policies.statements(ROOT, function)
        if statement["Sid"] in policies.SERVICES_OWN
    }
    assert values.keys() >= {"Log", "Trace"}
    assert (values.get("Receive", []), values.get("HandOverWhatFailed", [])) == (fed, failing)


@pytest.mark.parametrize("rule", NEVER, ids=lambda rule: rule.why)
def test_what_must_never_be_reachable_is_not(rule: Never) -> None:
    offset = {
        (function, *permission): str(need.place)
        for function, needed in needs().items()
        for permission, need in needed.items()
        if rule.forbids(function, *permission)
    }
    values = {
        (function, *permission)
        for function in policies.functions(ROOT)
        for permission in policies.allowed(policies.statements(ROOT, function))
        if rule.forbids(function, *permission)
    }
    assert offset == {}, rule.why
    assert values == set(), rule.why


def test_a_tour_does_nothing_that_is_not_derived(toured: OnMoto) -> None:
    """Seen at run time, so that what the derivation passes over shows; that it knows more is what it is for."""
    assert len(toured.recorder.used) >= 9
    assert not_derived(toured.recorder.used) == []


def touches(toured: OnMoto) -> Iterator[Touch]:
    """What the API read and wrote for one partner by keys that are some partner's."""
    for touch in toured.recorder.touched:
        if touch.partner_id and touch.attribute in PARTNERS_OWN and touch.operation not in FOR_MORE_THAN_ONE:
            yield touch


def test_whoever_works_for_a_partner_reads_and_writes_under_that_partners_keys_only(toured: OnMoto) -> None:
    """What a session policy on leading keys would demand, where the key is a partner's (decision 15)."""
    seen = list(touches(toured))
    assert len({touch.table for touch in seen}) >= 12
    assert [touch for touch in seen if touch.key.split("#")[0] != touch.partner_id] == []


def test_every_key_that_is_no_partners_is_a_known_one(toured: OnMoto) -> None:
    assert {(item.table, item.attribute) for item in toured.recorder.touched if item.attribute not in PARTNERS_OWN} == (
        KEYED_OTHERWISE.keys()
    )

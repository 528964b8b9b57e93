"""Each function may do what it does and nothing else: the policies against what a tour through the product uses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chalicelib.storage.connection import logical_name
from chalicelib.storage.registry import CODECS, codec_of_kind
from tests.access.on_moto import OnMoto, on_moto
from tests.access.policies import SERVICES_OWN, allowed, functions, statements
from tests.access.product import ACME, OTHER, installed
from tests.access.recorder import Permission, Touch
from tests.access.tour import Tour

LOST_ANSWER = "whether a file is whole whose completion's answer was lost is seen by HeadObject"
BROKEN_OFF = "a file whose writing broke off is cleared away"
READ_AGAIN = "an account that changed while it was being settled is read again, and one set aside is read by itself"
MISSING = "S3 says of a missing file that it is missing, and not that it is forbidden, only to who may list"
RARE: dict[str, dict[Permission, str]] = {
    "report_worker": {
        ("dynamodb:GetItem", "AccountsTable"): READ_AGAIN,
        ("s3:AbortMultipartUpload", "${FilesBucket.Arn}/reports/*"): BROKEN_OFF,
        ("s3:DeleteObject", "${FilesBucket.Arn}/reports/*"): BROKEN_OFF,
        ("s3:GetObject", "${FilesBucket.Arn}/reports/*"): LOST_ANSWER,
        ("s3:ListBucket", "FilesBucket"): BROKEN_OFF,
    },
    "import_worker": {
        ("s3:AbortMultipartUpload", "${FilesBucket.Arn}/imports/*"): BROKEN_OFF,
        ("s3:ListBucket", "FilesBucket"): MISSING,
        ("sqs:SendMessage", "ImportQueue"): "an import that takes longer than a function may goes on in another",
    },
    "settle_worker": {
        ("dynamodb:GetItem", "AccountsTable"): READ_AGAIN,
        ("sqs:SendMessage", "SettlementQueue"): "an account that could not be settled is tried on its own",
    },
}
"""What no tour through the product without a fault comes by, and why it is there."""
PARTNERS_OWN = {"partner_id", "unannounced_partner", "partner_account"}
"""Partition keys that are a partner's id, or begin with it."""
FOR_MORE_THAN_ONE = {
    "move_account": "an operator gives an account of one partner to another",
    "create_partner": "an operator makes a partner",
    "list_partners": "operators see all partners",
    "sweeper": "looks after all partners",
    "nightly": "hands over all partners",
}
KEYED_OTHERWISE = {
    ("members", "subject"): "the token's subject, before anybody knows of which partner it is",
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
    ("deliveries", "open_bucket"): "what is unfinished, of all partners: the sweeper's",
    ("deliveries", "message_id"): "the mail service's own id of a mail: the bounce worker's",
    ("report-schedules", "due_bucket"): "what is due, of all partners: the scheduled reports'",
    ("sms-registrations", "review_bucket"): "what waits for review, of all partners: operators'",
}


def proofs(used: set[Permission]) -> set[Permission]:
    """A function whose write's answer was lost looks whether its mark is there: the first of these that it wrote."""
    codecs = [codec_of_kind(kind) for kind in CODECS]
    marks = {f"{logical_name(codec.table).title().replace('-', '')}Table" for codec in codecs if codec.proof}
    return {("dynamodb:GetItem", table) for table in marks if ("dynamodb:PutItem", table) in used}


@pytest.fixture(scope="module")
def toured() -> Iterator[OnMoto]:
    """The product on moto after a tour."""
    with on_moto() as outside, installed(outside) as product:
        Tour(product, ACME, OTHER, "acme").take()
        yield outside


def needed(toured: OnMoto, function: str) -> set[Permission]:
    """Everything that a function does."""
    used = toured.recorder.used.get(function, set())
    return used | proofs(used) | RARE.get(function, {}).keys()


@pytest.mark.parametrize("function", functions())
def test_a_function_may_do_what_it_does_and_nothing_else(toured: OnMoto, function: str) -> None:
    assert sorted(allowed(function)) == sorted(needed(toured, function))


@pytest.mark.parametrize("function", functions())
def test_no_statement_can_be_removed(toured: OnMoto, function: str) -> None:
    """Without any one of them something that the function does is forbidden."""
    for statement in statements(function):
        if statement["Sid"] not in SERVICES_OWN:
            assert needed(toured, function) - allowed(function, leaving_out=statement["Sid"]), statement["Sid"]


def test_what_is_called_rare_is_not_met_on_the_tour(toured: OnMoto) -> None:
    for function, permissions in RARE.items():
        assert not permissions.keys() & toured.recorder.used[function], "It is not rare: take it off the list."


def touches(toured: OnMoto) -> Iterator[Touch]:
    """What the API read and wrote for one partner by keys that are some partner's."""
    for touch in toured.recorder.touched:
        if touch.partner_id and touch.attribute in PARTNERS_OWN and touch.operation not in FOR_MORE_THAN_ONE:
            yield touch


def test_whoever_works_for_a_partner_reads_and_writes_under_that_partners_keys_only(toured: OnMoto) -> None:
    """What a session policy on leading keys would demand, where the key is a partner's (decision 0060)."""
    seen = list(touches(toured))
    assert len({touch.table for touch in seen}) >= 12
    assert [touch for touch in seen if touch.key.split("#")[0] != touch.partner_id] == []


def test_every_key_that_is_no_partners_is_a_known_one(toured: OnMoto) -> None:
    assert {(each.table, each.attribute) for each in toured.recorder.touched if each.attribute not in PARTNERS_OWN} == (
        KEYED_OTHERWISE.keys()
    )

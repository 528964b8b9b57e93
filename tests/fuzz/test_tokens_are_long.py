"""Tokens that open something: too long to be guessed, and kept as nothing but a hash."""

from __future__ import annotations

import pytest

from chalicelib.domain.mail.email_messages import ReportReady
from chalicelib.domain.report_runs.downloads import Download
from tests.access.happy_path import Tour
from tests.access.in_memory import InMemory
from tests.access.product import ACME, OTHER, installed

BITS_A_LETTER = 6


@pytest.fixture(scope="module")
def kept() -> tuple[str, list[str]]:
    """Everything in the book after a tour, as text, and the tokens that were given out."""
    outside = InMemory()
    with installed(outside) as product:
        tour = Tour(product, ACME, OTHER, "acme").take()
        tokens = [str(call.body["token"]) for call in tour.calls if call.operation == "redeem_sign_in_link"]
        emails = [mail.content for _, mail in outside.mails()]
        tokens += [link.token for letter in emails if isinstance(letter, ReportReady) for link in letter.report.links]
    assert any(isinstance(thing, Download) for thing in outside.ports.book.things.values())
    return repr(outside.ports.book.things), tokens


def test_a_token_has_128_bits_and_more_and_only_its_hash_is_kept(kept: tuple[str, list[str]]) -> None:
    text, tokens = kept
    assert len(tokens) >= 2
    assert len(set(tokens)) == len(tokens)
    for token in tokens:
        assert len(token.rpartition(".")[2]) * BITS_A_LETTER >= 128
        assert token not in text

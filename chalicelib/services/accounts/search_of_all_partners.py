"""Finding an account of whatever partner by its username, e-mail, organization or owner: for the platform's staff."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.scheduled_changes import apply_due
from chalicelib.domain.accounts.search_words import query_words
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Invalid, NotFound

if TYPE_CHECKING:
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.kernel.paging import Page
    from chalicelib.domain.ports import HasAccounts

LEAST_LETTERS = 3
"""Of the longest word: the words of all partners stand by so many letters."""


def find(ports: HasAccounts, q: str, after: str | None, limit: int) -> Page[Account]:
    """Return the accounts that have words beginning so, as of today; the one with just this username comes first."""
    words = query_words(q)
    if not words or len(words[0]) < LEAST_LETTERS:
        raise Invalid.field("q", f"Type at least {LEAST_LETTERS} letters of a word.")
    named = _named(ports, q)
    first = [named] if named and after is None else []
    found = ports.accounts.search_of_all_partners(words, after, limit - len(first))
    others = (item for item in found.items if named is None or item.account_id != named.account_id)
    day = today(ports.clock)
    return replace(found, items=tuple(apply_due(item, day).account for item in (*first, *others)))


def _named(ports: HasAccounts, q: str) -> Account | None:
    claim = ports.usernames.find(q.strip())
    if claim is None:
        return None
    try:
        return ports.accounts.get(claim.partner_id, claim.account_id)
    except NotFound:
        return None

"""Lists of accounts: a page of those asked for, and one by its whole username."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.departures import Event
from chalicelib.domain.accounts.query import AccountCount, AccountQuery
from chalicelib.domain.accounts.scheduled_changes import apply_due
from chalicelib.domain.accounts.search_words import SEARCH_START, is_search, query_words
from chalicelib.domain.kernel import usernames
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.kernel.paging import Page

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.orders import AccountOrder
    from chalicelib.domain.ports import HasAccounts
    from chalicelib.services.ports import AccountPorts


SMALL_GROUP = 1_000
"""Accounts of a status that are read whole, in one Query, where many others may have the words searched for."""


def page(
    ports: AccountPorts,
    actor: Actor,
    query: AccountQuery,
    after: str | None,
    limit: int,
    order: AccountOrder | None = None,
) -> Page[Account]:
    """Return the accounts asked for as of today; the one whose whole username or id `q` is comes first."""
    if order is not None:
        return _as_of_today(ports, actor, ports.accounts.ordered(actor.partner_id, query, order, after, limit))
    named = _named(ports, actor, query)
    first = [named] if named and after is None else []
    room = limit - len(first)
    found = _found(ports, actor.partner_id, query, after, room) if room else Page((), SEARCH_START)
    others = tuple(entry for entry in found.items if named is None or entry.account_id != named.account_id)
    return _as_of_today(ports, actor, replace(found, items=(*first, *others)))


def _as_of_today(ports: HasAccounts, actor: Actor, found: Page[Account]) -> Page[Account]:
    """Return the page with all due changes applied, and without what an index has not yet lost."""
    day = today(ports.clock)
    gone = _moved_out_lately(ports, actor.partner_id, day)
    return replace(
        found, items=tuple(apply_due(entry, day).account for entry in found.items if entry.account_id not in gone)
    )


def count(ports: AccountPorts, actor: Actor, query: AccountQuery) -> AccountCount:
    """Count the accounts asked for: by the counters where these tell, else as far as a read budget goes."""
    if query == AccountQuery(status=query.status, account_type=query.account_type):
        return AccountCount(ports.counters.summary(actor.partner_id).of(query.status, query.account_type))
    return ports.accounts.count(actor.partner_id, query)


def _found(ports: AccountPorts, partner_id: str, query: AccountQuery, after: str | None, limit: int) -> Page[Account]:
    if not query_words(query.q) or (_is_small(ports, partner_id, query) if after is None else not is_search(after)):
        return ports.accounts.page(partner_id, query, after, limit)
    return ports.accounts.search(partner_id, query, after, limit)


def _is_small(ports: AccountPorts, partner_id: str, query: AccountQuery) -> bool:
    """Tell whether few accounts have the status asked for: fewer than may have the words."""
    if query.status is None:
        return False
    return ports.counters.summary(partner_id).of(query.status, query.account_type) <= SMALL_GROUP


def _moved_out_lately(ports: HasAccounts, partner_id: str, day: date) -> set[str]:
    """Accounts that an index may still have although they are another partner's now."""
    lately = ports.departures.between(partner_id, day - timedelta(days=1), day)
    return {item.account_id for item in lately if item.event is Event.MOVE_OUT}


def _named(ports: HasAccounts, actor: Actor, query: AccountQuery) -> Account | None:
    """Return the partner's own account whose username or id `q` is, if the other filters let it through."""
    if query.q is None:
        return None
    account = _by_username(ports, actor.partner_id, query.q) or _by_id(ports, actor.partner_id, query.q)
    return account if account and replace(query, q=None).matches(account) else None


def _by_username(ports: HasAccounts, partner_id: str, username: str) -> Account | None:
    claim = ports.usernames.find(username) if usernames.valid(username) else None
    return _get(ports, partner_id, claim.account_id) if claim and claim.partner_id == partner_id else None


def _by_id(ports: HasAccounts, partner_id: str, account_id: str) -> Account | None:
    return _get(ports, partner_id, account_id) if account_id.startswith("acct_") else None


def _get(ports: HasAccounts, partner_id: str, account_id: str) -> Account | None:
    try:
        return ports.accounts.get(partner_id, account_id)
    except NotFound:
        return None

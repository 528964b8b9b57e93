"""Lists of accounts: a page of those asked for, and one by its whole username."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.departures import Event
from chalicelib.domain.accounts.scheduled_changes import apply_due
from chalicelib.domain.kernel import usernames
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.kernel.paging import Page

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.query import AccountQuery
    from chalicelib.domain.ports import HasAccounts


def page(ports: HasAccounts, actor: Actor, query: AccountQuery, after: str | None, limit: int) -> Page[Account]:
    """Return the accounts asked for as of today; a whole username is looked up instead of searched for."""
    named = _named(ports, actor, query) if after is None else None
    found = Page((named,)) if named else ports.accounts.page(actor.partner_id, query, after, limit)
    day = today(ports.clock)
    gone = _moved_out_lately(ports, actor.partner_id, day)
    return replace(
        found, items=tuple(apply_due(entry, day).account for entry in found.items if entry.account_id not in gone)
    )


def _moved_out_lately(ports: HasAccounts, partner_id: str, day: date) -> set[str]:
    """Accounts that an index may still have although they are another partner's now."""
    lately = ports.departures.between(partner_id, day - timedelta(days=1), day)
    return {item.account_id for item in lately if item.event is Event.MOVE_OUT}


def _named(ports: HasAccounts, actor: Actor, query: AccountQuery) -> Account | None:
    """Return the partner's own account whose username `q` is, if the other filters let it through."""
    if query.q is None or not usernames.valid(query.q):
        return None
    claim = ports.usernames.find(query.q)
    if claim is None or claim.partner_id != actor.partner_id:
        return None
    try:
        account = ports.accounts.get(claim.partner_id, claim.account_id)
    except NotFound:
        return None
    return account if query.matches(account) else None

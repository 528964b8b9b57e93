"""Erasing a person: the names, e-mail and phone of a cancelled account, wherever they are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts import Owner
from chalicelib.domain.changes import Replace
from chalicelib.domain.errors import Conflict
from chalicelib.services import book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts import Account
    from chalicelib.domain.changes import Change, Write
    from chalicelib.domain.ports import Ports


def erase(ports: Ports, actor: Actor, account_id: str) -> Change[Account]:
    """Erase the owner; erasing again erases what has come since. The audit trail never held the values."""
    found = book.find(ports, actor, account_id)
    if not found.account.cancelled:
        raise Conflict("Only the person behind a cancelled account can be erased: cancel the account first.")
    now = replace(found.account, owner=Owner(), erased=True)
    if now == found.account and found.account.erased_at is not None:
        return book.changed(ports, actor, "account.person_erased", found, now, *_consents(ports, account_id))
    now = replace(now, erased_at=ports.clock())
    return book.changed(ports, actor, "account.person_erased", found, now, *_consents(ports, account_id))


def _consents(ports: Ports, account_id: str) -> Iterator[Write]:
    """Consents to former moves, which name who gave them."""
    for departure in ports.departures.of_account(account_id):
        if departure.consent and departure.consent.given_by:
            yield Replace(departure, replace(departure, consent=replace(departure.consent, given_by="")))

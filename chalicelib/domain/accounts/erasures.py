"""Erasures: what is still to be removed of a person, partner by partner, after the account itself forgot who it was.

An erasure of addresses does the same for whoever has left a team: it has no account, and removes the addresses alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel.ids import random_id
from chalicelib.domain.kernel.text import search_key
from chalicelib.domain.kernel.usernames import UsernameClaim

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.departures import Departure

REQUEUE_AFTER = timedelta(minutes=5)
"""A running erasure whose last heartbeat is older than this is enqueued again."""
MIN_MATCH = 3
"""Shorter texts stand in too many others to say that one is about the other."""


class ErasureStatus(StrEnum):
    """How far an erasure is."""

    RUNNING = "running"
    DONE = "done"


class ErasureScope(StrEnum):
    ACCOUNT = "account"
    """All that names the person behind an account."""
    ADDRESSES = "addresses"
    """Addresses that mail went to and that have left the team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """The removal of one account's person, or of former addresses, from all that one partner has."""

    partner_id: str
    account_id: str
    """The account; of addresses, which have none, an id that says nothing of anybody."""
    requested_by: str
    requested_at: datetime
    last_heartbeat_at: datetime
    """The last sign of life, for recovery."""
    scope: ErasureScope = ErasureScope.ACCOUNT
    status: ErasureStatus = ErasureStatus.RUNNING
    traces: tuple[str, ...] = ()
    """What the person was known by, to find texts that name it; kept only until the erasure is done."""
    renamed_to: str | None = None
    """The account's new username, where the former one was an address."""
    waiting_for: str | None = None
    """What must end before the erasure can be done, as a sentence."""
    finished_at: datetime | None = None
    version: int = 1


def traces_of(account: Account, departures: Iterable[Departure]) -> tuple[str, ...]:
    """Return every text the person behind the account is known by, each once."""
    owner = account.owner
    full_name = f"{owner.first_name} {owner.last_name}".strip()
    consents = (departure.consent.given_by for departure in departures if departure.consent)
    personal = (owner.first_name, owner.last_name, full_name, owner.email, owner.phone, account.website or "")
    address = account.username if is_address(account.username) else ""
    return tuple(dict.fromkeys(filter(None, (*personal, account.partner_account_id or "", address, *consents))))


def erasure_of_addresses(partner_id: str, addresses: Iterable[str], requested_by: str, at: datetime) -> Erasure:
    """Return the erasure of addresses that have left the partner; each departure has one of its own."""
    return Erasure(
        partner_id=partner_id,
        account_id=random_id("former"),
        requested_by=requested_by,
        requested_at=at,
        last_heartbeat_at=at,
        scope=ErasureScope.ADDRESSES,
        traces=tuple(addresses),
    )


def mentions(text: str, traces: Iterable[str]) -> bool:
    """Tell whether a text that somebody typed, such as a search, names the person or a part of what it is known by."""
    typed = search_key(text)
    return any(_alike(typed, search_key(trace)) for trace in traces)


def _alike(typed: str, trace: str) -> bool:
    if typed == trace or trace in typed.split():
        return True
    return (len(trace) >= MIN_MATCH and trace in typed) or (len(typed) >= MIN_MATCH and typed in trace)


def is_address(username: str) -> bool:
    """Tell whether a username tells who somebody is, as an e-mail address does."""
    return "@" in username


def anonymous_username() -> str:
    """Return a username that says nothing of anybody."""
    return random_id("erased")


def retired(username: str) -> UsernameClaim:
    """Return the claim that keeps an erased username from being given again: a hash, and nobody's."""
    return UsernameClaim(retired_key(username), NOBODY, NOBODY)


NOBODY = "erased"


def retired_key(username: str) -> str:
    """Return what stands for an erased username; no username has its form, because none has a `#`."""
    return f"#{sha256(f'retired username {username.casefold()}'.encode()).hexdigest()}"


def kept_going(erasure: Erasure, at: datetime, waiting_for: str) -> Erasure:
    """Return the erasure as still running, and what it waits for."""
    return replace(erasure, last_heartbeat_at=at, waiting_for=waiting_for, version=erasure.version + 1)


def finished(erasure: Erasure, at: datetime) -> Erasure:
    """Return the erasure done: nothing of the person stays with it either."""
    return replace(
        erasure,
        status=ErasureStatus.DONE,
        last_heartbeat_at=at,
        finished_at=at,
        traces=(),
        waiting_for=None,
        version=erasure.version + 1,
    )


class ErasureStore(Protocol):
    """Erasures; writes go through a `TransactionWriter`."""

    def get(self, partner_id: str, account_id: str) -> Erasure | None:
        """Return the account's erasure with this partner, read strongly consistent."""
        ...

    def of_partner(self, partner_id: str) -> list[Erasure]:
        """Return every erasure with this partner, read strongly consistent."""
        ...

    def of_account(self, account_id: str) -> list[Erasure]:
        """Return the account's erasures with all the partners it has been with; from an index that may lag."""
        ...

    def running(self, until: datetime, limit: int) -> list[Erasure]:
        """Erasures of all partners that run with a last heartbeat by then, the longest first; from an index that may
        lag."""
        ...

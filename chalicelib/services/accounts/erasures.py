"""Erasing a person: the account forgets who is behind it at once, and a worker removes the rest.

The act is one transaction: it ends with an erasure for each partner that the account has been with. What those still
have to remove, step by step, is in `erasure_steps`; how far they are can be asked for.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import Owner
from chalicelib.domain.accounts.erasures import Erasure, anonymous_username, is_address, retired, traces_of
from chalicelib.domain.accounts.lifecycle import require_erasable
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.kernel.errors import NotFound, Unavailable
from chalicelib.domain.kernel.usernames import claim
from chalicelib.services.accounts import changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.departures import Departure
    from chalicelib.domain.changes import Write
    from chalicelib.domain.ports import HasErasures, HasQueues
    from chalicelib.services.ports import ErasurePorts


KIND = AuditKind.ACCOUNT_PERSON_ERASED


@dataclass(frozen=True, slots=True)
class _Act:
    """One act of erasing: who asked for it, when, and what the person was known by."""

    by: str
    at: datetime
    traces: tuple[str, ...]
    renamed_to: str | None


def erase(ports: ErasurePorts, actor: Actor, account_id: str) -> Change[Account]:
    """Erase the person behind a canceled account; erasing again erases what has come since, and resumes the rest."""
    found = changes.load(ports, actor, account_id)
    account, departures = found.account, ports.departures.of_account(account_id)
    require_erasable(account)
    renamed_to = anonymous_username() if is_address(account.username) else None
    act = _Act(actor.subject, ports.clock(), traces_of(account, departures), renamed_to)
    updated = _without_person(account, act)
    erasures = tuple(_erasures(ports, account, departures, act))
    writes = (
        *(
            Replace(departure, without_consent(departure))
            for departure in departures
            if without_consent(departure) != departure
        ),
        *(Replace(current, erasure) if current else Insert(erasure) for current, erasure in erasures),
        *_usernames(account, updated),
    )
    if updated == account:
        audited = Insert(entry(actor, act.at, KIND, account_id=account_id))
        change = Change((*writes, audited), account)
    else:
        change = changes.change_account(ports, actor, KIND, found, updated, *writes)
    return change.then(lambda: enqueue(ports, *(erasure for _, erasure in erasures)))


def _without_person(account: Account, act: _Act) -> Account:
    """Return the account with nobody behind it; when it was erased moves only where there was somebody."""
    updated = replace(
        account,
        owner=Owner(),
        website=None,
        partner_account_id=None,
        username=act.renamed_to or account.username,
        erased=True,
    )
    return account if updated == account and account.erased_at else replace(updated, erased_at=act.at)


def without_consent(departure: Departure) -> Departure:
    """Return the departure with a consent that names nobody: that and when it was given stays."""
    if departure.consent is None:
        return departure
    return replace(departure, consent=replace(departure.consent, given_by="", evidence=""))


def _usernames(account: Account, updated: Account) -> Iterator[Write]:
    """Yield a username that is an address goes too; a hash keeps it from being given to somebody else."""
    if updated.username != account.username:
        yield Remove(claim(account.username, account.partner_id, account.account_id))
        yield Insert(claim(updated.username, updated.partner_id, updated.account_id))
        yield Insert(retired(account.username))


def _erasures(
    ports: HasErasures, account: Account, departures: Iterable[Departure], act: _Act
) -> Iterator[tuple[Erasure | None, Erasure]]:
    """Yield an erasure for each partner it has been with; one that runs still looks for what it looked for before."""
    for partner_id in dict.fromkeys((account.partner_id, *(departure.partner_id for departure in departures))):
        current = ports.erasures.get(partner_id, account.account_id)
        traces = tuple(dict.fromkeys((*(current.traces if current else ()), *act.traces)))
        renamed_to = act.renamed_to or (current.renamed_to if current else None)
        erasure = Erasure(
            partner_id=partner_id,
            account_id=account.account_id,
            requested_by=act.by,
            requested_at=act.at,
            last_heartbeat_at=act.at,
            traces=traces,
            renamed_to=renamed_to,
            version=current.version + 1 if current else 1,
        )
        yield current, erasure


def enqueue(ports: HasQueues, *erasures: Erasure) -> None:
    """Give erasures to the workers. Where a message is lost, the sweeper sends another."""
    for erasure in erasures:
        message = {"partner_id": erasure.partner_id, "erased_account_id": erasure.account_id}
        with suppress(Unavailable):
            ports.settle_queue.send(erasure.partner_id, message)


def find(ports: ErasurePorts, actor: Actor, account_id: str) -> list[Erasure]:
    """Return how far the erasure of the account's person is, with each partner that the account has been with."""
    account = changes.load(ports, actor, account_id).account
    mine = ports.erasures.get(account.partner_id, account_id)
    if mine is None:
        raise NotFound("The person behind this account has not been erased.")
    others = (item for item in ports.erasures.of_account(account_id) if item.partner_id != account.partner_id)
    return [mine, *others]

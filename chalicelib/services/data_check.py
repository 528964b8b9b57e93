"""Checks data: holds counters, names, admins and due days to the accounts, after a restore or at any time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from chalicelib.domain.access import Role
from chalicelib.domain.accounts.codes import BonusStatus, RegistrationStatus
from chalicelib.domain.accounts.counters import STATUSES_AND_TYPES, Summary, difference
from chalicelib.domain.accounts.departures import cancellation_of
from chalicelib.domain.accounts.erasures import NOBODY
from chalicelib.domain.changes import Change, Count, Insert, Remove, Replace, Write
from chalicelib.domain.data_check import Finding, Kind
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.kernel.usernames import claim
from chalicelib.domain.partners.invites import SlugClaim

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from chalicelib.domain.accounts.accounts import Account, AccountType, Status
    from chalicelib.domain.data_check import FullScan
    from chalicelib.domain.kernel.usernames import UsernameClaim
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasAccounts, HasWriter
    from chalicelib.services.ports import DataCheckPorts

    Words = dict[tuple[str, str], set[Hashable]]
    """Rows of the search index, by partner and account."""

TRIES = 5
"""How often a partner is counted while its accounts are changing."""
PAID_OR_EARNED = frozenset({BonusStatus.EARNED, BonusStatus.PAID})


def findings(ports: DataCheckPorts, full_scan: FullScan) -> Iterator[Finding]:
    """Yield everything that is not as it must be; nothing is changed by looking."""
    partners = {item.partner_id: item for item in ports.partners.all()}
    words = _words(full_scan)
    for partner in partners.values():
        accounts = list(full_scan.accounts(partner.partner_id))
        yield from _counters(ports, full_scan, partner.partner_id, [account for account, _ in accounts])
        yield from _accounts(ports, full_scan, accounts)
        yield from _stale_words(full_scan, words, [account for account, _ in accounts])
        yield from _unpaid(full_scan, partner.partner_id)
        yield from _admins(ports, partner)
        yield from _slug(ports, partner)
    yield from _words_of_nothing(ports, full_scan, words)
    yield from _nobodys(ports, full_scan, frozenset(partners))


def _counters(
    ports: DataCheckPorts, full_scan: FullScan, partner_id: str, accounts: list[Account]
) -> Iterator[Finding]:
    drift = _drift(ports.counters.summary(partner_id), accounts)
    for _ in range(TRIES):
        if not drift:
            return
        # Perhaps they were counted while one changed: then the numbers move, and are looked at again.
        before = ports.counters.summary(partner_id)
        accounts = [account for account, _ in full_scan.accounts(partner_id)]
        drift = _drift(before, accounts)
        if ports.counters.summary(partner_id) == before:
            break
    if drift:
        description = ", ".join(f"{status}/{kind} {number:+}" for (status, kind), number in sorted(drift.items()))
        yield Finding(Kind.COUNTERS, partner_id, description, _writing(ports, Count(partner_id, drift)))


def _drift(summary: Summary, accounts: list[Account]) -> dict[tuple[Status, AccountType], int]:
    counted = difference([], accounts)
    drift = {
        statuses_and_type: counted.get(statuses_and_type, 0) - summary.counts.get(statuses_and_type, 0)
        for statuses_and_type in STATUSES_AND_TYPES
    }
    return {item: number for item, number in drift.items() if number}


def _accounts(ports: DataCheckPorts, full_scan: FullScan, accounts: list[tuple[Account, bool]]) -> Iterator[Finding]:
    claims = ports.usernames.find_many(account.username for account, _ in accounts)
    for account, index_keys_current in accounts:
        if not index_keys_current:
            yield _about(account, Kind.STALE_INDEX_KEYS, partial(full_scan.rewrite_index_keys, account))
        yield from _username(ports, account, claims.get(account.username.casefold()))
        yield from _companions(ports, account)


def _words(full_scan: FullScan) -> Words:
    words: Words = defaultdict(set)
    for partner_id, account_id, row in full_scan.words():
        words[partner_id, account_id].add(row)
    return words


def _stale_words(full_scan: FullScan, words: Words, accounts: list[Account]) -> Iterator[Finding]:
    """Find accounts whose words are not what their fields say; of `words`, those of no account stay."""
    for account in accounts:
        rows = words.pop((account.partner_id, account.account_id), set())
        if not full_scan.words_current(account, rows):
            yield _about(account, Kind.STALE_WORDS, partial(full_scan.rewrite_words, account, rows))


def _words_of_nothing(ports: HasAccounts, full_scan: FullScan, words: Words) -> Iterator[Finding]:
    for (partner_id, account_id), rows in words.items():
        if not _exists(ports, partner_id, account_id):
            yield Finding(Kind.WORDS_OF_NOTHING, partner_id, account_id, partial(full_scan.remove_words, rows))


def _about(account: Account, kind: Kind, repair: Callable[[], object] | None = None) -> Finding:
    return Finding(kind, account.partner_id, account.account_id, repair)


def _username(ports: DataCheckPorts, account: Account, existing: UsernameClaim | None) -> Iterator[Finding]:
    right = claim(account.username, account.partner_id, account.account_id)
    if existing is None:
        yield _about(account, Kind.USERNAME_MISSING, _writing(ports, Insert(right)))
    elif existing != right:
        taken = _exists(ports, existing.partner_id, existing.account_id)
        yield _about(account, Kind.USERNAME_ELSEWHERE, None if taken else _writing(ports, Replace(existing, right)))


def _exists(ports: HasAccounts, partner_id: str, account_id: str) -> bool:
    try:
        return ports.accounts.get(partner_id, account_id) is not None
    except NotFound:
        return False


def _companions(ports: DataCheckPorts, account: Account) -> Iterator[Finding]:
    if account.cancelled and ports.departures.same(cancellation_of(account)) is None:
        yield _about(account, Kind.DEPARTURE_MISSING, _writing(ports, Insert(cancellation_of(account))))
    started = account.sms_registration is not RegistrationStatus.NOT_STARTED
    if started and ports.sms_registrations.get(account.partner_id, account.account_id) is None:
        anew = replace(account, sms_registration=RegistrationStatus.NOT_STARTED, version=account.version + 1)
        yield _about(account, Kind.REGISTRATION_MISSING, _writing(ports, Replace(account, anew)))
    if account.bonus_status in PAID_OR_EARNED and ports.bonuses.get(account.account_id) is None:
        yield _about(account, Kind.BONUS_MISSING)


def _unpaid(full_scan: FullScan, partner_id: str) -> Iterator[Finding]:
    for bonus, indexed in full_scan.bonuses(partner_id):
        if not indexed:
            yield Finding(Kind.UNPAID_INDEX, partner_id, bonus.account_id, partial(full_scan.rewrite_unpaid, bonus))


def _admins(ports: DataCheckPorts, partner: Partner) -> Iterator[Finding]:
    admins = sum(item.role is Role.PARTNER_ADMIN for item in ports.members.of_partner(partner.partner_id))
    if admins != partner.admin_count:
        updated = replace(partner, admin_count=admins, version=partner.version + 1)
        description = f"{partner.admin_count}, there are {admins}"
        yield Finding(Kind.ADMIN_COUNT, partner.partner_id, description, _writing(ports, Replace(partner, updated)))


def _slug(ports: DataCheckPorts, partner: Partner) -> Iterator[Finding]:
    invite = ports.invites.of_partner(partner.partner_id)
    existing = ports.invites.claim(invite.slug) if invite else None
    if invite and existing is None:
        right = SlugClaim(invite.slug, partner.partner_id)
        yield Finding(Kind.SLUG_MISSING, partner.partner_id, invite.slug, _writing(ports, Insert(right)))
    elif invite and existing and existing.partner_id != partner.partner_id:
        yield Finding(Kind.SLUG_ELSEWHERE, partner.partner_id, invite.slug)


def _nobodys(ports: DataCheckPorts, full_scan: FullScan, partners: frozenset[str]) -> Iterator[Finding]:
    """Names that lead to nothing: of an account that is not there, of a partner that is not there."""
    for username in full_scan.usernames():
        if username.account_id != NOBODY and not _exists(ports, username.partner_id, username.account_id):
            yield Finding(
                Kind.USERNAME_OF_NOTHING, username.partner_id, username.account_id, _writing(ports, Remove(username))
            )
    for slug in full_scan.slugs():
        if slug.partner_id not in partners:
            yield Finding(Kind.SLUG_OF_NOBODY, slug.partner_id, slug.slug)


def _writing(ports: HasWriter, write: Write) -> Callable[[], object]:
    return lambda: ports.transaction_writer.write(Change((write,), None))

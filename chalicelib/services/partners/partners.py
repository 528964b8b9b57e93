"""Partners as operators see them: creating one, its terms, suspending it; and each partner's own settings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from chalicelib.domain.accounts.erasures import erasure_of_addresses
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.errors import StaleVersion
from chalicelib.domain.kernel.paging import Page
from chalicelib.domain.kernel.text import search_key
from chalicelib.domain.mail.recipient_confirmations import confirmed_among
from chalicelib.domain.partners.partners import Partner
from chalicelib.domain.partners.rules import require_settings, require_terms
from chalicelib.services.accounts import erasures as account_erasures
from chalicelib.services.mail import deliveries
from chalicelib.services.mail.recipient_confirmations import request as request_confirmation
from chalicelib.services.report_runs.report_schedules import in_time_zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.erasures import Erasure
    from chalicelib.domain.changes import Write
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.domain.partners.partners import Terms
    from chalicelib.domain.ports import HasClock, HasPartners
    from chalicelib.services.ports import SettingsPorts


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerChange:
    """What an operator changes; None leaves it."""

    name: str | None = None
    terms: Mapping[str, Any] = field(default_factory=dict)
    """Those that change, by name."""
    suspended: bool | None = None


def page(ports: HasPartners, after: str | None, limit: int) -> Page[Partner]:
    """Partners by name, after that key; each page scans them all, which only operators do."""
    keyed = sorted(((_key(item), item) for item in ports.partners.all()), key=itemgetter(0))
    following = [(key, partner) for key, partner in keyed if after is None or key > after]
    shown = following[:limit]
    return Page(tuple(partner for _, partner in shown), shown[-1][0] if len(following) > limit else None)


def _key(partner: Partner) -> str:
    return f"{search_key(partner.name)}#{partner.partner_id}"


def create(ports: HasClock, actor: Actor, name: str, terms: Terms) -> Change[Partner]:
    """Return a new partner, without members: its first admin is invited by the operator."""
    require_terms(name, terms)
    at = ports.clock()
    partner = Partner(partner_id=ids.random_id("ptnr"), name=name.strip(), created_at=at, terms=terms)
    audited = entry(actor, at, AuditKind.PARTNER_CREATED, after=partner, partner_id=partner.partner_id)
    return Change((Insert(partner), Insert(audited)), partner)


def change(ports: HasPartners, actor: Actor, partner_id: str, version: int, wanted: PartnerChange) -> Change[Partner]:
    """Change a partner's name, its terms, or whether it is suspended."""
    current = _seen(ports, partner_id, version)
    updated = replace(
        current,
        name=current.name if wanted.name is None else wanted.name.strip(),
        terms=replace(current.terms, **wanted.terms),
        suspended=current.suspended if wanted.suspended is None else wanted.suspended,
    )
    require_terms(updated.name, updated.terms)
    return _changed(ports, actor, AuditKind.PARTNER_CHANGED, current, updated)


def change_settings(
    ports: SettingsPorts, actor: Actor, version: int, changed_values: Mapping[str, Any]
) -> Change[Partner]:
    """Return the partner's own settings, within the platform's limits; `changed_values` holds those that change, by
    name.

    A new recipient who is not of the team is asked to confirm; one who is taken out has to confirm again to come back,
    and its address leaves the partner's schedules, report runs and deliveries, which a worker does.
    """
    current = _seen(ports, actor.partner_id, version)
    settings = replace(current.settings, **changed_values)
    require_settings(settings)
    updated = replace(current, settings=settings, confirmed_recipients=confirmed_among(current, settings.recipients))
    change = _changed(ports, actor, AuditKind.SETTINGS_CHANGED, current, updated)
    asked = _ask_new_recipients(ports, actor, current, change.result)
    writes = [write for mail, counted in asked for write in (Insert(mail), counted)]
    if settings.time_zone != current.settings.time_zone:
        writes.extend(in_time_zone(ports, current.partner_id, current.settings.time_zone, settings.time_zone))
    erasures = tuple(_erase_former_recipients(ports, actor, current, change.result))
    return change.also(*writes, *map(Insert, erasures)).then(
        lambda: deliveries.enqueue(ports, *(mail for mail, _ in asked)),
        lambda: account_erasures.enqueue(ports, *erasures),
    )


def _erase_former_recipients(ports: HasClock, actor: Actor, current: Partner, updated: Partner) -> Iterator[Erasure]:
    """Yield one erasure of all the addresses that were taken out, where any were."""
    kept = set(map(address_key, updated.settings.recipients))
    former = [recipient for recipient in current.settings.recipients if address_key(recipient) not in kept]
    if former:
        yield erasure_of_addresses(current.partner_id, former, actor.subject, ports.clock())


def _ask_new_recipients(
    ports: SettingsPorts, actor: Actor, current: Partner, updated: Partner
) -> list[tuple[Delivery, Write]]:
    known_keys = {address_key(recipient) for recipient in current.settings.recipients}
    team = {address_key(item.email) for item in ports.members.of_partner(current.partner_id)}
    new = [recipient for recipient in updated.settings.recipients if address_key(recipient) not in known_keys | team]
    return [request_confirmation(ports, actor, updated, item) for item in new]


def _seen(ports: HasPartners, partner_id: str, version: int) -> Partner:
    partner = ports.partners.get(partner_id)
    if partner.version != version:
        raise StaleVersion("This has changed since you read it. Read it again and repeat your change.")
    return partner


def _changed(ports: HasClock, actor: Actor, kind: AuditKind, current: Partner, updated: Partner) -> Change[Partner]:
    if updated == current:
        return Change((), current)
    updated = replace(updated, version=current.version + 1)
    audited = entry(actor, ports.clock(), kind, before=current, after=updated, partner_id=current.partner_id)
    return Change((Replace(current, updated), Insert(audited)), updated)

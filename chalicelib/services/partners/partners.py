"""Partners as operators see them: making one, its terms, suspending it; and each partner's own settings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from chalicelib.domain.audit import entry
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.errors import Changed
from chalicelib.domain.kernel.paging import Page
from chalicelib.domain.kernel.text import search_key
from chalicelib.domain.mail.recipient_confirmations import confirmed_among
from chalicelib.domain.partners.partners import Partner
from chalicelib.domain.partners.rules import require_settings, require_terms
from chalicelib.services.mail.recipient_confirmations import request as request_confirmation
from chalicelib.services.report_runs.report_schedules import in_time_zone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.domain.access import Actor
    from chalicelib.domain.changes import Write
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.domain.partners.partners import Terms
    from chalicelib.domain.ports import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerChange:
    """What an operator changes; None leaves it."""

    name: str | None = None
    terms: Mapping[str, Any] = field(default_factory=dict)
    """Those that change, by name."""
    suspended: bool | None = None


def page(ports: Ports, after: str | None, limit: int) -> Page[Partner]:
    """Partners by name, after that key; each page scans them all, which only operators do."""
    keyed = sorted(((_key(each), each) for each in ports.partners.all()), key=itemgetter(0))
    following = [(key, each) for key, each in keyed if after is None or key > after]
    shown = following[:limit]
    return Page(tuple(each for _, each in shown), shown[-1][0] if len(following) > limit else None)


def _key(partner: Partner) -> str:
    return f"{search_key(partner.name)}#{partner.partner_id}"


def create(ports: Ports, actor: Actor, name: str, terms: Terms) -> Change[Partner]:
    """A new partner, without members: its first admin is invited by the operator."""
    require_terms(name, terms)
    at = ports.clock()
    partner = Partner(partner_id=ids.random_id("ptnr"), name=name.strip(), created_at=at, terms=terms)
    audited = entry(actor, at, "partner.created", after=partner, partner_id=partner.partner_id)
    return Change((Insert(partner), Insert(audited)), partner)


def change(ports: Ports, actor: Actor, partner_id: str, version: int, wanted: PartnerChange) -> Change[Partner]:
    """Change a partner's name, its terms, or whether it is suspended."""
    was = _seen(ports, partner_id, version)
    now = replace(
        was,
        name=was.name if wanted.name is None else wanted.name.strip(),
        terms=replace(was.terms, **wanted.terms),
        suspended=was.suspended if wanted.suspended is None else wanted.suspended,
    )
    require_terms(now.name, now.terms)
    return _changed(ports, actor, "partner.changed", was, now)


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """A partner with its changed settings, and the mails that ask its new recipients to confirm."""

    partner: Partner
    mails: tuple[Delivery, ...] = ()


def change_settings(ports: Ports, actor: Actor, version: int, said: Mapping[str, Any]) -> Change[SettingsChange]:
    """The partner's own settings, within the platform's limits; `said` holds those that change, by name.

    A new recipient who is not of the team is asked to confirm; one who is taken out has to confirm again to come back.
    """
    was = _seen(ports, actor.partner_id, version)
    settings = replace(was.settings, **said)
    require_settings(settings)
    now = replace(was, settings=settings, confirmed_recipients=confirmed_among(was, settings.recipients))
    change = _changed(ports, actor, "settings.changed", was, now)
    asked = _ask_new_recipients(ports, actor, was, change.result)
    writes = [write for mail, counted in asked for write in (Insert(mail), counted)]
    if settings.time_zone != was.settings.time_zone:
        writes.extend(in_time_zone(ports, was.partner_id, was.settings.time_zone, settings.time_zone))
    return Change((*change.writes, *writes), SettingsChange(change.result, tuple(mail for mail, _ in asked)))


def _ask_new_recipients(ports: Ports, actor: Actor, was: Partner, now: Partner) -> list[tuple[Delivery, Write]]:
    known = {address_key(each) for each in was.settings.recipients}
    team = {address_key(each.email) for each in ports.members.of_partner(was.partner_id)}
    new = [each for each in now.settings.recipients if address_key(each) not in known | team]
    return [request_confirmation(ports, actor, now, each) for each in new]


def _seen(ports: Ports, partner_id: str, version: int) -> Partner:
    partner = ports.partners.get(partner_id)
    if partner.version != version:
        raise Changed("This has changed since you read it. Read it again and repeat your change.")
    return partner


def _changed(ports: Ports, actor: Actor, kind: str, was: Partner, now: Partner) -> Change[Partner]:
    if now == was:
        return Change((), was)
    now = replace(now, version=was.version + 1)
    audited = entry(actor, ports.clock(), kind, before=was, after=now, partner_id=was.partner_id)
    return Change((Replace(was, now), Insert(audited)), now)

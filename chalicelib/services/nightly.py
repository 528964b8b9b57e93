"""The nightly run: every partner is settled once a night, and its earned bonuses are announced."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.clock import today
from chalicelib.domain.errors import Changed, Conflict
from chalicelib.domain.nights import NightlyRun, PartnerNight, totals
from chalicelib.services import settlement
from chalicelib.services.announcing import announce

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.changes import Write
    from chalicelib.domain.ports import Ports


def begin(ports: Ports) -> NightlyRun:
    """Hand every partner that is not done yet to the settle workers; begun again the same night, it goes on."""
    day = today(ports.clock)
    done = {each.partner_id for each in ports.nights.partners(day) if each.done_at}
    partners = [each.partner_id for each in ports.partners.all()]
    run = _recorded(ports, day, len(partners))
    ports.settle_queue.send_all(
        (each, {"partner_id": each, "night": day.isoformat()}) for each in partners if each not in done
    )
    return run


def _recorded(ports: Ports, day: date, partners: int) -> NightlyRun:
    run = NightlyRun(date=day, started_at=ports.clock(), partners=partners)
    try:
        return ports.journal.commit(Change((Insert(run),), run))
    except Conflict:
        return ports.nights.run(day) or run


def spend(ports: Ports, partner_id: str, night: date) -> PartnerNight:
    """One partner's night; sent again, it goes on where it was, and nothing counts or is mailed twice."""
    before = ports.nights.partner(night, partner_id)
    if before and before.done_at:
        return before
    settled = list(settlement.settle_all(ports, partner_id, night))
    failed = [each.account_id for each in settled if each.failed]
    for account_id in failed:
        settlement.set_aside(ports, partner_id, account_id)
    announce(ports, partner_id, [each.account_id for each in settled if each.earned])
    return _closed(ports, partner_id, night, len(failed))


def _closed(ports: Ports, partner_id: str, night: date, failures: int) -> PartnerNight:
    if not failures:
        settlement.mark_settled(ports, ports.partners.get(partner_id), today(ports.clock))
    was = ports.nights.partner(night, partner_id)
    now = replace(was or PartnerNight(date=night, partner_id=partner_id), done_at=ports.clock(), failures=failures)
    written: Write = Replace(was, now) if was else Insert(now)
    return ports.journal.commit(Change((written,), now))


def finish_nights(ports: Ports) -> int:
    """Note of this night and the last whether they are over; gives how many have just been found to be."""
    day = today(ports.clock)
    return sum(_finished(ports, each) for each in (day - timedelta(days=1), day))


def _finished(ports: Ports, night: date) -> bool:
    run = ports.nights.run(night)
    if run is None or run.finished_at is not None:
        return False
    if totals(ports.nights.partners(night)).done < run.partners:
        return False
    with suppress(Changed):
        ports.journal.commit(Change((Replace(run, replace(run, finished_at=ports.clock())),), None))
        return True
    return False

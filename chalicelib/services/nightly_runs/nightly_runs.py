"""The nightly run: enqueues every partner for the settle workers, and notes when all are done."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Conflict, StaleVersion
from chalicelib.domain.nightly_runs import NightlyRun, totals

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.kernel.queues import Message
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.services.ports import NightlyRunPorts


def begin(ports: NightlyRunPorts) -> NightlyRun:
    """Enqueue every partner that is not done yet for the settle workers; begun again the same night, it goes on."""
    day = today(ports.clock)
    done = {partner.partner_id for partner in ports.nightly_runs.partners(day) if partner.done_at}
    messages = [(item.partner_id, _message(item, day)) for item in ports.partners.all()]
    run = _recorded(ports, day, len(messages))
    ports.settle_queue.send_all(message for message in messages if message[0] not in done)
    return run


def _message(partner: Partner, night: date) -> Message:
    """Return a worker's message, with what it needs of the partner, so that nobody reads the partner again."""
    bonus = partner.terms.bonus
    return {
        "partner_id": partner.partner_id,
        "night": night.isoformat(),
        "bonus_amount": str(bonus.amount),
        "bonus_currency": bonus.currency,
    }


def _recorded(ports: NightlyRunPorts, day: date, partners: int) -> NightlyRun:
    run = NightlyRun(date=day, started_at=ports.clock(), partners=partners)
    try:
        return ports.transaction_writer.write(Change((Insert(run),), run))
    except Conflict:
        return ports.nightly_runs.run(day) or run


def finish_runs(ports: NightlyRunPorts) -> int:
    """Note of this night and the last whether they are over; gives how many have just been found to be."""
    day = today(ports.clock)
    return sum(_finished(ports, item) for item in (day - timedelta(days=1), day))


def _finished(ports: NightlyRunPorts, night: date) -> bool:
    run = ports.nightly_runs.run(night)
    if run is None or run.finished_at is not None:
        return False
    if totals(ports.nightly_runs.partners(night)).done < run.partners:
        return False
    with suppress(StaleVersion):
        ports.transaction_writer.write(Change((Replace(run, replace(run, finished_at=ports.clock())),), None))
        return True
    return False

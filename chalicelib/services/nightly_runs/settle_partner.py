"""One partner's night: what is due is settled, earned bonuses are announced, and that it is over is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.changes import AddSettlementCounts, Change, FinishPartnerSettlement, MarkSettled
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Conflict
from chalicelib.domain.nightly_runs import PartnerSettlement
from chalicelib.services.accounts import due_changes
from chalicelib.services.nightly_runs.bonus_notifications import notify_earned

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.domain.changes import Write
    from chalicelib.domain.kernel.money import Money
    from chalicelib.domain.ports import HasWriter
    from chalicelib.services.ports import SettlementPorts


def settle_partner(
    ports: SettlementPorts, partner_id: str, night: date, bonus: Money | None = None
) -> PartnerSettlement:
    """Settle the partner for a night; sent again, it goes on where it was, and nothing counts or is mailed twice.

    A partner of whom nothing is due costs one Query, and one for the mail; `bonus` is what its terms give.
    """

    def counted(entry: due_changes.Settled) -> tuple[Write, ...]:
        return (AddSettlementCounts(night, partner_id, 1, int(entry.earned)),)

    settled = list(due_changes.settle_all(ports, partner_id, due_changes.Occasion(bonus, counted)))
    failed = [item.account_id for item in settled if item.failed]
    for account_id in failed:
        due_changes.set_aside(ports, partner_id, account_id)
    notify_earned(ports, partner_id, [item.account_id for item in settled if item.earned])
    _close(ports, partner_id, night, len(failed))
    return PartnerSettlement(
        date=night,
        partner_id=partner_id,
        settled=sum(not item.failed for item in settled),
        bonuses=sum(item.earned for item in settled),
        failures=len(failed),
    )


def _close(ports: HasWriter, partner_id: str, night: date, failures: int) -> None:
    writes: list[Write] = [FinishPartnerSettlement(night, partner_id, ports.clock(), failures)]
    if not failures:
        writes.append(MarkSettled(partner_id, today(ports.clock)))
    try:
        ports.transaction_writer.write(Change(tuple(writes), None))
    except Conflict:
        return

"""Settles the partners, and the single accounts, that the queue names, and carries erasures out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.domain.kernel.money import Money
from chalicelib.jobs.decorators import count, each_message
from chalicelib.services.accounts.due_changes import catch_up, settle
from chalicelib.services.accounts.erasure_recovery import carry_out
from chalicelib.services.nightly_runs.settle_partner import settle_partner
from chalicelib.services.report_runs.folders import remove_leftovers

if TYPE_CHECKING:
    from chalicelib.bootstrap import Ports
    from chalicelib.domain.kernel.queues import Message
    from chalicelib.jobs.decorators import LogFields

blueprint = Blueprint(__name__)


@blueprint.on_sqs_message("settlements", batch_size=1)
@each_message
def settle_worker(ports: Ports, message: Message) -> LogFields:
    """Return one partner's night, all that is due of a partner by day, one account, or the erasure of one person."""
    partner_id = message["partner_id"]
    if "erased_account_id" in message:
        erasure = carry_out(ports, partner_id, message["erased_account_id"])
        return {"erasure": erasure.status.value if erasure else "nothing to do"}
    if "account_id" in message:
        return {"earned": settle(ports, partner_id, message["account_id"]).earned}
    if "night" not in message:
        return {"settled": catch_up(ports, partner_id)}
    bonus = Money(int(message["bonus_amount"]), message["bonus_currency"])
    night = settle_partner(ports, partner_id, date.fromisoformat(message["night"]), bonus)
    remove_leftovers(ports, partner_id)
    count("PartnersSettled")
    count("AccountsNotSettled", night.failures)
    return {"settled": night.settled, "bonuses": night.bonuses, "failures": night.failures}

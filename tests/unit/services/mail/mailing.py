"""A partner with a team, a ready report run, and mails about it, on the fakes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chalicelib.domain.access import Role
from chalicelib.domain.accounts.accounts import Status
from chalicelib.domain.mail.deliveries import Delivery
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.partners import PartnerSettings
from chalicelib.domain.report_runs.report_runs import ReportRequest, ReportRun
from chalicelib.domain.report_runs.transitions import requested
from chalicelib.services.mail.send_worker import deliver
from chalicelib.services.report_runs.worker import make
from tests.factories import a_partner
from tests.fakes import FakePorts
from tests.unit.reports.portfolio_of import ACME, ADMIN, account

if TYPE_CHECKING:
    from collections.abc import Sequence

GRACE = "grace@acme.example"
BOSS = "Boss@acme.example"
REQUEST = ReportRequest(
    report="managed-account-details", formats=("csv", "html"), account_status=Status.OPEN, email_to=(GRACE,)
)


def agency(**settings: Any) -> FakePorts:
    """Acme Agency: Grace is of its team, its boss is a recipient in its settings."""
    ports = FakePorts()
    chosen = PartnerSettings(recipients=(BOSS,), **settings)
    ports.book.put(
        a_partner(partner_id=ACME, name="Acme Agency", created_at=ports.now, settled_on=ports.today, settings=chosen),
        Member(
            subject=ADMIN.subject,
            partner_id=ACME,
            role=Role.PARTNER_ADMIN,
            email=GRACE,
            name="Grace",
            since=ports.now,
        ),
        account(1),
    )
    return ports


def asked(ports: FakePorts, schedule_id: str | None = None, **changes: Any) -> ReportRun:
    """A run that waits to be made."""
    run = requested(ADMIN, replace(REQUEST, **changes), ports.now, schedule_id)
    ports.book.put(run)
    return run


def made(ports: FakePorts, schedule_id: str | None = None, **changes: Any) -> ReportRun:
    """A run that was just made, its mails waiting."""
    run = asked(ports, schedule_id, **changes)
    make(ports, ACME, run.report_run_id)
    return ports.report_runs.get(ACME, run.report_run_id)


def mails(ports: FakePorts) -> list[Delivery]:
    """Every delivery there is."""
    return sorted(ports.book.all(Delivery), key=lambda item: item.delivery_id)


def delivered(ports: FakePorts, messages: Sequence[Any] | None = None) -> list[Delivery]:
    """What becomes of the deliveries that were handed over."""
    for _, message in list(ports.delivery_queue.sent if messages is None else messages):
        deliver(ports, message["partner_id"], message["delivery_id"])
    return mails(ports)

"""Workflows of the jobs that nobody asks for: what the sweeper recovers, and what the mail service tells.

A test misses a registered event function without a workflow that lets its calls go wrong.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.domain.accounts.erasures import Erasure, erasure_of_addresses
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.mail.deliveries import Delivery, DeliveryStatus
from chalicelib.domain.partners.session_endings import SessionEnding
from chalicelib.domain.report_runs.transitions import LEASE, started
from tests.fault_injection.mailed import GRACE, mailed_to
from tests.fault_injection.operations import INVITED, OPEN, SENT, reported
from tests.fault_injection.workflows import ACME, RECIPIENT, REPORT, Workflow, caller, in_bulk, peopled
from tests.fault_injection.world import NOON
from tests.unit.domain.imports.portfolio_rows import OPEN as ROW
from tests.unit.services.imports.importing import as_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fault_injection.world import World

LONG_AGO = NOON - timedelta(minutes=30)
MAILED = replace(SENT, status=DeliveryStatus.SENT, sent_at=LONG_AGO, message_id="ses-1")
ERASED = Erasure(
    partner_id=ACME,
    account_id=OPEN.account_id,
    requested_by="operator",
    requested_at=LONG_AGO,
    last_heartbeat_at=LONG_AGO,
    traces=("zerlinda",),
)
FORMER = replace(
    erasure_of_addresses(ACME, (GRACE,), "admin", LONG_AGO), account_id="former_01M6NS91G04ZYMSWK41DVQQ5ZJ"
)


def run_recovery(world: World) -> None:
    """One look of the sweeper, and what the queues make of it."""
    world.tick("sweeper")
    world.work()


def recovering(*things: Any) -> Workflow:
    """What the sweeper finds stale."""
    return Workflow(peopled(OPEN, *things), run_recovery)


def _requested_report(world: World) -> dict[str, Any]:
    """Request a report whose message is lost."""
    peopled(OPEN)(world)
    caller("admin").using(Idempotency_Key="made").call("POST", "/reports", REPORT)
    world.cloud.received("reports")
    (run,) = (item for table, item in world.cloud.items() if table == "report-runs")
    return run


def unstarted_report(world: World) -> None:
    """Have a report there whose message was lost."""
    _requested_report(world)
    world.now += timedelta(minutes=20)


def running_report(world: World, attempts: int = 1) -> None:
    """Have a report there that a worker began and is making."""
    item = _requested_report(world)
    run = world.container.report_runs.get(ACME, str(item["report_run_id"]))
    for _ in range(attempts):
        run, before = started(run, world.now), run
        world.container.transaction_writer.write(Change((Replace(before, run),), None))


def dead_report(attempts: int = 1) -> Callable[[World], None]:
    """Have a report there whose worker died in the last of so many attempts."""

    def before(world: World) -> None:
        running_report(world, attempts)
        world.now += timedelta(minutes=20)

    return before


def expired_report(world: World) -> None:
    """Have a report there whose files have had their time."""
    reported(world)
    world.now += timedelta(days=400)


def stale_import(world: World) -> None:
    """Have an import there whose message was lost."""
    peopled()(world)
    operator = caller("operator")
    made = operator.using(Idempotency_Key="made").call("POST", "/imports", {"kind": "portfolio"}).json
    world.cloud.upload(f"imports/{ACME}/{made['import_id']}/upload.csv", as_file([ROW, {**ROW, "username": "x"}]))
    operator.using(Idempotency_Key="start").call("POST", f"/imports/{made['import_id']}/start")
    world.cloud.received("imports")
    world.now += timedelta(minutes=20)


def stale_bulk_operation(world: World) -> None:
    """Have a bulk operation there whose message was lost."""
    peopled(OPEN)(world)
    asked = in_bulk("activate_add_on", OPEN.account_id, add_on="seo")
    caller("admin").using(Idempotency_Key="made").call("POST", "/bulk-operations", asked)
    world.cloud.received("bulk-operations")
    world.now += timedelta(minutes=20)


def session_to_end(world: World) -> None:
    """Have somebody there who left the team and whose session could not be ended."""
    peopled()(world)
    world.container.sign_ins.create(INVITED.email, INVITED.name, "Aa1first-password")
    users = world.cloud.client("cognito-idp").list_users(UserPoolId=world.cloud.pool_id)["Users"]
    ending = SessionEnding(subject=users[0]["Username"], requested_at=LONG_AGO)
    world.container.transaction_writer.write(Change((Insert(ending),), None))


def unfinished_night(world: World) -> None:
    """Have a night there whose partners are settled and that nobody has closed yet."""
    peopled(OPEN)(world)
    world.tick("nightly")
    world.work()


def logged(kind: str, message_id: str = "ses-1", **more: Any) -> Callable[[World], None]:
    """News of the mail service about a mail that was sent long ago."""
    recipients = {f"{'bounced' if kind == 'Bounce' else 'complained'}Recipients": [{"emailAddress": RECIPIENT}]}
    news = {
        "eventType": kind,
        "mail": {"messageId": message_id, "timestamp": "2026-01-05T11:00:00.000Z"},
        kind.lower(): {**recipients, **more},
    }

    def act(world: World) -> None:
        world.cloud.send("bounces", {"Message": json.dumps(news)})
        world.work()

    return act


def _mail(**changed: Any) -> Delivery:
    return replace(SENT, last_heartbeat_at=LONG_AGO, **changed)


JOBS_ALONE: dict[str, Workflow] = {
    "bounce": Workflow(peopled(MAILED), logged("Bounce", bounceType="Permanent")),
    "bounce for now": Workflow(peopled(MAILED), logged("Bounce", bounceType="Transient")),
    "complaint": Workflow(peopled(MAILED), logged("Complaint")),
    "recovered report": Workflow(dead_report(), run_recovery),
    "unstarted report": Workflow(unstarted_report, run_recovery),
    "given up report": Workflow(dead_report(LEASE.max_attempts), run_recovery),
    "expired report": Workflow(expired_report, run_recovery),
    "recovered import": Workflow(stale_import, run_recovery),
    "recovered bulk operation": Workflow(stale_bulk_operation, run_recovery),
    "recovered delivery": recovering(_mail(status=DeliveryStatus.QUEUED)),
    "unsure delivery": recovering(_mail(status=DeliveryStatus.SENDING, attempts=1)),
    "recovered erasure": recovering(ERASED),
    "recovered erasure of an address": recovering(FORMER, *mailed_to(ACME, GRACE)),
    "ended session": Workflow(session_to_end, run_recovery),
    "finished night": Workflow(unfinished_night, run_recovery),
}

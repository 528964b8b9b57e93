"""Workflows of rare branches: what was there before makes an operation go another way than it mostly does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.kernel.money import Money
from tests.factories import a_bonus
from tests.fault_injection.jobs import running_report
from tests.fault_injection.operations import ACTIVITY
from tests.fault_injection.workflows import (
    ACME,
    BEST,
    CONSENT,
    EARNED,
    REPORT,
    Workflow,
    account,
    asking,
    caller,
    importing,
    in_bulk,
    peopled,
)

if TYPE_CHECKING:
    from tests.fault_injection.world import World

MOVED = replace(account("moved"), username="acme-bakery")
"""Its username is one of the rows of the file that is imported."""
EUROS = account("euros", bonus_status=EARNED.bonus_status, bonus_earned_on=EARNED.bonus_earned_on)


def bonuses_in_two_currencies(world: World) -> None:
    """Have bonuses there that were earned before and after the partner's currency changed."""
    earned = [
        a_bonus(account_id=item.account_id, partner_id=ACME, username=item.username, money=money)
        for item, money in ((EARNED, Money(10_000, "USD")), (EUROS, Money(9_000, "EUR")))
    ]
    peopled(EARNED, EUROS, *earned)(world)


def key_used_long_ago(world: World) -> None:
    """Have a request there whose key has expired: the same key now stands for another request."""
    peopled()(world)
    caller("operator").using(Idempotency_Key="key-1").call("POST", "/partners", {"name": "Agency Three"})
    world.now += timedelta(hours=73)


def moved_away(world: World) -> None:
    """Have an account there that another partner has by now."""
    peopled(MOVED)(world)
    body = {"to_partner_id": BEST, "qualifies": True, "consent": CONSENT}
    moved = caller("operator").using(Idempotency_Key="moved").call("POST", "/accounts/acct_moved/moves", body)
    assert moved.status < 400, moved.text


def deleting_unmade(world: World) -> None:
    """A report is requested and deleted before a worker comes to it."""
    admin = caller("admin")
    path = f"/reports/{world.asks(admin, 'POST', '/reports', REPORT).json['report_run_id']}"
    world.asks(admin, "DELETE", path)
    world.work()


def deleting_running(world: World) -> None:
    """A report that a worker is making is deleted, and its message comes again."""
    (run,) = (item for table, item in world.cloud.items() if table == "report-runs")
    world.asks(caller("admin"), "DELETE", f"/reports/{run['report_run_id']}")
    world.cloud.send("reports", {"partner_id": ACME, "report_run_id": str(run["report_run_id"])})
    world.work()


def revoking_unmade(world: World) -> None:
    """The links of a report are revoked before a worker comes to it."""
    admin = caller("admin")
    path = f"/reports/{world.asks(admin, 'POST', '/reports', REPORT).json['report_run_id']}"
    world.asks(admin, "DELETE", f"{path}/links")
    world.work()


def stopping_unstarted(world: World) -> None:
    """A bulk operation is stopped before a worker comes to it."""
    admin = caller("admin")
    asked = in_bulk("activate_add_on", "acct_open", add_on="seo")
    made = world.asks(admin, "POST", "/bulk-operations", asked).json
    world.asks(admin, "POST", f"/bulk-operations/{made['bulk_operation_id']}/stop")
    world.work()


BRANCHES: dict[str, Workflow] = {
    "expired key": Workflow(key_used_long_ago, asking("operator", "POST", "/partners", {"name": "Agency Four"})),
    "two currencies": Workflow(
        bonuses_in_two_currencies,
        asking(
            "operator",
            "POST",
            "/bulk-operations",
            in_bulk("pay_bonuses", EARNED.account_id, EUROS.account_id, reference="P-1"),
        ),
    ),
    "import of a moved account": Workflow(moved_away, importing),
    "activity of a moved account": Workflow(
        moved_away,
        asking("platform", "POST", "/activity", {"reports": [{**ACTIVITY, "username": MOVED.username}]}),
    ),
    "delete unmade report": Workflow(peopled(account("open")), deleting_unmade),
    "delete running report": Workflow(running_report, deleting_running),
    "stop bulk operation": Workflow(peopled(account("open")), stopping_unstarted),
    "revoke unmade report": Workflow(peopled(account("open")), revoking_unmade),
}

"""What people ask of the API: each act draws a request, or none where there is nothing to ask about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.bulk_operations.bulk_operations import BulkOperation, BulkStatus
from chalicelib.domain.kernel.clock import instant_text
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.partners import Partner
from chalicelib.domain.report_runs.report_runs import ReportRun
from chalicelib.domain.report_runs.report_schedules import ReportSchedule
from chalicelib.domain.sms.sms_registrations import Registration
from tests.scenario import FORM

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

PAID = ("lite", "standard", "premium")
NAMES = [f"client-{number:02}" for number in range(14)]
"""Few, so that two want the same."""
STATUSES = ("O", "T", "E", "C")


@dataclass(frozen=True, slots=True)
class Request:
    """One request; by the partner's admin, unless it is somebody else's to make."""

    subject: str
    partner_id: str
    method: str
    path: str
    body: Any = None
    acting_for: str | None = None
    version: int | None = None


def texting(account: Account) -> bool:
    return AddOn.SMS in account.add_ons


def on_single_bill(account: Account) -> bool:
    return account.billing_mode is BillingMode.SINGLE_BILL


def direct(account: Account) -> bool:
    return account.status is Status.OPEN and not on_single_bill(account)


def referred(account: Account) -> bool:
    return account.account_type is AccountType.REFERRED and not account.cancelled


def asked(account: Account) -> bool:
    return account.permission_ends_on is not None


IN_BULK: tuple[tuple[str, dict[str, str]], ...] = (
    ("activate_add_on", {"add_on": "sms"}),
    ("deactivate_add_on", {"add_on": "newsletter_archive"}),
    ("change_plan", {"plan": "premium"}),
    ("change_billing_mode", {"billing_mode": "direct"}),
    ("cancel", {"reason": "poor_results"}),
    ("request_permission", {}),
)
"""Bulk operations and their arguments."""
Act = Callable[["Simulation"], "Request | None"]


def create(sim: Simulation) -> Request:
    """A new account."""
    name = sim.one_of(NAMES)
    body = {
        "username": name.upper() if sim.dice.random() < 0.2 else name,
        "organization": f"{name} Ltd",
        "owner": {"email": f"{name}@example.com", "first_name": "Ada"},
        "plan": sim.one_of(("trial", *PAID, "premium")),
    }
    return sim.by_admin("POST", "/accounts", body)


def sign_up(sim: Simulation) -> Request:
    """A client that comes by itself."""
    name = sim.one_of(NAMES)
    body = {"username": name, "organization": f"{name} Ltd", "owner": {"email": f"{name}@example.com"}}
    return Request("platform", sim.partner(), "POST", f"/invites/{sim.one_of(('acme-one', 'best-one'))}/sign-ups", body)


def change_profile(sim: Simulation) -> Request | None:
    """Another website, of the version last seen or an old one."""
    return sim.about("PATCH", "", {"website": f"https://x{sim.dice.randrange(9)}.example"}, versioned=True)


def change_plan(sim: Simulation) -> Request | None:
    """An upgrade, a downgrade, a reactivation; keeping what was included or not."""
    keep = ["newsletter_archive"] if sim.dice.random() < 0.3 else []
    return sim.about("PUT", "/plan", {"plan": sim.one_of(PAID), "keep_add_ons": keep})


def cancel(sim: Simulation) -> Request | None:
    """Today or on a day to come."""
    on = sim.ports.today + timedelta(days=sim.one_of((0, 0, 1, 20, 94, 95)))
    reason = sim.one_of(list(CancelReason)).value
    return sim.about("PUT", "/cancellation", {"reason": reason, "effective_on": on.isoformat()})


def withdraw_cancellation(sim: Simulation) -> Request | None:
    return sim.about("DELETE", "/cancellation")


def activate(sim: Simulation) -> Request | None:
    return _switch(sim, "PUT")


def deactivate(sim: Simulation) -> Request | None:
    return _switch(sim, "DELETE")


def _switch(sim: Simulation, method: str) -> Request | None:
    by_client, add_on = sim.dice.random() < 0.3, sim.one_of((AddOn.SMS, *AddOn)).value
    return sim.about(method, f"/add-ons/{add_on}", by_client=by_client, fits=direct if by_client else on_single_bill)


def change_billing(sim: Simulation) -> Request | None:
    return sim.about("PUT", "/billing-mode", {"billing_mode": sim.one_of(("single_bill", "direct"))})


def make_referred(sim: Simulation) -> Request | None:
    return sim.about("PUT", "/account-type", {"account_type": "referred"})


def place_hold(sim: Simulation) -> Request | None:
    return sim.about("PUT", f"/holds/{sim.one_of(list(Hold)).value}", subject="operator")


def lift_hold(sim: Simulation) -> Request | None:
    return sim.about("DELETE", f"/holds/{sim.one_of(list(Hold)).value}", subject="operator")


def edit_registration(sim: Simulation) -> Request | None:
    """A draft, or one mended."""
    account = sim.account(texting)
    if account is None:
        return None
    kept = sim.ports.book.get(Registration, account.partner_id, account.account_id)
    path = f"/accounts/{account.account_id}/sms-registration"
    form = {name: value for name, value in asdict(FORM).items() if value}
    return Request("admin", account.partner_id, "PUT", path, form, version=kept.version if kept else 0)


def submit_registration(sim: Simulation) -> Request | None:
    return sim.about("POST", "/sms-registration/submission", fits=texting)


def review_registration(sim: Simulation) -> Request | None:
    verdict = {"status": sim.one_of(("in_review", "approved", "rejected")), "reason": "More, please."}
    return sim.about("POST", "/sms-registration/review", verdict, subject="operator", fits=texting)


def ask_permission(sim: Simulation) -> Request | None:
    return sim.about("PUT", "/permission-request", fits=referred)


def withdraw_permission(sim: Simulation) -> Request | None:
    return sim.about("DELETE", "/permission-request", fits=referred)


def answer_permission(sim: Simulation) -> Request | None:
    return sim.about(
        "PUT", "/permission-request/answer", {"approved": sim.dice.random() < 0.7}, by_client=True, fits=asked
    )


def move(sim: Simulation) -> Request | None:
    """To any partner, also to the one it is with."""
    consent = {"given_by": "Ada", "given_at": instant_text(sim.ports.now), "evidence": "ticket 7"}
    body = {"to_partner_id": sim.partner(), "qualifies": sim.dice.random() < 0.5, "consent": consent}
    return sim.about("POST", "/moves", body, subject="operator")


def erase(sim: Simulation) -> Request | None:
    return sim.about("POST", "/erasure", subject="operator")


def sign_in(sim: Simulation) -> Request | None:
    return sim.about("POST", "/sign-in-links")


def pay(sim: Simulation) -> Request | None:
    """Bonuses that are paid, or whose payment is taken back."""
    bonuses = sim.ports.book.all(Bonus)
    if not bonuses:
        return None
    chosen = sim.one_of(bonuses)
    body = {
        "operation": sim.one_of(("pay_bonuses", "pay_bonuses", "void_bonus_payments")),
        "arguments": {"reference": sim.one_of(("P-1", "P-2"))},
        "accounts": [item.account_id for item in bonuses if item.partner_id == chosen.partner_id][:9],
    }
    return Request("operator", chosen.partner_id, "POST", "/bulk-operations", body)


def change_in_bulk(sim: Simulation) -> Request | None:
    """One change of many accounts, also of those that are another partner's."""
    accounts = sim.ports.book.all(Account)
    if not accounts:
        return None
    operation, arguments = sim.one_of(IN_BULK)
    chosen = sorted({sim.one_of(accounts).account_id for _ in range(9)})
    return sim.by_admin(
        "POST", "/bulk-operations", {"operation": operation, "arguments": arguments, "accounts": chosen}
    )


def stop_in_bulk(sim: Simulation) -> Request | None:
    running = [item for item in sim.ports.book.all(BulkOperation) if item.status is BulkStatus.RUNNING]
    if not running:
        return None
    chosen = sim.one_of(running)
    path = f"/bulk-operations/{chosen.bulk_operation_id}/stop"
    return Request("operator", chosen.partner_id, "POST", path, None)


def report_activity(sim: Simulation) -> Request | None:
    """Of any age."""
    at = sim.ports.now - timedelta(hours=sim.dice.randrange(48))
    single = {"list_size": sim.dice.randrange(9), "login_count": 1, "campaigns_sent": 0}
    report = {"username": sim.one_of(NAMES), "as_of": instant_text(at), **single}
    return Request("platform", sim.partner(), "POST", "/activity", {"reports": [report]})


def run_report(sim: Simulation) -> Request:
    """Any report, sometimes by mail."""
    partner_id = sim.partner()
    email_to = [f"reports@{partner_id}.example"] if sim.dice.random() < 0.5 else []
    report = sim.one_of(("managed-account-details", "all-accounts-summary", "cancels-and-move-outs"))
    status = {"status": sim.one_of(STATUSES)} if report == "managed-account-details" else {}
    body = {"report": report, "formats": ["csv"], "email_to": email_to, **status}
    return Request("admin", partner_id, "POST", "/reports", body)


def delete_report(sim: Simulation) -> Request | None:
    runs = sim.ports.book.all(ReportRun)
    run = sim.one_of(runs) if runs else None
    return Request("admin", run.partner_id, "DELETE", f"/reports/{run.report_run_id}") if run else None


def schedule_report(sim: Simulation) -> Request:
    timing = {"frequency": "daily", "hour": sim.dice.randrange(24)}
    body = {"report": "all-accounts-summary", "formats": ["csv"], "timing": timing}
    return sim.by_admin("POST", "/report-schedules", body)


def delete_schedule(sim: Simulation) -> Request | None:
    existing = sim.ports.book.all(ReportSchedule)
    single = sim.one_of(existing) if existing else None
    path = f"/report-schedules/{single.report_schedule_id}" if single else ""
    return Request("admin", single.partner_id, "DELETE", path) if single else None


def ask_service(sim: Simulation) -> Request | None:
    account = sim.account()
    if account is None:
        return None
    body = {"account_id": account.account_id, "kind": "template_design", "brief": "A new template."}
    return Request("admin", account.partner_id, "POST", "/service-requests", body)


def invite_member(sim: Simulation) -> Request:
    name, role = sim.one_of(("kim", "lee", "max")), sim.one_of(("partner_admin", "partner_viewer"))
    return sim.by_admin("POST", "/team", {"email": f"{name}@example.com", "name": name, "role": role})


def change_member(sim: Simulation) -> Request | None:
    """Another role, for anybody but the one who asks; the last admin may be among them."""
    member = _member(sim)
    role = {"role": sim.one_of(("partner_admin", "partner_manager"))}
    path = f"/team/{member.subject}" if member else ""
    return Request("operator", str(member.partner_id), "PATCH", path, role, version=member.version) if member else None


def remove_member(sim: Simulation) -> Request | None:
    member = _member(sim)
    return Request("operator", str(member.partner_id), "DELETE", f"/team/{member.subject}") if member else None


def _member(sim: Simulation) -> Member | None:
    existing = [item for item in sim.ports.book.all(Member) if item.partner_id and not item.subject.startswith("admin")]
    return sim.one_of(existing) if existing else None


def change_settings(sim: Simulation) -> Request:
    partner = sim.one_of(sim.ports.book.all(Partner))
    body = {"recipients": [f"reports@{partner.partner_id}.example"]}
    return Request("admin", partner.partner_id, "PATCH", "/settings", body, version=partner.version)


def list_accounts(sim: Simulation) -> Request:
    return sim.by_admin("GET", f"/accounts?status={sim.one_of(STATUSES)}")


def summary(sim: Simulation) -> Request:
    return sim.by_admin("GET", "/summary")


def get_account(sim: Simulation) -> Request | None:
    return sim.about("GET", "")


COMMON: tuple[Act, ...] = (create, change_plan, change_plan, cancel, move, run_report, place_hold, lift_hold)
ADD_ONS: tuple[Act, ...] = (activate, deactivate)
SMS: tuple[Act, ...] = (edit_registration, submit_registration, review_registration)
REFERRED: tuple[Act, ...] = (sign_up, ask_permission, withdraw_permission, answer_permission)
RARE: tuple[Act, ...] = (
    *(make_referred, change_profile, withdraw_cancellation, change_billing, erase, sign_in, pay, report_activity),
    *(change_in_bulk, change_in_bulk, stop_in_bulk),
    *(delete_report, schedule_report, delete_schedule, ask_service, invite_member, change_member, remove_member),
    *(change_settings, list_accounts, summary, get_account),
)


def drawn(sim: Simulation) -> Request | None:
    """Any act."""
    return sim.one_of(sim.one_of((COMMON, COMMON, ADD_ONS, SMS, REFERRED, RARE)))(sim)

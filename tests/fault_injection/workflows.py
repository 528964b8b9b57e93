"""The workflows whose every call is made to fail: what is there before, and what is asked.

Adding to a workflow of the product means adding to it here; its calls are counted by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.domain.access import Role
from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Cancellation
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason, RegistrationStatus
from chalicelib.domain.accounts.management_requests import ManagementRequest
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.partners.partners import PartnerSettings
from chalicelib.domain.report_runs.report_runs import ReportRequest
from chalicelib.domain.report_runs.report_schedules import Frequency, ReportSchedule, Timing
from chalicelib.domain.sms.sms_registrations import Registration
from tests.api_client import ApiClient
from tests.factories import a_bonus, a_member, a_partner, a_person, a_trial, an_account
from tests.fault_injection.mailed import GRACE, mailed_to
from tests.fault_injection.world import NOON
from tests.scenario import FORM
from tests.unit.api.bodies import new
from tests.unit.domain.imports.portfolio_rows import CANCELLED, OPEN, TRIAL
from tests.unit.services.imports.importing import as_file

if TYPE_CHECKING:
    from chalicelib.domain.accounts.accounts import Account
    from tests.fault_injection.world import World

TODAY = NOON.date()
ACME, BEST = "prt_acme", "prt_best"
RECIPIENT = "reports@acme.example"
LONG_OPEN = TODAY - timedelta(days=95)
Step = Callable[["World"], Any]


@dataclass(frozen=True, slots=True)
class Workflow:
    """What is there before, and what then happens."""

    before: Step
    act: Step
    after: Step = lambda _: None
    """What has to happen before everything is at rest, such as another night."""


def caller(subject: str) -> ApiClient:
    """Somebody who calls the API; operators and the platform name the first partner."""
    from app import app

    client = ApiClient(app, subject)
    return client if subject == "admin" else client.using(Partner_Id=ACME)


def peopled(*things: Any, **partner: Any) -> Step:
    """Two partners, an admin, an operator and the platform, and these things."""

    def before(world: World) -> None:
        recipients = PartnerSettings(recipients=(RECIPIENT,), tracker_formats=("csv",))
        for partner_id in (ACME, BEST):
            world.put(a_partner(partner_id=partner_id, name=partner_id, settings=recipients, admin_count=1, **partner))
        for subject, employer, role in (
            ("admin", ACME, Role.PARTNER_ADMIN),
            ("operator", None, Role.OPERATOR),
            ("platform", None, Role.PLATFORM),
        ):
            email = f"{subject}@acme.example"
            world.put(a_person(subject, employer, role, email))
        world.put(*things)

    return before


def account(name: str, **changed: Any) -> Account:
    """An open account with an id that can be read."""
    return an_account(partner_id=ACME, account_id=f"acct_{name}", username=f"{name}-baker", **changed)


def trial(name: str, **changed: Any) -> Account:
    """A trial account with an id that can be read."""
    return a_trial(partner_id=ACME, account_id=f"acct_{name}", username=f"{name}-baker", **changed)


def registration(name: str, state: RegistrationStatus) -> Registration:
    """The SMS registration of that account."""
    return Registration(partner_id=ACME, account_id=f"acct_{name}", status=state, form=FORM, started_at=NOON)


def asking(subject: str, method: str, path: str, body: Any = None, **headers: str) -> Step:
    """One request, and what the queues make of it."""

    def act(world: World) -> None:
        world.asks(caller(subject).using(**headers), method, path, body)
        world.work()

    return act


TEXTING = account("texting", add_ons=frozenset({AddOn.SMS, AddOn.SEO}), sms_registration=RegistrationStatus.APPROVED)
DRAFTING = account("drafting", add_ons=frozenset({AddOn.SMS}), sms_registration=RegistrationStatus.DRAFT)
REFERRED = replace(
    account("referred", account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT), add_ons=frozenset()
)
ASKED = account(
    "asked",
    account_type=AccountType.REFERRED,
    billing_mode=BillingMode.DIRECT,
    permission_ends_on=TODAY + timedelta(days=9),
)
ASKING = ManagementRequest(
    permission_request_id="acct_asked#01M6NS91G04ZYMSWK41DVQQ5ZJ",
    partner_id=ACME,
    account_id="acct_asked",
    requested_by="admin",
    requested_at=NOON - timedelta(days=21),
    expires_on=TODAY + timedelta(days=9),
)
LEAVING = account("leaving", cancellation=Cancellation(TODAY, CancelReason.POOR_RESULTS))
RIPE = account("ripe", initial_upgrade_on=LONG_OPEN, created_on=LONG_OPEN)
"""One alone: of two, one that could not be settled this night is told of in another mail the next."""
EARNED = account("earned", initial_upgrade_on=LONG_OPEN, bonus_status=BonusStatus.EARNED, bonus_earned_on=TODAY)
SCHEDULE = ReportSchedule(
    partner_id=ACME,
    report_schedule_id="sched_daily",
    request=ReportRequest(report="all-accounts-summary", formats=("csv",), email_to=(RECIPIENT,)),
    timing=Timing(frequency=Frequency.DAILY, hour=12),
    created_by="admin",
    created_at=NOON - timedelta(days=1),
    next_run_at=NOON,
)
CONSENT = {"given_by": "Ada", "given_at": "2026-11-04T09:00:00Z", "evidence": "ticket 7"}
REPORT = {"report": "managed-account-details", "formats": ["csv", "xlsx"], "account_status": "O"}


def importing(world: World) -> None:
    """A portfolio from its form to its end."""
    rows = [
        OPEN,
        {**TRIAL, "username": "trial-firm"},
        {**CANCELLED, "username": "gone-firm"},
        {**OPEN, "username": "x"},
    ]
    operator = caller("operator")
    made = world.asks(operator, "POST", "/imports", {"kind": "portfolio"}).json
    world.cloud.upload(f"imports/{ACME}/{made['import_id']}/upload.csv", as_file(rows))
    world.asks(operator, "POST", f"/imports/{made['import_id']}/start")
    world.work()


def signing_in(world: World) -> None:
    """A link that is asked for and used."""
    link = world.asks(caller("admin"), "POST", "/accounts/acct_open/sign-in-links").json
    world.asks(caller("platform"), "POST", "/sign-in-links/redemptions", {"token": link["token"]})


def answering(world: World) -> None:
    """Permission that a client gives."""
    client = caller("platform").using(Acting_For=ASKED.username)
    world.asks(client, "PUT", "/accounts/acct_asked/permission-request/answer", {"approved": True})
    world.work()


def settling(world: World) -> None:
    """What a reader left to the workers."""
    world.cloud.send("settlements", {"partner_id": ACME})
    world.work()


def spending_the_night(world: World) -> None:
    """The nightly run with all that it sets off."""
    world.tick("nightly")
    world.work()


def keeping_the_schedule(world: World) -> None:
    """The five minutes in which a scheduled report is due."""
    world.tick("scheduled_reports")
    world.work()


def in_bulk(operation: str, *account_ids: str, **arguments: str) -> dict[str, Any]:
    """Return what is asked of a bulk operation."""
    return {"operation": operation, "arguments": arguments, "accounts": account_ids}


WORKFLOWS: dict[str, Workflow] = {
    "create": Workflow(peopled(), asking("admin", "POST", "/accounts", new())),
    "import": Workflow(peopled(), importing),
    "activate": Workflow(peopled(account("open")), asking("admin", "PUT", "/accounts/acct_open/add-ons/sms")),
    "deactivate": Workflow(
        peopled(TEXTING, registration("texting", RegistrationStatus.APPROVED)),
        asking("admin", "DELETE", "/accounts/acct_texting/add-ons/sms"),
    ),
    "upgrade": Workflow(
        peopled(trial("trial")), asking("admin", "PUT", "/accounts/acct_trial/plan", {"plan": Plan.PREMIUM.value})
    ),
    "cancel": Workflow(
        peopled(TEXTING, registration("texting", RegistrationStatus.APPROVED)),
        asking("admin", "PUT", "/accounts/acct_texting/cancellation", {"reason": "poor_results"}),
    ),
    "move": Workflow(
        peopled(TEXTING, registration("texting", RegistrationStatus.APPROVED)),
        asking(
            "operator",
            "POST",
            "/accounts/acct_texting/moves",
            {"to_partner_id": BEST, "qualifies": True, "consent": CONSENT},
        ),
    ),
    "report": Workflow(peopled(*(account(f"open{n}") for n in range(3))), asking("admin", "POST", "/reports", REPORT)),
    "mail": Workflow(
        peopled(account("open")),
        asking("admin", "POST", "/reports", {**REPORT, "formats": ["csv"], "email_to": [RECIPIENT]}),
    ),
    "schedule": Workflow(peopled(account("open"), SCHEDULE), keeping_the_schedule),
    "settle": Workflow(peopled(trial("ending", trial_ends_on=TODAY), LEAVING), settling),
    "bonus": Workflow(peopled(RIPE), spending_the_night, lambda world: world.next_night()),
    "sign_in": Workflow(peopled(account("open")), signing_in),
    "sms_submit": Workflow(
        peopled(DRAFTING, registration("drafting", RegistrationStatus.DRAFT)),
        asking("admin", "POST", "/accounts/acct_drafting/sms-registration/submission"),
    ),
    "permission": Workflow(peopled(REFERRED), asking("admin", "PUT", "/accounts/acct_referred/permission-request")),
    "answer": Workflow(peopled(ASKED, ASKING), answering),
    "pay": Workflow(
        peopled(EARNED, a_bonus(account_id="acct_earned", partner_id=ACME, username=EARNED.username)),
        asking("operator", "POST", "/bulk-operations", in_bulk("pay_bonuses", "acct_earned", reference="P-1")),
    ),
    "bulk": Workflow(
        peopled(account("open"), REFERRED),
        asking(
            "admin",
            "POST",
            "/bulk-operations",
            in_bulk("activate_add_on", "acct_open", "acct_referred", "acct_none", add_on="seo"),
        ),
    ),
    "bulk permission": Workflow(
        peopled(REFERRED), asking("admin", "POST", "/bulk-operations", in_bulk("request_permission", "acct_referred"))
    ),
    "invite": Workflow(
        peopled(),
        asking("admin", "POST", "/team", {"email": "new@acme.example", "name": "New", "role": "partner_viewer"}),
    ),
    "remove member": Workflow(
        peopled(
            a_member(subject="grace", partner_id=ACME, role=Role.PARTNER_VIEWER, email=GRACE), *mailed_to(ACME, GRACE)
        ),
        asking("admin", "DELETE", "/team/grace"),
    ),
    "hold": Workflow(peopled(account("open")), asking("operator", "PUT", "/accounts/acct_open/holds/balance_due")),
}

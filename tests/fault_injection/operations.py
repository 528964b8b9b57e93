"""Workflows of one operation: what the product's main jobs do not come by. A test misses an operation without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.domain.access import Role
from chalicelib.domain.accounts.accounts import BillingMode, Cancellation, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import CancelReason, RegistrationStatus
from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind, DeliveryStatus
from chalicelib.domain.mail.recipient_confirmations import issue as issue_confirmation
from chalicelib.domain.mail.suppressions import issue as issue_unsubscribing
from chalicelib.domain.partners.invitations import invitation_for, issue
from chalicelib.domain.partners.invites import Invite, SlugClaim
from tests.api_client import ApiClient, Reply
from tests.factories import a_member
from tests.fault_injection.refresh_tokens import first_of
from tests.fault_injection.workflows import (
    ACME,
    ASKED,
    ASKING,
    DRAFTING,
    RECIPIENT,
    REPORT,
    SCHEDULE,
    TEXTING,
    TODAY,
    Workflow,
    account,
    asking,
    caller,
    peopled,
    registration,
)
from tests.fault_injection.world import NOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fault_injection.world import World

OPEN = account("open")
INVITE = Invite(partner_id=ACME, slug="acme")
SENT = Delivery(
    partner_id=ACME,
    delivery_id="mail_01M6NS91G04ZYMSWK41DVQQ5ZJ_1",
    kind=DeliveryKind.RECIPIENT_CONFIRMATION,
    queued_at=NOON,
    last_heartbeat_at=NOON,
    address=RECIPIENT,
    status=DeliveryStatus.FAILED,
    recurring=True,
)
INVITED = invitation_for(ACME, "new@acme.example", "New", Role.PARTNER_VIEWER, "admin", NOON)
ISSUED = issue(INVITED)
CONFIRMING = issue_confirmation(ACME, RECIPIENT, NOON)
UNSUBSCRIBING = issue_unsubscribing(SENT, NOON)
ACTIVITY = {
    "username": OPEN.username,
    "as_of": "2026-11-05T09:00:00Z",
    "list_size": 7,
    "login_count": 1,
    "campaigns_sent": 0,
}
DAILY = {"report": "all-accounts-summary", "formats": ["csv"], "timing": {"frequency": "daily"}}
OWNER = {"first_name": "Ada", "last_name": "Byron", "email": "ada@client.example"}
BRIEF = {"account_id": OPEN.account_id, "kind": "consulting", "brief": "Please look at our list."}


def following(path: str, record: Any, token: str, **partner: Any) -> Workflow:
    """Somebody presses the button on the page that a mailed link opens."""
    return Workflow(peopled(record, **partner), _public("POST", path.format(token=token)))


def signed_in(world: World) -> None:
    """Have an invited person there that has signed in, and its invitation."""
    peopled(ISSUED.invitation)(world)
    world.container.sign_ins.create(INVITED.email, INVITED.name, "Aa1first-password")


def joining(world: World) -> None:
    """An invited person accepts."""
    from app import app

    users = world.cloud.client("cognito-idp").list_users(UserPoolId=world.cloud.pool_id)["Users"]
    (subject,) = (user["Value"] for user in users[0]["Attributes"] if user["Name"] == "sub")
    world.asks(ApiClient(app, subject), "POST", "/invitations/acceptances", {"token": ISSUED.token})


def keeping_a_session(world: World) -> None:
    """Somebody signs in, comes back, signs out, signs in again, and signs out everywhere."""
    from app import app

    page = {"Origin": world.container.settings.console_url}
    person, browser = ApiClient(app, "admin", page), ApiClient(app, None, page)
    begun = world.asks(person, "POST", "/sessions", {"refresh_token": first_of("admin")})
    renewed = world.asks(browser.using(Cookie=_cookie(begun)), "POST", "/sessions/renewal", {})
    world.asks(browser.using(Cookie=_cookie(renewed)), "POST", "/sessions/renewal", {"idle_seconds": 60})
    world.asks(browser.using(Cookie=_cookie(renewed)), "DELETE", "/sessions/current")
    world.asks(person, "POST", "/sessions", {"refresh_token": first_of("admin")})
    world.asks(person, "DELETE", "/sessions")


def staying_signed_in(world: World) -> None:
    """Somebody signs in and comes back; the session is still there in the end."""
    from app import app

    page = {"Origin": world.container.settings.console_url}
    begun = world.asks(ApiClient(app, "admin", page), "POST", "/sessions", {"refresh_token": first_of("admin")})
    world.asks(ApiClient(app, None, page).using(Cookie=_cookie(begun)), "POST", "/sessions/renewal", {})


def _cookie(reply: Reply) -> str:
    return reply.headers["Set-Cookie"].partition(";")[0]


def serving(world: World) -> None:
    """Work that a partner asks for and prices."""
    admin = caller("admin")
    made = world.asks(admin, "POST", "/service-requests", BRIEF).json
    path = f"/service-requests/{made['service_request_id']}"
    world.asks(admin.using(If_Match=_version(1)), "PATCH", path, {"may_contact_client": True})


def _public(method: str, path: str, body: Any = None) -> Callable[[World], None]:
    def act(world: World) -> None:
        from app import app

        world.asks(ApiClient(app), method, path, body)

    return act


def reported(world: World) -> None:
    """Have a report there that is made."""
    peopled(OPEN)(world)
    caller("admin").using(Idempotency_Key="made").call("POST", "/reports", REPORT)
    world.work()


def deleting(world: World) -> None:
    """A report's links end, and it is deleted."""
    admin = caller("admin")
    (run,) = (item for table, item in world.cloud.items() if table == "report-runs")
    path = f"/reports/{run['report_run_id']}"
    world.asks(admin, "DELETE", f"{path}/links")
    world.asks(admin, "DELETE", path)


def _version(version: int) -> str:
    return f'"{version}"'


def _on_open(method: str, path: str, body: Any = None, subject: str = "admin", **headers: str) -> Workflow:
    return Workflow(peopled(OPEN), asking(subject, method, f"/accounts/acct_open/{path}", body, **headers))


SCHEDULES = "/report-schedules"
OPERATIONS_ALONE: dict[str, Workflow] = {
    "change account": Workflow(
        peopled(OPEN),
        asking("admin", "PATCH", "/accounts/acct_open", {"website": "https://a.example"}, If_Match=_version(1)),
    ),
    "withdraw cancellation": Workflow(
        peopled(replace(OPEN, cancellation=Cancellation(TODAY + timedelta(days=9), CancelReason.POOR_RESULTS))),
        asking("admin", "DELETE", "/accounts/acct_open/cancellation"),
    ),
    "leave single bill": Workflow(
        peopled(TEXTING, registration("texting", RegistrationStatus.APPROVED)),
        asking("admin", "PUT", "/accounts/acct_texting/billing-mode", {"billing_mode": "direct"}),
    ),
    "enter single bill": Workflow(
        peopled(replace(OPEN, billing_mode=BillingMode.DIRECT, add_ons=frozenset({AddOn.SEO}))),
        asking("admin", "PUT", "/accounts/acct_open/billing-mode", {"billing_mode": "single_bill"}),
    ),
    "make referred": _on_open("PUT", "account-type", {"account_type": "referred"}),
    "lift hold": Workflow(
        peopled(replace(OPEN, holds=frozenset({Hold.COMPLIANCE}))),
        asking("operator", "DELETE", "/accounts/acct_open/holds/compliance"),
    ),
    "edit registration": Workflow(
        peopled(DRAFTING, registration("drafting", RegistrationStatus.DRAFT)),
        asking("admin", "PUT", "/accounts/acct_drafting/sms-registration", {"city": "Boston"}, If_Match=_version(1)),
    ),
    "review registration": Workflow(
        peopled(
            replace(TEXTING, sms_registration=RegistrationStatus.SUBMITTED),
            registration("texting", RegistrationStatus.SUBMITTED),
        ),
        asking("operator", "POST", "/accounts/acct_texting/sms-registration/review", {"status": "approved"}),
    ),
    "withdraw permission": Workflow(
        peopled(ASKED, ASKING), asking("admin", "DELETE", "/accounts/acct_asked/permission-request")
    ),
    "erase": Workflow(
        peopled(
            replace(
                OPEN,
                status=Status.CANCELLED,
                billing_mode=BillingMode.DIRECT,
                cancellation=Cancellation(TODAY, CancelReason.POOR_RESULTS),
            )
        ),
        asking("operator", "POST", "/accounts/acct_open/erasure"),
    ),
    "activity": Workflow(peopled(OPEN), asking("platform", "POST", "/activity", {"reports": [ACTIVITY]})),
    "set up invite": Workflow(peopled(), asking("admin", "PUT", "/invite", {"slug": "acme"}, If_Match=_version(0))),
    "visit": Workflow(peopled(INVITE, SlugClaim("acme", ACME)), _public("POST", "/invites/acme/visits")),
    "sign up": Workflow(
        peopled(INVITE, SlugClaim("acme", ACME)),
        asking(
            "platform",
            "POST",
            "/invites/acme/sign-ups",
            {"username": "new-client", "organization": "New Client", "owner": OWNER},
        ),
    ),
    "service": Workflow(peopled(OPEN), serving),
    "change member": Workflow(
        peopled(a_member(subject="grace", partner_id=ACME, role=Role.PARTNER_VIEWER)),
        asking("admin", "PATCH", "/team/grace", {"role": "partner_manager"}, If_Match=_version(1)),
    ),
    "resend invitation": Workflow(
        peopled(INVITED), asking("admin", "POST", f"/team/invitations/{INVITED.invitation_id}/resend")
    ),
    "revoke invitation": Workflow(
        peopled(INVITED), asking("admin", "DELETE", f"/team/invitations/{INVITED.invitation_id}")
    ),
    "settings": Workflow(
        peopled(replace(SCHEDULE, next_run_at=NOON + timedelta(days=9))),
        asking(
            "admin",
            "PATCH",
            "/settings",
            {"recipients": ["boss@client.example"], "time_zone": "Europe/Berlin"},
            If_Match=_version(1),
        ),
    ),
    "session": Workflow(peopled(), keeping_a_session),
    "stay signed in": Workflow(peopled(), staying_signed_in),
    "create partner": Workflow(peopled(), asking("operator", "POST", "/partners", {"name": "Agency Three"})),
    "change partner": Workflow(
        peopled(), asking("operator", "PATCH", f"/partners/{ACME}", {"suspended": True}, If_Match=_version(1))
    ),
    "delete report": Workflow(reported, deleting),
    "new schedule": Workflow(
        peopled(),
        asking("admin", "POST", SCHEDULES, DAILY),
    ),
    "change schedule": Workflow(
        peopled(SCHEDULE), asking("admin", "PATCH", f"{SCHEDULES}/sched_daily", {"paused": True}, If_Match=_version(1))
    ),
    "delete schedule": Workflow(peopled(SCHEDULE), asking("admin", "DELETE", f"{SCHEDULES}/sched_daily")),
    "try schedule": Workflow(peopled(OPEN, SCHEDULE), asking("admin", "POST", f"{SCHEDULES}/sched_daily/runs")),
    "first sign-in": Workflow(
        peopled(ISSUED.invitation), _public("POST", "/invitations/sign-ins", {"token": ISSUED.token})
    ),
    "join": Workflow(signed_in, joining),
    "ask recipient": Workflow(
        peopled(confirmed_recipients=()), asking("admin", "POST", "/recipient-confirmations", {"address": RECIPIENT})
    ),
    "confirm": following(
        "/recipient-confirmations/{token}", CONFIRMING.link, CONFIRMING.token, confirmed_recipients=()
    ),
    "unsubscribe": following("/unsubscribes/{token}", UNSUBSCRIBING.unsubscribing, UNSUBSCRIBING.token),
    "resend": Workflow(peopled(SENT), asking("admin", "POST", f"/deliveries/{SENT.delivery_id}/resend")),
}

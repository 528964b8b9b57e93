"""Which module serves which path, so that a path's first request imports its own and no other."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalice.app import Chalice

MODULES = {
    "/health": "system",
    "/openapi.json": "system",
    "/me": "me",
    "/accounts": "accounts",
    "/accounts/{account_id}": "accounts",
    "/accounts/{account_id}/plan": "lifecycle",
    "/accounts/{account_id}/cancellation": "lifecycle",
    "/accounts/{account_id}/billing-mode": "lifecycle",
    "/accounts/{account_id}/account-type": "lifecycle",
    "/accounts/{account_id}/holds/{hold}": "lifecycle",
    "/accounts/{account_id}/add-ons/{add_on}": "add_ons",
    "/accounts/{account_id}/sms-registration": "sms",
    "/accounts/{account_id}/sms-registration/submission": "sms",
    "/accounts/{account_id}/sms-registration/review": "sms",
    "/sms-registrations": "sms",
    "/accounts/{account_id}/permission-request": "permissions",
    "/accounts/{account_id}/permission-request/answer": "permissions",
    "/accounts/{account_id}/moves": "moves",
    "/accounts/{account_id}/erasure": "moves",
    "/accounts/{account_id}/sign-in-links": "sign_in_links",
    "/sign-in-links/redemptions": "sign_in_links",
    "/activity": "activity",
    "/summary": "summary",
    "/bonuses": "bonuses",
    "/bonuses/payments": "bonuses",
    "/departures": "departures",
    "/reports": "reports",
    "/reports/{report_run_id}": "reports",
    "/reports/{report_run_id}/links": "downloads",
    "/downloads/{token}": "downloads",
    "/report-schedules": "report_schedules",
    "/report-schedules/{report_schedule_id}": "report_schedules",
    "/report-schedules/{report_schedule_id}/runs": "report_schedules",
    "/deliveries": "deliveries",
    "/deliveries/{delivery_id}/resend": "deliveries",
    "/unsubscribes/{token}": "unsubscribes",
    "/recipient-confirmations": "recipient_confirmations",
    "/recipient-confirmations/{token}": "recipient_confirmations",
    "/imports": "imports",
    "/imports/template": "imports",
    "/imports/{import_id}": "imports",
    "/imports/{import_id}/start": "imports",
    "/imports/{import_id}/preview": "import_previews",
    "/invite": "invites",
    "/invites/{slug}": "invites",
    "/invites/{slug}/visits": "invites",
    "/invites/{slug}/sign-ups": "invites",
    "/service-requests": "service_requests",
    "/service-requests/{service_request_id}": "service_requests",
    "/team": "team",
    "/team/{member_id}": "team",
    "/team/invitations/{invitation_id}": "team_invitations",
    "/team/invitations/{invitation_id}/resend": "team_invitations",
    "/invitations/look-ups": "invitations",
    "/invitations/sign-ins": "invitations",
    "/invitations/acceptances": "invitations",
    "/settings": "settings",
    "/audit": "audit",
    "/partners": "partners",
    "/partners/{partner_id}": "partners",
    "/usernames/{username}": "partners",
    "/nightly-runs": "nightly_runs",
}


def serve(app: Chalice, path: str) -> None:
    """Have the app serve this path, if it does not yet."""
    if path not in app.routes:
        app.register_blueprint(import_module(f"chalicelib.api.{MODULES[path]}").blueprint)

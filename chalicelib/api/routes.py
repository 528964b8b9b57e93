"""Which module serves which path, so that a path's first request imports its own and no other."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalice.app import Chalice

MODULES = {
    "/health": "system",
    "/openapi.json": "system",
    "/me": "partners.me",
    "/accounts": "accounts.accounts",
    "/accounts/{account_id}": "accounts.accounts",
    "/accounts/{account_id}/plan": "accounts.lifecycle",
    "/accounts/{account_id}/cancellation": "accounts.lifecycle",
    "/accounts/{account_id}/billing-mode": "accounts.lifecycle",
    "/accounts/{account_id}/account-type": "accounts.lifecycle",
    "/accounts/{account_id}/holds/{hold}": "accounts.lifecycle",
    "/accounts/{account_id}/add-ons/{add_on}": "accounts.add_ons",
    "/accounts/{account_id}/sms-registration": "sms",
    "/accounts/{account_id}/sms-registration/submission": "sms",
    "/accounts/{account_id}/sms-registration/review": "sms",
    "/sms-registrations": "sms",
    "/accounts/{account_id}/permission-request": "accounts.management_requests",
    "/accounts/{account_id}/permission-request/answer": "accounts.management_requests",
    "/accounts/{account_id}/moves": "accounts.transfers",
    "/accounts/{account_id}/erasure": "accounts.transfers",
    "/accounts/{account_id}/sign-in-links": "sign_in_links",
    "/sign-in-links/redemptions": "sign_in_links",
    "/activity": "accounts.activity",
    "/summary": "accounts.summary",
    "/account-count": "accounts.summary",
    "/bonuses": "bonuses",
    "/departures": "accounts.departures",
    "/departure-counts": "accounts.departures",
    "/reports": "report_runs.report_runs",
    "/reports/{report_run_id}": "report_runs.report_runs",
    "/reports/{report_run_id}/links": "report_runs.downloads",
    "/downloads/{token}": "report_runs.downloads",
    "/report-schedules": "report_runs.report_schedules",
    "/report-schedules/{report_schedule_id}": "report_runs.report_schedules",
    "/report-schedules/{report_schedule_id}/runs": "report_runs.report_schedules",
    "/deliveries": "mail.deliveries",
    "/deliveries/{delivery_id}/resend": "mail.deliveries",
    "/unsubscribes/{token}": "mail.unsubscribes",
    "/recipient-confirmations": "mail.recipient_confirmations",
    "/recipient-confirmations/{token}": "mail.recipient_confirmations",
    "/imports": "imports",
    "/imports/template": "imports",
    "/imports/{import_id}": "imports",
    "/imports/{import_id}/start": "imports",
    "/imports/{import_id}/preview": "import_previews",
    "/bulk-operations": "bulk_operations.bulk_operations",
    "/bulk-operations/{bulk_operation_id}": "bulk_operations.bulk_operations",
    "/bulk-operations/{bulk_operation_id}/stop": "bulk_operations.bulk_operations",
    "/bulk-operations/{bulk_operation_id}/results": "bulk_operations.results",
    "/bulk-operations/{bulk_operation_id}/results/csv": "bulk_operations.results",
    "/invite": "invites",
    "/invites/{slug}": "invites",
    "/invites/{slug}/visits": "invites",
    "/invites/{slug}/sign-ups": "invites",
    "/service-requests": "service_requests",
    "/service-requests/{service_request_id}": "service_requests",
    "/waiting-service-requests": "service_requests",
    "/queues": "queues",
    "/team": "partners.team",
    "/team/{member_id}": "partners.team",
    "/team/invitations/{invitation_id}": "partners.team_invitations",
    "/team/invitations/{invitation_id}/resend": "partners.team_invitations",
    "/invitations/look-ups": "partners.invitations",
    "/invitations/sign-ins": "partners.invitations",
    "/invitations/acceptances": "partners.invitations",
    "/sessions": "partners.sessions",
    "/sessions/renewal": "partners.sessions",
    "/sessions/current": "partners.sessions",
    "/settings": "partners.settings",
    "/audit": "audit",
    "/partners": "partners.partners",
    "/partners/{partner_id}": "partners.partners",
    "/account-search": "accounts.account_search",
    "/partner-overviews": "partners.overviews",
    "/usernames/{username}": "partners.partners",
    "/nightly-runs": "nightly_runs",
}


def serve(app: Chalice, path: str) -> None:
    """Have the app serve this path, if it does not yet."""
    if path not in app.routes:
        app.register_blueprint(import_module(f"chalicelib.api.{MODULES[path]}").blueprint)

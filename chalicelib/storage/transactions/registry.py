"""Names the mapper of each kind of thing: the one list that transactions are written by.

A mapper is imported when the first thing of its kind is written: no function writes all of them.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.mapper import Mapper

MAPPERS = {
    "Account": "accounts.ACCOUNT",
    "UsernameClaim": "usernames.CLAIM",
    "Partner": "partners.PARTNER",
    "Member": "members.MEMBER",
    "Invitation": "invitations.INVITATION",
    "SessionEnding": "session_endings.SESSION_ENDING",
    "Operator": "operators.OPERATOR",
    "Bonus": "bonuses.BONUS",
    "Departure": "departures.DEPARTURE",
    "Registration": "sms_registrations.REGISTRATION",
    "ManagementRequest": "management_requests.MANAGEMENT_REQUEST",
    "Invite": "invites.INVITE",
    "SlugClaim": "invites.SLUG",
    "SignInLink": "sign_in_links.SIGN_IN_LINK",
    "ServiceRequest": "service_requests.SERVICE_REQUEST",
    "Import": "imports.IMPORT",
    "ImportTurn": "imports.TURN",
    "ReportRun": "report_runs.RUN",
    "NightlyRun": "nightly_runs.NIGHTLY_RUN",
    "PartnerSettlement": "nightly_runs.PARTNER_SETTLEMENT",
    "ReportSchedule": "report_schedules.SCHEDULE",
    "Delivery": "deliveries.DELIVERY",
    "Download": "downloads.DOWNLOAD",
    "Suppression": "suppressions.SUPPRESSION",
    "Unsubscribing": "suppressions.UNSUBSCRIBING",
    "Erasure": "erasures.ERASURE",
    "UsageCounter": "usage_limits.USAGE",
    "ConfirmationLink": "recipient_confirmations.CONFIRMATION_LINK",
    "AuditEntry": "audit.ENTRY",
    "RequestRecord": "idempotency.REQUEST",
}
"""By the kind's name: the module in `storage/stores`, and the mapper in it."""


def mapper_of(entity: Any) -> Mapper[Any]:
    """Return the mapper of this thing."""
    return mapper_of_type(type(entity).__name__)


@cache
def mapper_of_type(kind: str) -> Mapper[Any]:
    """Return the mapper of things of the kind with this name."""
    module, _, name = MAPPERS[kind].partition(".")
    mapper: Mapper[Any] = getattr(import_module(f"chalicelib.storage.stores.{module}"), name)
    return mapper

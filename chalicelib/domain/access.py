"""Who may do what: roles, actors, and the one table of roles and operations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.kernel.errors import Forbidden


class Role(StrEnum):
    """Who somebody is to the product."""

    PARTNER_ADMIN = "partner_admin"
    PARTNER_MANAGER = "partner_manager"
    PARTNER_VIEWER = "partner_viewer"
    OPERATOR = "operator"
    PLATFORM = "platform"
    SIGNED_IN = "signed_in"
    """Somebody who has signed in and acts for no partner yet; may accept an invitation."""
    SYSTEM = "system"
    """The product itself, when a scheduled change or a schedule acts; nobody can sign in as it."""


FORMER_NAMES = {"calendar": Role.SYSTEM.value}
"""What rows up to November 2026 call the product itself, as subject and as role."""
PARTNER_ROLES = frozenset({Role.PARTNER_ADMIN, Role.PARTNER_MANAGER, Role.PARTNER_VIEWER})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for which partner, in which role; the platform may pass on the client it acts for."""

    subject: str
    role: Role
    partner_id: str
    acting_for: str | None = None
    """The username of the account whose client the platform acts for."""
    bulk_operation_id: str | None = None
    """The bulk operation that acts, which the audit trail names with each of its changes."""

    @property
    def of_partner(self) -> bool:
        return self.role in PARTNER_ROLES


def system_actor(partner_id: str) -> Actor:
    """Return the product itself acting for a partner."""
    return Actor(Role.SYSTEM.value, Role.SYSTEM, partner_id)


EVERYONE = frozenset({Role.PARTNER_ADMIN, Role.PARTNER_MANAGER, Role.PARTNER_VIEWER, Role.OPERATOR, Role.PLATFORM})
READERS = PARTNER_ROLES | {Role.OPERATOR}
EDITORS = frozenset({Role.PARTNER_ADMIN, Role.PARTNER_MANAGER, Role.OPERATOR})
ADMINS = frozenset({Role.PARTNER_ADMIN, Role.OPERATOR})
OPERATORS = frozenset({Role.OPERATOR})
PLATFORM = frozenset({Role.PLATFORM})

OPERATIONS: dict[str, frozenset[Role]] = {
    "who_am_i": EVERYONE,
    "list_accounts": READERS,
    "create_account": EDITORS,
    "get_account": READERS | PLATFORM,
    "change_account": EDITORS,
    "get_summary": READERS,
    "count_accounts": READERS,
    "activate_add_on": EDITORS | PLATFORM,
    "deactivate_add_on": EDITORS | PLATFORM,
    "change_plan": EDITORS | PLATFORM,
    "cancel_account": EDITORS | PLATFORM,
    "withdraw_cancellation": EDITORS | PLATFORM,
    "change_billing_mode": EDITORS,
    "change_account_type": EDITORS,
    "place_hold": OPERATORS,
    "lift_hold": OPERATORS,
    "get_sms_registration": READERS | PLATFORM,
    "edit_sms_registration": EDITORS | PLATFORM,
    "submit_sms_registration": EDITORS | PLATFORM,
    "review_sms_registration": OPERATORS,
    "list_sms_registrations": OPERATORS,
    "request_permission": EDITORS,
    "withdraw_permission_request": EDITORS,
    "answer_permission_request": PLATFORM,
    "move_account": OPERATORS,
    "erase_person": OPERATORS,
    "get_erasure": OPERATORS,
    "issue_sign_in_link": EDITORS,
    "redeem_sign_in_link": PLATFORM,
    "report_activity": PLATFORM,
    "list_departures": READERS,
    "count_departures": READERS,
    "list_bonuses": READERS,
    "list_nightly_runs": OPERATORS,
    "get_invite": READERS,
    "set_up_invite": EDITORS,
    "sign_up_through_invite": PLATFORM,
    "list_service_requests": READERS,
    "request_service": EDITORS,
    "get_service_request": READERS,
    "change_service_request": EDITORS,
    "list_waiting_service_requests": OPERATORS,
    "count_queues": OPERATORS,
    "list_team": READERS,
    "invite_member": ADMINS,
    "change_member": ADMINS,
    "remove_member": ADMINS,
    "resend_invitation": ADMINS,
    "revoke_invitation": ADMINS,
    "accept_invitation": EVERYONE | {Role.SIGNED_IN},
    "begin_session": EVERYONE | {Role.SIGNED_IN},
    "end_sessions": EVERYONE | {Role.SIGNED_IN},
    "get_settings": READERS,
    "change_settings": ADMINS,
    "request_recipient_confirmation": ADMINS,
    "list_audit": READERS,
    "list_partners": OPERATORS,
    "list_partner_overviews": OPERATORS,
    "create_partner": OPERATORS,
    "get_partner": OPERATORS,
    "change_partner": OPERATORS,
    "find_username": OPERATORS,
    "search_accounts": OPERATORS,
    "run_report": READERS,
    "list_report_runs": READERS,
    "get_report_run": READERS,
    "delete_report_run": EDITORS,
    "revoke_report_links": EDITORS,
    "list_report_schedules": READERS,
    "create_report_schedule": EDITORS,
    "get_report_schedule": READERS,
    "change_report_schedule": EDITORS,
    "delete_report_schedule": EDITORS,
    "try_report_schedule": EDITORS,
    "list_deliveries": READERS,
    "resend_delivery": EDITORS,
    "create_import": ADMINS,
    "list_imports": READERS,
    "start_import": ADMINS,
    "preview_import": ADMINS,
    "get_import": READERS,
    "get_import_template": READERS,
    "create_bulk_operation": EDITORS,
    "list_bulk_operations": READERS,
    "get_bulk_operation": READERS,
    "stop_bulk_operation": EDITORS,
    "list_bulk_operation_results": READERS,
    "get_bulk_operation_results_csv": READERS,
}
"""Operation (OpenAPI's operationId) → roles; what is not here nobody may."""

BULK_RIGHTS: dict[str, frozenset[Role]] = {"pay_bonuses": OPERATORS, "void_bonus_payments": OPERATORS}
"""What can be done as a bulk operation alone → roles."""

PUBLIC_OPERATIONS = frozenset(
    {
        "health",
        "get_openapi",
        "look_up_invite",
        "look_up_invitation",
        "start_invited_sign_in",
        "renew_session",
        "end_session",
        "visit_invite",
        "follow_download",
        "look_at_download",
        "ask_to_unsubscribe",
        "unsubscribe",
        "look_at_recipient_confirmation",
        "confirm_recipient",
    }
)
"""Operations that need no sign-in."""


def roles_for(operation: str) -> frozenset[Role]:
    """Return the roles that may do this."""
    return OPERATIONS.get(operation) or BULK_RIGHTS.get(operation, frozenset())


def require(role: Role, operation: str) -> None:
    """Raise `Forbidden` unless the role may do this."""
    if role not in roles_for(operation):
        msg = f"The role {role.value} may not do this."
        raise Forbidden(msg)

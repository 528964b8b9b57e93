"""Which mails an event brings about: each a delivery with an id made of the event and the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.kernel.ids import ulid
from chalicelib.domain.mail.deliveries import Delivery, DeliveryKind, delivery_id
from chalicelib.domain.report_runs.report_runs import ReportRunStatus

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.accounts.management_requests import ManagementRequest
    from chalicelib.domain.partners.invitations import Invitation
    from chalicelib.domain.report_runs.report_runs import ReportRun


def emails_for_run(run: ReportRun) -> tuple[Delivery, ...]:
    """Return the mails about a run that has just become ready or failed."""
    if run.status not in (ReportRunStatus.READY, ReportRunStatus.FAILED):
        return ()
    event = run.report_run_id.rpartition("_")[2]
    addresses = {delivery_id(event, address): address for address in reversed(run.request.email_to)}
    return tuple(_about(run, mail_id, address) for mail_id, address in addresses.items())


def _about(run: ReportRun, mail_id: str, address: str) -> Delivery:
    at = run.finished_at or run.last_heartbeat_at
    return Delivery(
        partner_id=run.partner_id,
        delivery_id=mail_id,
        kind=_kind(run),
        queued_at=at,
        last_heartbeat_at=at,
        address=address,
        report_run_id=run.report_run_id,
        recurring=bool(run.request.bonus_account_ids or run.report_schedule_id),
    )


def _kind(run: ReportRun) -> DeliveryKind:
    """Earned bonuses are told of even where their tracker could not be made."""
    if run.request.bonus_account_ids:
        return DeliveryKind.BONUSES_EARNED
    return DeliveryKind.REPORT_READY if run.status is ReportRunStatus.READY else DeliveryKind.REPORT_FAILED


def email_for_management_request(request: ManagementRequest) -> Delivery:
    """Return the mail to the client; its address is read when it is sent."""
    event = request.permission_request_id.rpartition("#")[2]
    return Delivery(
        partner_id=request.partner_id,
        delivery_id=delivery_id(event, request.account_id),
        kind=DeliveryKind.PERMISSION_REQUEST,
        queued_at=request.requested_at,
        last_heartbeat_at=request.requested_at,
        account_id=request.account_id,
    )


def email_for_invitation(invitation: Invitation, requested_by: str, at: datetime) -> Delivery:
    """Return the mail to somebody who is invited to the team, or invited again."""
    return Delivery(
        partner_id=invitation.partner_id,
        delivery_id=delivery_id(ulid(at), invitation.email),
        kind=DeliveryKind.TEAM_INVITATION,
        queued_at=at,
        last_heartbeat_at=at,
        address=invitation.email,
        invitation_id=invitation.invitation_id,
        requested_by=requested_by,
    )


def email_for_confirmation(partner_id: str, address: str, requested_by: str, at: datetime) -> Delivery:
    """Make the mail that asks a recipient outside the team to confirm."""
    return Delivery(
        partner_id=partner_id,
        delivery_id=delivery_id(ulid(at), address),
        kind=DeliveryKind.RECIPIENT_CONFIRMATION,
        queued_at=at,
        last_heartbeat_at=at,
        address=address,
        requested_by=requested_by,
    )

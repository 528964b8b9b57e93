"""What a waiting delivery says, read when it is sent, and the tokens that its links need."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.management_requests import ManagementRequestStatus
from chalicelib.domain.changes import Insert, Replace
from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.errors import NotFound
from chalicelib.domain.mail import suppressions
from chalicelib.domain.mail.deliveries import DeliveryKind, DeliveryStatus
from chalicelib.domain.mail.email_messages import Mail, PermissionAsked, RecipientConfirmation, TeamInvitation
from chalicelib.domain.mail.recipient_confirmations import issue as issue_confirmation
from chalicelib.domain.partners.invitations import issue
from chalicelib.services.mail.delivery_skipped import DeliverySkipped
from chalicelib.services.mail.report_emails import Written, about_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from chalicelib.domain.changes import Write
    from chalicelib.domain.mail.deliveries import Delivery
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.ports import HasAccounts
    from chalicelib.services.ports import SendWorkerPorts, SessionEndingPorts

__all__ = ["DeliverySkipped", "outgoing"]

A_DAY = timedelta(days=1)


def outgoing(
    ports: SendWorkerPorts, partner: Partner, delivery: Delivery, at: datetime
) -> tuple[Mail, tuple[Write, ...]]:
    """Return the mail, and the tokens to write before it is sent; raises `DeliverySkipped` where it must not go any
    more.
    """
    if partner.suspended:
        raise DeliverySkipped(DeliveryStatus.SUPPRESSED, "The partner is suspended.")
    written = _WRITERS[delivery.kind](ports, partner, delivery, at)
    link = suppressions.issue(delivery, at) if delivery.recurring else None
    mail = Mail(to=written.to, content=written.content, at=at, unsubscribe_token=link.token if link else None)
    ending = (Insert(link.unsubscribing),) if link else ()
    return mail, (*map(Insert, written.downloads), *ending, *written.writes)


def _invitation(ports: SessionEndingPorts, partner: Partner, delivery: Delivery, at: datetime) -> Written:
    """Write the invitation with a new link; the one mailed before stops working."""
    current = ports.invitations.get(delivery.partner_id, delivery.invitation_id or "")
    if current is None or at >= current.expires_at:
        raise DeliverySkipped(
            DeliveryStatus.FAILED, "The invitation was accepted, revoked or expired before the mail went."
        )
    inviter = ports.members.get(delivery.requested_by or "", delivery.partner_id)
    issued = issue(current)
    content = TeamInvitation(
        partner=partner.name,
        invited_by=inviter.name if inviter else None,
        name=current.name,
        role=current.role.value,
        email=current.email,
        token=issued.token,
        accept_by=current.expires_at,
    )
    return Written(current.email, content, writes=(Replace(current, issued.invitation),))


def _permission(ports: HasAccounts, partner: Partner, delivery: Delivery, at: datetime) -> Written:
    account_id = delivery.account_id or ""
    request = ports.management_requests.latest(delivery.partner_id, account_id)
    if request is None or request.status is not ManagementRequestStatus.PENDING or request.expires_on <= at.date():
        raise DeliverySkipped(
            DeliveryStatus.FAILED, "The request was answered, withdrawn or expired before the mail went."
        )
    try:
        account = ports.accounts.get(delivery.partner_id, account_id)
    except NotFound:
        raise DeliverySkipped(DeliveryStatus.FAILED, "The account has left this partner.") from None
    if not account.owner.email:
        raise DeliverySkipped(DeliveryStatus.FAILED, "The account has no e-mail address.")
    content = PermissionAsked(
        partner=partner.name,
        username=account.username,
        organization=account.organization,
        answer_by=request.expires_on - A_DAY,
    )
    return Written(account.owner.email, content)


def _confirmation(_: SendWorkerPorts, partner: Partner, delivery: Delivery, at: datetime) -> Written:
    address = delivery.address or ""
    if address_key(address) not in map(address_key, partner.settings.recipients):
        raise DeliverySkipped(DeliveryStatus.FAILED, "The address is no longer a recipient in the settings.")
    issued = issue_confirmation(delivery.partner_id, address, at)
    content = RecipientConfirmation(partner=partner.name, token=issued.token, works_until=issued.link.expires_at)
    return Written(address, content, writes=(Insert(issued.link),))


_WRITERS: dict[DeliveryKind, Callable[[SendWorkerPorts, Partner, Delivery, datetime], Written]] = {
    DeliveryKind.REPORT_READY: about_run,
    DeliveryKind.REPORT_FAILED: about_run,
    DeliveryKind.BONUSES_EARNED: about_run,
    DeliveryKind.TEAM_INVITATION: _invitation,
    DeliveryKind.PERMISSION_REQUEST: _permission,
    DeliveryKind.RECIPIENT_CONFIRMATION: _confirmation,
}

"""Permission to manage a referred account: asked by the partner, answered for the client by the platform."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import AccountType
from chalicelib.domain.accounts.lifecycle import make_managed, require_manageable
from chalicelib.domain.accounts.management_requests import (
    DAYS_TO_ASK_AGAIN,
    ManagementRequest,
    ManagementRequestStatus,
    ask_again_at,
    closed_without_approval,
    ended,
    expiry,
)
from chalicelib.domain.audit import AuditKind
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Conflict, TooManyRequests
from chalicelib.domain.mail.deliveries import DeliveryKind, queued
from chalicelib.services.accounts import changes
from chalicelib.services.mail import deliveries
from chalicelib.services.usage_limits import count_mail

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.management_requests import Outcome
    from chalicelib.domain.ports import HasAccounts
    from chalicelib.services.ports import AccountPorts, ManagementRequestPorts


def request(ports: ManagementRequestPorts, actor: Actor, account_id: str) -> Change[ManagementRequest]:
    """Ask the client, by mail too; asking while a request is pending gives that one."""
    found = changes.load(ports, actor, account_id)
    account = found.account
    require_manageable(account)
    if account.permission_ends_on is not None:
        return Change((), _pending(ports, account))
    at = ports.clock()
    _require_no_recent_refusal(ports, account, at)
    partner = ports.partners.get(account.partner_id)
    counted = count_mail(ports, partner, DeliveryKind.PERMISSION_REQUEST, account.owner.email)
    event = ids.ulid(at)
    asked = ManagementRequest(
        permission_request_id=f"{account_id}#{event}",
        partner_id=account.partner_id,
        account_id=account_id,
        requested_by=actor.subject,
        requested_at=at,
        expires_on=expiry(today(ports.clock), partner.terms.permission_days),
    )
    updated = replace(account, permission_ends_on=asked.expires_on)
    mail = queued(DeliveryKind.PERMISSION_REQUEST, account.partner_id, at, event=event, account_id=account_id)
    writes = (Insert(asked), Insert(mail), counted)
    change = changes.change_account(ports, actor, AuditKind.PERMISSION_REQUESTED, found, updated, *writes)
    return change.with_result(asked).then(lambda: deliveries.enqueue(ports, mail))


def _require_no_recent_refusal(ports: HasAccounts, account: Account, at: datetime) -> None:
    """Raise `TooManyRequests` for some days after the last request was declined or withdrawn."""
    latest = ports.management_requests.latest(account.partner_id, account.account_id)
    until = latest and ask_again_at(latest)
    if latest and until and at < until:
        raise TooManyRequests(
            f"The last request was {latest.status.value}. A client is asked again {DAYS_TO_ASK_AGAIN} days later at "
            f"the earliest: after {until:%Y-%m-%d %H:%M} UTC.",
            retry_after=int((until - at).total_seconds()) + 1,
        )


def withdraw(ports: AccountPorts, actor: Actor, account_id: str) -> Change[Account]:
    """Take the request back."""
    found = changes.load(ports, actor, account_id)
    return _end(ports, actor, found, ManagementRequestStatus.WITHDRAWN, replace(found.account, permission_ends_on=None))


def answer(ports: AccountPorts, actor: Actor, account_id: str, *, approved: bool) -> Change[Account]:
    """Record the client's answer; approval makes the account managed."""
    found = changes.load(ports, actor, account_id)
    status = ManagementRequestStatus.APPROVED if approved else ManagementRequestStatus.DECLINED
    updated = make_managed(found.account) if approved else replace(found.account, permission_ends_on=None)
    return _end(ports, actor, found, status, updated)


def last_outcome(ports: HasAccounts, account: Account) -> Outcome | None:
    """Return how the last request closed without approval, where the client may be asked and is not being asked now."""
    if account.account_type is AccountType.MANAGED or account.cancelled or account.permission_ends_on is not None:
        return None
    latest = ports.management_requests.latest(account.partner_id, account.account_id)
    return closed_without_approval(latest, today(ports.clock)) if latest else None


def _end(
    ports: AccountPorts, actor: Actor, found: changes.LoadedAccount, status: ManagementRequestStatus, updated: Account
) -> Change[Account]:
    current = _pending(ports, found.account)
    request_now = ended(current, status, ports.clock(), actor.acting_for or actor.subject)
    return changes.change_account(
        ports, actor, AuditKind(f"permission.{status.value}"), found, updated, Replace(current, request_now)
    )


def _pending(ports: HasAccounts, account: Account) -> ManagementRequest:
    latest = ports.management_requests.latest(account.partner_id, account.account_id)
    if account.permission_ends_on is not None and latest is not None:
        return latest
    if latest is None:
        raise Conflict("No request for permission is pending.")
    status = ManagementRequestStatus.EXPIRED if latest.status is ManagementRequestStatus.PENDING else latest.status
    raise Conflict(f"No request for permission is pending; the last one is {status.value}.")

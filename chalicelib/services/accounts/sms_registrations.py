"""SMS registration as use cases: edit, hand in, review. The account's own copy of the state moves with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.accounts.lifecycle import require_plan_authority
from chalicelib.domain.audit import AuditKind, differences
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.kernel.errors import Conflict, Invalid, StaleVersion
from chalicelib.domain.sms import sms_registrations as transitions
from chalicelib.domain.sms.form import RegistrationForm, require_complete, require_draft
from chalicelib.domain.sms.sms_registrations import Registration
from chalicelib.services.accounts import changes

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.ports import HasAccounts, HasClock
    from chalicelib.services.ports import AccountPorts


def get(ports: HasAccounts, actor: Actor, account_id: str) -> Registration:
    """Return the account's registration; one that is not started has an empty form."""
    return _of(ports, changes.load(ports, actor, account_id).account)


def _of(ports: HasAccounts, account: Account) -> Registration:
    """Return the registration, unless a due change has discarded it, even where nobody has settled that yet."""
    started = account.sms_registration is not RegistrationStatus.NOT_STARTED
    existing = ports.sms_registrations.get(account.partner_id, account.account_id) if started else None
    return existing or Registration(
        partner_id=account.partner_id,
        account_id=account.account_id,
        status=RegistrationStatus.NOT_STARTED,
        form=RegistrationForm(),
        started_at=ports.clock(),
        version=0,
    )


def edit(
    ports: AccountPorts, actor: Actor, account_id: str, version: int, form: RegistrationForm
) -> Change[Registration]:
    """Keep the form as a draft, or edit a rejected one; `version` 0 starts it."""
    found = _with_sms(ports, actor, account_id)
    current = _of(ports, found.account)
    if current.version != version:
        raise _changed()
    require_draft(form)
    updated = transitions.edited(current, form)
    if current.status is RegistrationStatus.NOT_STARTED:
        updated = replace(updated, status=RegistrationStatus.DRAFT)
    return _written(ports, actor, AuditKind.SMS_REGISTRATION_EDITED, found, current, updated)


def submit(ports: AccountPorts, actor: Actor, account_id: str) -> Change[Registration]:
    """Hand the registration in."""
    found = _with_sms(ports, actor, account_id)
    current = _of(ports, found.account)
    if current.status is RegistrationStatus.NOT_STARTED:
        raise Conflict("The registration is not started: fill in its form first.")
    updated = transitions.submitted(current, ports.clock())
    require_complete(updated.form)
    return _written(ports, actor, AuditKind.SMS_REGISTRATION_SUBMITTED, found, current, updated)


def review(
    ports: AccountPorts, actor: Actor, account_id: str, verdict: RegistrationStatus, reason: str
) -> Change[Registration]:
    """Take a registration up, approve it, or send it back with a reason, as an operator."""
    found = changes.load(ports, actor, account_id)
    current = _of(ports, found.account)
    updated = _reviewed(current, verdict, reason, actor, ports)
    return _written(ports, actor, AuditKind(f"sms_registration.{verdict.value}"), found, current, updated)


def _reviewed(
    current: Registration, verdict: RegistrationStatus, reason: str, actor: Actor, ports: HasClock
) -> Registration:
    at, by = ports.clock(), actor.subject
    if verdict is RegistrationStatus.IN_REVIEW:
        return transitions.taken_up(current, at, by)
    if verdict is RegistrationStatus.APPROVED:
        return transitions.approved(current, at, by)
    if not reason.strip():
        raise Invalid.field("/reason", "Say what is to be changed before the registration can be approved.")
    return transitions.rejected(current, reason.strip(), at, by)


def _with_sms(ports: HasAccounts, actor: Actor, account_id: str) -> changes.LoadedAccount:
    found = changes.load(ports, actor, account_id)
    require_plan_authority(found.account, actor)
    if AddOn.SMS not in found.account.add_ons:
        raise Conflict("SMS is not active on this account: activate it before registering.")
    return found


def _written(
    ports: AccountPorts,
    actor: Actor,
    kind: AuditKind,
    found: changes.LoadedAccount,
    current: Registration,
    updated: Registration,
) -> Change[Registration]:
    write = Replace(current, updated) if current.version else Insert(updated, _changed())
    account = replace(found.account, sms_registration=updated.status)
    change = changes.change_account(
        ports, actor, kind, found, account, write, extra_changes=differences(current.form, updated.form)
    )
    return change.with_result(updated)


def _changed() -> StaleVersion:
    return StaleVersion("The registration has changed since you read it. Read it again and repeat your change.")

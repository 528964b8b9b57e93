"""SMS registration as use cases: edit, hand in, review. The account's own copy of the state moves with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import RegistrationState
from chalicelib.domain.accounts.lifecycle import require_owner
from chalicelib.domain.audit import differences
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.kernel.errors import Changed, Conflict, Invalid
from chalicelib.domain.sms import registrations
from chalicelib.domain.sms.form import RegistrationForm, require_complete, require_draft
from chalicelib.domain.sms.registrations import Registration
from chalicelib.services.accounts import changes

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.ports import Ports


def get(ports: Ports, actor: Actor, account_id: str) -> Registration:
    """The account's registration; one that is not started has an empty form."""
    return _of(ports, changes.find(ports, actor, account_id).account)


def _of(ports: Ports, account: Account) -> Registration:
    """What the calendar has discarded is no more, even where nobody has settled it yet."""
    started = account.sms_registration is not RegistrationState.NOT_STARTED
    there = ports.registrations.get(account.partner_id, account.account_id) if started else None
    return there or Registration(
        partner_id=account.partner_id,
        account_id=account.account_id,
        state=RegistrationState.NOT_STARTED,
        form=RegistrationForm(),
        started_at=ports.clock(),
        version=0,
    )


def edit(ports: Ports, actor: Actor, account_id: str, version: int, form: RegistrationForm) -> Change[Registration]:
    """Keep the form as a draft, or mend a rejected one; `version` 0 starts it."""
    found = _with_sms(ports, actor, account_id)
    was = _of(ports, found.account)
    if was.version != version:
        raise _changed()
    require_draft(form)
    now = registrations.edited(was, form)
    if was.state is RegistrationState.NOT_STARTED:
        now = replace(now, state=RegistrationState.DRAFT)
    return _written(ports, actor, "sms_registration.edited", found, was, now)


def submit(ports: Ports, actor: Actor, account_id: str) -> Change[Registration]:
    """Hand the registration in."""
    found = _with_sms(ports, actor, account_id)
    was = _of(ports, found.account)
    if was.state is RegistrationState.NOT_STARTED:
        raise Conflict("The registration is not started: fill in its form first.")
    now = registrations.submitted(was, ports.clock())
    require_complete(now.form)
    return _written(ports, actor, "sms_registration.submitted", found, was, now)


def review(
    ports: Ports, actor: Actor, account_id: str, verdict: RegistrationState, reason: str
) -> Change[Registration]:
    """An operator takes a registration up, approves it, or sends it back with a reason."""
    found = changes.find(ports, actor, account_id)
    was = _of(ports, found.account)
    now = _reviewed(was, verdict, reason, actor, ports)
    return _written(ports, actor, f"sms_registration.{verdict.value}", found, was, now)


def _reviewed(was: Registration, verdict: RegistrationState, reason: str, actor: Actor, ports: Ports) -> Registration:
    at, by = ports.clock(), actor.subject
    if verdict is RegistrationState.IN_REVIEW:
        return registrations.taken_up(was, at, by)
    if verdict is RegistrationState.APPROVED:
        return registrations.approved(was, at, by)
    if not reason.strip():
        raise Invalid.field("/reason", "Say what is to be changed before the registration can be approved.")
    return registrations.rejected(was, reason.strip(), at, by)


def _with_sms(ports: Ports, actor: Actor, account_id: str) -> changes.Found:
    found = changes.find(ports, actor, account_id)
    require_owner(found.account, actor)
    if AddOn.SMS not in found.account.add_ons:
        raise Conflict("SMS is not active on this account: activate it before registering.")
    return found


def _written(
    ports: Ports, actor: Actor, kind: str, found: changes.Found, was: Registration, now: Registration
) -> Change[Registration]:
    write = Replace(was, now) if was.version else Insert(now, _changed())
    account = replace(found.account, sms_registration=now.state)
    change = changes.changed(ports, actor, kind, found, account, write, told=differences(was.form, now.form))
    return Change(change.writes, now)


def _changed() -> Changed:
    return Changed("The registration has changed since you read it. Read it again and repeat your change.")

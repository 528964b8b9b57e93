"""Switching add-ons: who may and when is decided on what was read, and holds in the write or nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.accounts import entitlements
from chalicelib.domain.audit import AuditKind
from chalicelib.services.accounts import changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.access import Actor
    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.add_ons import AddOn
    from chalicelib.domain.changes import Change
    from chalicelib.services.ports import AccountPorts


def activate(ports: AccountPorts, actor: Actor, account_id: str, add_on: AddOn) -> Change[Account]:
    """Activate an add-on; activating what is active changes nothing."""
    return _switch(
        ports,
        actor,
        account_id,
        AuditKind.ADD_ON_ACTIVATED,
        lambda current: entitlements.activate(current, add_on, actor),
    )


def deactivate(ports: AccountPorts, actor: Actor, account_id: str, add_on: AddOn) -> Change[Account]:
    """Deactivate an add-on; deactivating what is inactive changes nothing."""
    return _switch(
        ports,
        actor,
        account_id,
        AuditKind.ADD_ON_DEACTIVATED,
        lambda current: entitlements.deactivate(current, add_on, actor),
    )


def _switch(
    ports: AccountPorts, actor: Actor, account_id: str, kind: AuditKind, switched: Callable[[Account], Account]
) -> Change[Account]:
    found = changes.load(ports, actor, account_id)
    return changes.change_account(ports, actor, kind, found, switched(found.account))

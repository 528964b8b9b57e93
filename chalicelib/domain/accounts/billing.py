"""Who pays for an add-on, which is whoever decided on it, and what entering and leaving the single bill changes.

An account that enters the single bill keeps the add-ons its client activated, and the client goes on paying for them.
One that leaves it loses those its partner activated: nobody is charged for what another has chosen, and nobody loses
what it pays for.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from chalicelib.domain.accounts.accounts import BillingMode
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import RegistrationStatus

if TYPE_CHECKING:
    from chalicelib.domain.accounts.accounts import Account


class Payer(StrEnum):
    """Who is charged for an active add-on."""

    PARTNER = "partner"
    CLIENT = "client"


def payer(account: Account, add_on: AddOn) -> Payer | None:
    """Return who is charged for an add-on of an account; None where nobody is."""
    if add_on not in account.add_ons:
        return None
    on_partners_bill = account.billing_mode is BillingMode.SINGLE_BILL and add_on not in account.client_add_ons
    return Payer.PARTNER if on_partners_bill else Payer.CLIENT


def enter_single_bill(account: Account) -> Account:
    """Put an account on the single bill; the active add-ons stay its client's."""
    if account.billing_mode is BillingMode.SINGLE_BILL:
        return account
    return replace(account, billing_mode=BillingMode.SINGLE_BILL, client_add_ons=account.add_ons)


def leave_single_bill(account: Account) -> Account:
    """Take an account off the single bill; the add-ons its partner activated end, and with SMS its registration."""
    if account.billing_mode is BillingMode.DIRECT:
        return account
    return without(
        replace(account, billing_mode=BillingMode.DIRECT, client_add_ons=frozenset()),
        account.add_ons - account.client_add_ons,
    )


def without(account: Account, ended: frozenset[AddOn]) -> Account:
    """Deactivate these add-ons; without SMS there is no SMS registration."""
    kept = replace(account, add_ons=account.add_ons - ended, client_add_ons=account.client_add_ons - ended)
    return replace(kept, sms_registration=RegistrationStatus.NOT_STARTED) if AddOn.SMS in ended else kept

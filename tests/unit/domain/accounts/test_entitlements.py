"""Who activates and deactivates an add-on: the programme's table, as a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.access import Role
from chalicelib.domain.accounts import entitlements
from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.kernel.errors import Conflict, Forbidden
from tests.factories import a_trial, an_account, an_actor

MANAGED_SINGLE_BILL = an_account()
MANAGED_DIRECT = an_account(billing_mode=BillingMode.DIRECT)
REFERRED = an_account(account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT)
ACCOUNTS = {
    "managed, single bill, open": MANAGED_SINGLE_BILL,
    "managed, direct": MANAGED_DIRECT,
    "managed, trial": a_trial(),
    "managed, expired": a_trial(status=Status.EXPIRED_TRIAL),
    "managed, direct, cancelled": replace(MANAGED_DIRECT, status=Status.CANCELLED),
    "managed, direct, suspended": replace(MANAGED_DIRECT, holds=frozenset({Hold.SUSPENDED})),
    "referred": REFERRED,
    "referred, trial": a_trial(account_type=AccountType.REFERRED),
    "referred, expired": replace(REFERRED, status=Status.EXPIRED_TRIAL),
    "referred, cancelled": replace(REFERRED, status=Status.CANCELLED),
    "referred, suspended": replace(REFERRED, holds=frozenset({Hold.SUSPENDED})),
    "managed, single bill, cancelled": replace(MANAGED_SINGLE_BILL, status=Status.CANCELLED),
    "managed, single bill, suspended": replace(MANAGED_SINGLE_BILL, holds=frozenset({Hold.SUSPENDED})),
    "managed, single bill, balance due": replace(MANAGED_SINGLE_BILL, holds=frozenset({Hold.BALANCE_DUE})),
}
YES, FORBIDDEN, CONFLICT = None, Forbidden, Conflict

TABLE = [
    # account                              partner    client (through the platform)
    ("managed, single bill, open", YES, FORBIDDEN),
    ("managed, direct", FORBIDDEN, YES),
    # Who may is judged first: these are billed directly, so that the partner is told to log in, whatever their state.
    ("managed, trial", FORBIDDEN, CONFLICT),
    ("managed, expired", FORBIDDEN, CONFLICT),
    ("managed, direct, cancelled", FORBIDDEN, CONFLICT),
    ("managed, direct, suspended", FORBIDDEN, CONFLICT),
    ("referred", FORBIDDEN, YES),
    ("referred, trial", FORBIDDEN, CONFLICT),
    ("referred, expired", FORBIDDEN, CONFLICT),
    ("referred, cancelled", FORBIDDEN, CONFLICT),
    ("referred, suspended", FORBIDDEN, CONFLICT),
    ("managed, single bill, cancelled", CONFLICT, FORBIDDEN),
    ("managed, single bill, suspended", CONFLICT, FORBIDDEN),
    ("managed, single bill, balance due", YES, FORBIDDEN),
]
PARTNERS = (Role.PARTNER_ADMIN, Role.PARTNER_MANAGER, Role.OPERATOR)
CASES = [
    *((name, role, partner) for name, partner, _ in TABLE for role in PARTNERS),
    *((name, Role.PLATFORM, client) for name, _, client in TABLE),
]


@pytest.mark.parametrize(("name", "role", "refusal"), CASES)
@pytest.mark.parametrize("add_on", AddOn)
def test_add_ons_change_only_where_the_table_allows(
    name: str, role: Role, refusal: type[Exception] | None, add_on: AddOn
) -> None:
    account, actor = ACCOUNTS[name], an_actor(role)
    if refusal is None:
        active = entitlements.activate(account, add_on, actor)
        assert active == replace(account, add_ons=frozenset({add_on}))
        assert entitlements.deactivate(active, add_on, actor) == account
        return
    for switch in (entitlements.activate, entitlements.deactivate):
        with pytest.raises(refusal):
            switch(account, add_on, actor)
    assert type(entitlements.why_not(account, add_on, actor)) is refusal


@pytest.mark.parametrize(
    ("account", "text"),
    [(MANAGED_DIRECT, "log in to the account"), (REFERRED, "referred account")],
    ids=["direct", "referred"],
)
def test_a_refused_partner_is_told_where_it_is_done(account: Account, text: str) -> None:
    refusal = entitlements.why_not(account, AddOn.SEO, an_actor())
    assert refusal is not None
    assert text in refusal.detail


def test_a_partner_of_a_direct_account_is_told_to_log_in_in_words_for_people() -> None:
    refusal = entitlements.why_not(MANAGED_DIRECT, AddOn.SEO, an_actor())
    assert refusal is not None
    assert refusal.detail == "This account is billed directly: log in to the account and change the add-on there."


def test_activating_what_is_active_and_deactivating_what_is_not_changes_nothing() -> None:
    active = replace(MANAGED_SINGLE_BILL, add_ons=frozenset({AddOn.SMS, AddOn.SEO}))
    assert entitlements.activate(active, AddOn.SEO, an_actor()) == active
    assert entitlements.deactivate(active, AddOn.INBOX_PREVIEW, an_actor()) == active


@pytest.mark.parametrize("switch", [entitlements.activate, entitlements.deactivate])
def test_newsletter_archive_on_premium_is_neither_activated_nor_deactivated(switch: object) -> None:
    assert callable(switch)
    premium = replace(MANAGED_SINGLE_BILL, plan=Plan.PREMIUM)
    with pytest.raises(Conflict, match="included in the premium plan at no charge"):
        switch(premium, AddOn.NEWSLETTER_ARCHIVE, an_actor())


def test_deactivating_sms_discards_its_registration_and_deactivating_another_keeps_it() -> None:
    approved = replace(
        MANAGED_SINGLE_BILL,
        add_ons=frozenset({AddOn.SMS, AddOn.SEO}),
        sms_registration=RegistrationStatus.APPROVED,
    )
    without_sms = entitlements.deactivate(approved, AddOn.SMS, an_actor())
    assert without_sms.sms_registration is RegistrationStatus.NOT_STARTED
    assert entitlements.activate(without_sms, AddOn.SMS, an_actor()).sms_registration is RegistrationStatus.NOT_STARTED
    assert entitlements.deactivate(approved, AddOn.SEO, an_actor()).sms_registration is RegistrationStatus.APPROVED


def test_who_may_is_judged_before_the_state() -> None:
    premium = replace(MANAGED_DIRECT, plan=Plan.PREMIUM, status=Status.CANCELLED)
    assert isinstance(entitlements.why_not(premium, AddOn.NEWSLETTER_ARCHIVE, an_actor()), Forbidden)
    assert isinstance(entitlements.why_not(premium, AddOn.NEWSLETTER_ARCHIVE, an_actor(Role.PLATFORM)), Conflict)


def test_whoever_does_not_decide_over_charges_is_refused() -> None:
    entitlements.require_billing_authority(MANAGED_SINGLE_BILL, an_actor())
    entitlements.require_billing_authority(REFERRED, an_actor(Role.PLATFORM))
    with pytest.raises(Forbidden):
        entitlements.require_billing_authority(REFERRED, an_actor())

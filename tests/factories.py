"""Things to test with: plain ones, changed where a test cares."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Owner, Status
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason
from chalicelib.domain.accounts.departures import Departure, Event
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.email_addresses import address_key
from chalicelib.domain.kernel.idempotency import RequestRecord
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.partners.members import Member
from chalicelib.domain.partners.operators import Operator
from chalicelib.domain.partners.partners import Partner, PartnerSettings

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
TODAY = NOON.date()
PARTNER = "prt_00000000000000000000000001"


def an_account(**changed: Any) -> Account:
    """An open, managed account on single bill, unless changed."""
    account_id = changed.pop("account_id", None) or ids.random_id("acct")
    plain: dict[str, Any] = {
        "partner_id": PARTNER,
        "account_id": account_id,
        "username": f"name-{account_id[-12:]}",
        "organization": "Ada's Bakery",
        "owner": Owner(first_name="Ada", last_name="Byron", email="ada@bakery.example", phone="+1 555 0100"),
        "account_type": AccountType.MANAGED,
        "billing_mode": BillingMode.SINGLE_BILL,
        "plan": Plan.STANDARD,
        "status": Status.OPEN,
        "created_on": date(2026, 10, 1),
        "initial_upgrade_on": date(2026, 10, 1),
        "bonus_status": BonusStatus.TRACKING,
    }
    return Account(**{**plain, **changed})


def a_trial(**changed: Any) -> Account:
    """A managed trial account that ends on 2026-12-01, unless changed."""
    plain: dict[str, Any] = {
        "plan": Plan.TRIAL,
        "status": Status.TRIAL,
        "billing_mode": BillingMode.DIRECT,
        "trial_ends_on": date(2026, 12, 1),
        "initial_upgrade_on": None,
        "bonus_status": BonusStatus.NOT_STARTED,
    }
    return an_account(**{**plain, **changed})


def a_partner(**changed: Any) -> Partner:
    """A partner with the usual terms, whose recipients have confirmed."""
    settings = changed.get("settings", PartnerSettings())
    confirmed = tuple(map(address_key, settings.recipients))
    plain = {"partner_id": PARTNER, "name": "Agency One", "created_at": NOON, "confirmed_recipients": confirmed}
    return Partner(**{**plain, **changed})


def a_member(**changed: Any) -> Member:
    """A partner admin."""
    plain: dict[str, Any] = {
        "subject": ids.random_id("sub"),
        "partner_id": PARTNER,
        "role": Role.PARTNER_ADMIN,
        "email": "grace@agency.example",
        "name": "Grace",
        "since": NOON,
    }
    return Member(**{**plain, **changed})


def an_operator(role: Role = Role.OPERATOR, **changed: Any) -> Operator:
    """One of the platform's staff, or the platform itself."""
    plain = {"subject": ids.random_id("sub"), "email": "op@platform.example", "name": "Otto", "since": NOON}
    return Operator(role=role, **{**plain, **changed})


def a_person(subject: str, partner_id: str | None, role: Role, email: str, since: datetime = NOON) -> Member | Operator:
    """A member of this partner's team, or an operator where there is no partner."""
    existing: dict[str, Any] = {"subject": subject, "role": role, "email": email, "name": subject, "since": since}
    return Member(partner_id=partner_id, **existing) if partner_id else Operator(**existing)


def an_actor(role: Role = Role.PARTNER_ADMIN, partner_id: str = PARTNER, acting_for: str | None = None) -> Actor:
    """Somebody in this role."""
    return Actor(f"subject-of-{role.value}", role, partner_id, acting_for)


def an_entry(**changed: Any) -> AuditEntry:
    """An audit entry."""
    at = changed.get("at", NOON)
    plain: dict[str, Any] = {
        "audit_id": ids.ordered_id("aud", at),
        "partner_id": PARTNER,
        "at": at,
        "kind": "account.profile_changed",
        "subject": "subject-of-partner_admin",
        "role": "partner_admin",
    }
    return AuditEntry(**{**plain, **changed})


def a_bonus(**changed: Any) -> Bonus:
    """An earned bonus."""
    plain: dict[str, Any] = {
        "account_id": ids.random_id("acct"),
        "partner_id": PARTNER,
        "username": "ada-bakes",
        "organization": "Ada's Bakery",
        "initial_upgrade_on": date(2026, 8, 1),
        "earned_on": date(2026, 11, 4),
        "money": Money(10_000, "USD"),
    }
    return Bonus(**{**plain, **changed})


def a_departure(**changed: Any) -> Departure:
    """A cancellation."""
    plain: dict[str, Any] = {
        "partner_id": PARTNER,
        "account_id": ids.random_id("acct"),
        "event": Event.CANCELLATION,
        "effective_on": date(2026, 11, 1),
        "username": "ada-bakes",
        "organization": "Ada's Bakery",
        "account_type": AccountType.MANAGED,
        "plan": Plan.LITE,
        "reason": CancelReason.POOR_RESULTS,
        "client_since": date(2026, 1, 1),
    }
    return Departure(**{**plain, **changed})


def a_record(**changed: Any) -> RequestRecord:
    """The record of a request that created something."""
    plain: dict[str, Any] = {
        "request_hash": ids.random_id("req"),
        "fingerprint": "f" * 64,
        "status": 201,
        "location": "/accounts/acct_1",
        "body": b'{"account_id":"acct_1"}',
        "at": NOON,
        "expires_at": datetime(2026, 11, 8, 12, tzinfo=UTC),
    }
    return RequestRecord(**{**plain, **changed})

"""Things of every shape that the rules allow, for properties."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from chalicelib.domain.accounts.accounts import (
    Account,
    AccountType,
    Activity,
    BillingMode,
    Cancellation,
    Hold,
    Owner,
    Status,
)
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus, CancelReason, RegistrationStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.query import RULES, AccountQuery
from chalicelib.domain.kernel import ids
from tests.factories import NOON

DAYS = st.dates(date(2026, 10, 30), date(2026, 11, 5))
"""Few days, so that some are the same."""
NAMES = st.sampled_from(
    ["Ada's Bakery", "Äpfel & Co", "apfel", "#1 Shop", "Straße", "İstanbul", "中文", "a%b", "\U0001f370 cake"]
)
SIZES = st.integers(0, 3)


def activities() -> st.SearchStrategy[Activity]:
    """Activity with small numbers."""
    return st.builds(
        Activity,
        list_size=SIZES,
        login_count=st.integers(0, 1),
        last_login_on=st.none() | DAYS,
        campaigns_sent=st.integers(0, 1),
        last_campaign_on=st.none() | DAYS,
        as_of=st.none() | st.integers(0, 10**9).map(lambda n: NOON + timedelta(microseconds=n)),
    )


USERNAMES = st.sampled_from(["Baker", "shop.one", "x@y-z"])
FIELDS = st.fixed_dictionaries(
    {
        "organization": NAMES,
        "owner": st.builds(Owner, first_name=st.sampled_from(["", "Ada", "İpek"]), email=st.just("ada@bakery.example")),
        "account_type": st.sampled_from(AccountType),
        "billing_mode": st.sampled_from(BillingMode),
        "plan": st.sampled_from(Plan),
        "status": st.sampled_from(Status),
        "partner_account_id": st.none() | st.sampled_from(["A-1", "ADA"]),
        "holds": st.frozensets(st.sampled_from(Hold)),
        "trial_ends_on": st.none() | DAYS,
        "initial_upgrade_on": st.none() | DAYS,
        "cancellation": st.none() | st.builds(Cancellation, DAYS, st.sampled_from(CancelReason)),
        "add_ons": st.frozensets(st.sampled_from(AddOn)),
        "sms_registration": st.sampled_from(RegistrationStatus),
        "bonus_status": st.sampled_from(BonusStatus),
        "permission_ends_on": st.none() | DAYS,
        "activity": activities(),
    }
)
"""Made once: to make strategies takes longer than to draw from them."""


@st.composite
def accounts(draw: st.DrawFn, partner_id: str = "prt_1") -> Account:
    """One account; its fields need not fit together, since whoever stores and finds it does not judge."""
    account_id = ids.random_id("acct")
    return Account(
        partner_id=partner_id,
        account_id=account_id,
        username=f"{draw(USERNAMES)}-{account_id[-6:]}",
        created_on=date(2026, 1, 1),
        **draw(FIELDS),
    )


def account_queries() -> st.SearchStrategy[AccountQuery]:
    """Queries of which most ask for little, so that accounts are found."""
    texts = st.sampled_from(["", "ADA", "äpfel", "#", "strasse", "i̇", "z", "\n", "中"])
    filters: dict[str, st.SearchStrategy[object]] = {
        "status": st.sampled_from(Status),
        "account_type": st.sampled_from(AccountType),
        "billing_mode": st.sampled_from(BillingMode),
        "plan": st.sampled_from(Plan),
        "add_on": st.sampled_from(AddOn),
        "hold": st.sampled_from(Hold),
        "q": texts,
        "list_size_min": SIZES,
        "list_size_max": SIZES,
        "never_logged_in": st.booleans(),
        "never_sent_campaign": st.booleans(),
        "trial_ends_to": DAYS,
        "nab_status": st.sampled_from(BonusStatus),
        "first_payment_from": DAYS,
        "first_payment_to": DAYS,
    }
    assert filters.keys() == RULES.keys(), "A filter without values to ask for."
    chosen = st.lists(st.sampled_from(sorted(filters)), max_size=3, unique=True)
    return chosen.flatmap(lambda names: st.builds(AccountQuery, **{name: filters[name] for name in names}))

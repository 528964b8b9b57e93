"""Which accounts are asked for: one filter for the list, the portfolio export and the details report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.accounts.add_ons import AddOn, Entitlement
from chalicelib.domain.kernel.text import search_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from chalicelib.domain.accounts.accounts import Account, AccountType, Activity, BillingMode, Hold, Status
    from chalicelib.domain.accounts.codes import BonusStatus
    from chalicelib.domain.accounts.plans import Plan
    from chalicelib.domain.kernel.paging import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountQuery:
    """Every field narrows the list; None does not."""

    status: Status | None = None
    account_type: AccountType | None = None
    billing_mode: BillingMode | None = None
    plan: Plan | None = None
    add_on: AddOn | None = None
    """Active or included."""
    hold: Hold | None = None
    q: str | None = None
    """Text that stands in the username, organisation, owner's full name or the partner's own id, as `search_key` folds
    both."""
    list_size_min: int | None = None
    list_size_max: int | None = None
    """0 for accounts without a list."""
    never_logged_in: bool = False
    never_sent_campaign: bool = False
    trial_ends_to: date | None = None
    nab_status: BonusStatus | None = None
    first_payment_from: date | None = None
    first_payment_to: date | None = None

    def matches(self, account: Account) -> bool:
        """Tell whether the account is asked for."""
        return self._matches_status(account) and self._matches_activity(account) and self._matches_dates(account)

    def _matches_status(self, account: Account) -> bool:
        wanted = (
            (self.status, account.status),
            (self.account_type, account.account_type),
            (self.billing_mode, account.billing_mode),
            (self.plan, account.plan),
            (self.nab_status, account.bonus_status),
        )
        return (
            all(item is None or item is has for item, has in wanted)
            and (self.hold is None or self.hold in account.holds)
            and (self.add_on is None or account.entitlement(self.add_on) is not Entitlement.INACTIVE)
            and (self.q is None or search_key(self.q) in search_text(account))
        )

    def _matches_activity(self, account: Account) -> bool:
        activity = account.activity
        return (
            _within(activity.list_size, self.list_size_min, self.list_size_max)
            and not (self.never_logged_in and activity.login_count)
            and not (self.never_sent_campaign and activity.campaigns_sent)
        )

    def _matches_dates(self, account: Account) -> bool:
        return _within(account.trial_ends_on, None, self.trial_ends_to) and _within(
            account.initial_upgrade_on, self.first_payment_from, self.first_payment_to
        )


def _within(value: date | int | None, low: date | int | None, high: date | int | None) -> bool:
    if low is None and high is None:
        return True
    return value is not None and (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]


def search_text(account: Account) -> str:
    """Return what `q` searches: the search keys of what may be looked for, which no search key runs over."""
    owner = account.owner
    name = f"{owner.first_name} {owner.last_name}"
    parts = (account.username, account.organization, name, account.partner_account_id or "")
    return "\n".join(filter(None, map(search_key, parts)))


def sort_text(organization: str) -> str:
    """Return an organisation as lists order it: its search key, `#` escaped, at most 64 characters."""
    return search_key(organization).replace("%", "%25").replace("#", "%23")[:64]


NAME_ENDS = "\x01"
"""Below every sign that a name may have, so that `Banana` comes before `Banana 2`."""


def list_sort_key(account: Account) -> str:
    """Return what lists are ordered by: status, type, organisation, and the id so that it is unique."""
    name = sort_text(account.organization) + NAME_ENDS
    return "#".join((account.status, account.account_type, name, account.account_id))


class AccountStore(Protocol):
    """Accounts of one partner; writes go through a `TransactionWriter`."""

    def get(self, partner_id: str, account_id: str) -> Account:
        """Return the account, read strongly consistent; raises `NotFound`, also for another partner's."""
        ...

    def page(self, partner_id: str, query: AccountQuery, after: str | None, limit: int) -> Page[Account]:
        """Accounts in the order of `list_sort_key`, after that key; shorter than `limit` at the end or where the read
        budget of 2 MB was used up (then `next` goes on from there)."""
        ...

    def rows(self, partner_id: str, query: AccountQuery, fields: tuple[str, ...]) -> Iterator[list[AccountRow]]:
        """Yield all accounts asked for, in batches, each a tuple of these fields' raw values: see `AccountRow`."""
        ...

    def note_activity(self, partner_id: str, account_id: str, activity: Activity) -> bool:
        """Write the activity, unless one as late or later is there or the account is gone; say whether it did.

        It does not move the version.
        """
        ...

    def due(self, partner_id: str, until: date) -> Iterator[Account]:
        """Accounts with a change due on or before that day, the longest due first, read as they are taken; from
        an index that may lag."""
        ...


AccountRow = tuple[str | int | tuple[str, ...] | None, ...]
"""Values in storage's own plain form: text, whole numbers, ISO dates as text, sets as tuples of text in any order,
None."""

ROW_FIELDS = (
    "account_id",
    "partner_account_id",
    "username",
    "organization",
    "owner_first_name",
    "owner_last_name",
    "owner_email",
    "account_type",
    "billing_mode",
    "plan",
    "status",
    "holds",
    "created_on",
    "trial_ends_on",
    "initial_upgrade_on",
    "list_size",
    "login_count",
    "last_login_on",
    "campaigns_sent",
    "last_campaign_on",
    "add_ons",
    "sms_registration",
    "bonus_status",
    "bonus_earned_on",
    "cancelled_on",
    "cancel_reason",
)
"""Names that `rows` takes; stored attributes have the same names."""

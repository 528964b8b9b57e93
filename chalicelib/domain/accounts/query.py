"""Which accounts are asked for: one filter for the list, the portfolio export and the details report.

A filter is one line of `AccountQuery`, which says what it compares: `matches` judges an account in memory by it, and
storage writes DynamoDB's condition from it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Protocol, get_type_hints

from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Hold, Status
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.search_words import WORD_STARTS, query_words, search_text
from chalicelib.domain.kernel.text import search_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chalicelib.domain.accounts.accounts import Account, Activity
    from chalicelib.domain.accounts.orders import AccountOrder
    from chalicelib.domain.kernel.paging import Page


class Comparison(Enum):
    """How what an account has is compared with what is asked for; a value that it does not have never fits."""

    EQUAL = auto()
    AT_LEAST = auto()
    AT_MOST = auto()
    CONTAINS = auto()
    CONTAINS_ALL = auto()


def _same(asked: Any) -> Any:
    return asked


def _none_at_all(asked: bool) -> int | None:
    return 0 if asked else None


def _searched(asked: str) -> tuple[str, ...] | None:
    return tuple(WORD_STARTS + word for word in query_words(asked)) or None


def _contains_all(text: str, asked: tuple[str, ...]) -> bool:
    return all(word in text for word in asked)


@dataclass(frozen=True, slots=True)
class Rule:
    """What one filter compares."""

    path: str
    """Where the value is in an account, such as `activity.list_size`; it is stored under the last of the names."""
    comparison: Comparison = Comparison.EQUAL
    asked: Callable[[Any], Any] = _same
    """Makes of the filter's value the one to compare with; None where that does not narrow."""


SEARCH = "search"
"""The path of what `q` searches, which is stored so: see `search_text`."""
ENTITLED_ADD_ONS = "entitled_add_ons"
"""The path of what follows from plan and status, and is not stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountQuery:
    """Every field narrows the list; None does not."""

    status: Annotated[Status | None, Rule("status")] = None
    account_type: Annotated[AccountType | None, Rule("account_type")] = None
    billing_mode: Annotated[BillingMode | None, Rule("billing_mode")] = None
    plan: Annotated[Plan | None, Rule("plan")] = None
    add_on: Annotated[AddOn | None, Rule(ENTITLED_ADD_ONS, Comparison.CONTAINS)] = None
    """Active or included."""
    hold: Annotated[Hold | None, Rule("holds", Comparison.CONTAINS)] = None
    q: Annotated[str | None, Rule(SEARCH, Comparison.CONTAINS_ALL, _searched)] = None
    """Words in any order, each the beginning of a word of the account: see `search_words`."""
    list_size_min: Annotated[int | None, Rule("activity.list_size", Comparison.AT_LEAST)] = None
    list_size_max: Annotated[int | None, Rule("activity.list_size", Comparison.AT_MOST)] = None
    """0 for accounts without a list."""
    never_logged_in: Annotated[bool, Rule("activity.login_count", asked=_none_at_all)] = False
    never_sent_campaign: Annotated[bool, Rule("activity.campaigns_sent", asked=_none_at_all)] = False
    trial_ends_to: Annotated[date | None, Rule("trial_ends_on", Comparison.AT_MOST)] = None
    nab_status: Annotated[BonusStatus | None, Rule("bonus_status")] = None
    first_payment_from: Annotated[date | None, Rule("initial_upgrade_on", Comparison.AT_LEAST)] = None
    first_payment_to: Annotated[date | None, Rule("initial_upgrade_on", Comparison.AT_MOST)] = None

    def matches(self, account: Account) -> bool:
        """Tell whether the account is asked for."""
        return all(_fits(account, rule, asked) for rule, asked in self.conditions())

    def conditions(self) -> Iterator[tuple[Rule, Any]]:
        """Yield the rule of each filter that narrows, and what to compare with."""
        for name, rule in RULES.items():
            value = getattr(self, name)
            if value is not None and (asked := rule.asked(value)) is not None:
                yield rule, asked


RULES: dict[str, Rule] = {
    name: hint.__metadata__[0] for name, hint in get_type_hints(AccountQuery, include_extras=True).items()
}
"""The rule of each filter."""
RANGES = tuple(
    (low, high)
    for low, rule in RULES.items()
    for high, other in RULES.items()
    if rule.comparison is Comparison.AT_LEAST and other == replace(rule, comparison=Comparison.AT_MOST)
)
"""Filters that are the two ends of one range."""
_COMPARED: dict[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.EQUAL: operator.eq,
    Comparison.AT_LEAST: operator.ge,
    Comparison.AT_MOST: operator.le,
    Comparison.CONTAINS: operator.contains,
    Comparison.CONTAINS_ALL: _contains_all,
}


def _fits(account: Account, rule: Rule, asked: Any) -> bool:
    has = search_text(account) if rule.path == SEARCH else attrgetter(rule.path)(account)
    return has is not None and _COMPARED[rule.comparison](has, asked)


def sort_text(organization: str) -> str:
    """Return an organization as lists order it: its search key, `#` escaped, at most 64 characters."""
    return search_key(organization).replace("%", "%25").replace("#", "%23")[:64]


NAME_ENDS = "\x01"
"""Below every sign that a name may have, so that `Banana` comes before `Banana 2`."""


def list_sort_key(account: Account) -> str:
    """Return what lists are ordered by: status, type, organization, and the id so that it is unique."""
    name = sort_text(account.organization) + NAME_ENDS
    return "#".join((account.status, account.account_type, name, account.account_id))


@dataclass(frozen=True, slots=True)
class AccountCount:
    """How many accounts there are, or were counted before the read budget was used up."""

    number: int
    exact: bool = True


class AccountStore(Protocol):
    """Accounts of one partner; writes go through a `TransactionWriter`."""

    def get(self, partner_id: str, account_id: str) -> Account:
        """Return the account, read strongly consistent; raises `NotFound`, also for another partner's."""
        ...

    def find_many(self, partner_id: str, account_ids: Sequence[str]) -> dict[str, Account]:
        """Return those of these that are the partner's, by id; they may be a moment out of date."""
        ...

    def page(self, partner_id: str, query: AccountQuery, after: str | None, limit: int) -> Page[Account]:
        """Accounts in the order of `list_sort_key`, after that key; shorter than `limit` at the end or where the read
        budget of 2 MB was used up (then `next` goes on from there)."""
        ...

    def search(self, partner_id: str, query: AccountQuery, after: str | None, limit: int) -> Page[Account]:
        """Accounts that `q` and the other filters find, after that place: by the words they are found by, or in the
        order of `page` where the filters tell more than the words. Shorter than `limit` as `page` is."""
        ...

    def ordered(
        self, partner_id: str, query: AccountQuery, order: AccountOrder, after: str | None, limit: int
    ) -> Page[Account]:
        """Accounts in that order, after that place; those without a value last. Shorter than `limit` as `page` is."""
        ...

    def count(self, partner_id: str, query: AccountQuery) -> AccountCount:
        """Count the accounts asked for, as far as a read budget of its own goes."""
        ...

    def rows(self, partner_id: str, query: AccountQuery, fields: tuple[str, ...]) -> Iterator[list[AccountRow]]:
        """Yield all accounts asked for, in batches, each a tuple of these fields' raw values: see `AccountRow`."""
        ...

    def search_of_all_partners(self, words: Sequence[str], after: str | None, limit: int) -> Page[Account]:
        """Accounts of all partners that have all these words, the longest word first, after that place; shorter than
        `limit` where some have a word twice. For operators; from an index that may lag."""
        ...

    def created_days(self, partner_id: str, first: date, last: date, limit: int) -> list[date]:
        """Return the day of each account that was created on these days, both included, at most so many; from an
        index that may lag."""
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

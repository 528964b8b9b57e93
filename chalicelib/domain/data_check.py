"""What the data check looks at and finds: numbers and names that must be what the accounts say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator

    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.bonuses import Bonus
    from chalicelib.domain.kernel.usernames import UsernameClaim
    from chalicelib.domain.partners.invites import SlugClaim


class Kind(StrEnum):
    """What is not as it must be."""

    COUNTERS = "counters"
    STALE_INDEX_KEYS = "misfiled_account"
    """Its due day, its place in lists, or what searches find it by."""
    STALE_WORDS = "stale_search_words"
    """The words that searches find it by, in the search index."""
    WORDS_OF_NOTHING = "search_words_of_nothing"
    USERNAME_MISSING = "username_missing"
    USERNAME_ELSEWHERE = "username_elsewhere"
    """Two accounts have one username; somebody must decide."""
    USERNAME_OF_NOTHING = "username_of_nothing"
    SLUG_MISSING = "slug_missing"
    SLUG_ELSEWHERE = "slug_elsewhere"
    SLUG_OF_NOBODY = "slug_of_nobody"
    ADMIN_COUNT = "admin_count"
    DEPARTURE_MISSING = "departure_missing"
    REGISTRATION_MISSING = "registration_missing"
    UNPAID_INDEX = "bonus_in_wrong_unpaid_index"
    """Earned and not paid, but not among what is owed; or paid and still there."""
    BONUS_MISSING = "bonus_missing"
    """Earned, says the account; its amount cannot be known from that."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be, and how it is repaired, where that can be known."""

    kind: Kind
    partner_id: str
    about: str
    """The account, name or numbers."""
    repair: Callable[[], object] | None = None


class FullScan(Protocol):
    """Everything there is, read whole and strongly consistent: for the data check only."""

    def accounts(self, partner_id: str) -> Iterator[tuple[Account, bool]]:
        """Yield each of the partner's accounts, and whether its index keys are what its own fields say."""
        ...

    def rewrite_index_keys(self, account: Account) -> object:
        """Rewrite an account's index keys from its fields, unless it has changed meanwhile."""
        ...

    def words(self) -> Iterator[tuple[str, str, Hashable]]:
        """Yield every word of the search index: its partner, its account and its row."""
        ...

    def words_current(self, account: Account, rows: Collection[Any]) -> bool:
        """Tell whether an account's words, of which these rows were found, are what its fields say, read anew."""
        ...

    def rewrite_words(self, account: Account, rows: Collection[Any]) -> bool:
        """Write an account's words as its fields say and remove the others, unless it has changed meanwhile."""
        ...

    def remove_words(self, rows: Collection[Any]) -> bool:
        """Remove words of an account that is not there."""
        ...

    def bonuses(self, partner_id: str) -> Iterator[tuple[Bonus, bool]]:
        """Yield each of the partner's bonuses, and whether it stands among the unpaid as its payment says."""
        ...

    def rewrite_unpaid(self, bonus: Bonus) -> object:
        """Put a bonus among the unpaid, or take it out, unless it has changed meanwhile."""
        ...

    def usernames(self) -> Iterator[UsernameClaim]:
        """Yield every username of the platform."""
        ...

    def slugs(self) -> Iterator[SlugClaim]:
        """Yield every slug of the platform."""
        ...

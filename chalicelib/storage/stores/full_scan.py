"""Everything in the tables, read whole: for the data check, which an operator runs with rights of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.storage.dynamo.errors import unavailable_if_transient
from chalicelib.storage.dynamo.query import KeyQuery
from chalicelib.storage.dynamo.single_update import update_one
from chalicelib.storage.stores.account_words import WORD, AccountWords, words_of_account
from chalicelib.storage.stores.accounts import ACCOUNT
from chalicelib.storage.stores.accounts_table import Accounts
from chalicelib.storage.stores.bonuses import BONUS, Bonuses
from chalicelib.storage.stores.invites import SLUG
from chalicelib.storage.stores.usernames import CLAIM

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator

    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.accounts.bonuses import Bonus
    from chalicelib.domain.kernel.usernames import UsernameClaim
    from chalicelib.domain.partners.invites import SlugClaim
    from chalicelib.storage.dynamo.reader import Reader
    from chalicelib.storage.stores.account_words import AccountWord

MOST_WRITTEN = 99
"""Items of a transaction, beside the check of the account."""
INDEX_KEYS = ("due", "list_sort_key", "search")
"""What storage derives from an account, to find it by."""


class DynamoFullScan:
    """FullScan on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def accounts(self, partner_id: str) -> Iterator[tuple[Account, bool]]:
        """Yield each of the partner's accounts, and whether its index keys are what its own fields say."""
        self._reader.connection.bind(Accounts)
        for row in Accounts.query(partner_id, consistent_read=True):
            account = ACCOUNT.entity_of(row)
            index_keys_current = {name: value for name in INDEX_KEYS if (value := getattr(row, name)) is not None}
            yield account, index_keys_current == _index_keys(account)

    def rewrite_index_keys(self, account: Account) -> bool:
        """Write the index keys that an account's fields say, unless it has changed meanwhile."""
        existing, right = Accounts.get_attributes(), _index_keys(account)
        actions = [existing[name].set(right[name]) if name in right else existing[name].remove() for name in INDEX_KEYS]
        item = Accounts(account.partner_id, account.account_id)
        return update_one(self._reader.connection, item, actions, Accounts.version == account.version)

    def words(self) -> Iterator[tuple[str, str, Hashable]]:
        """Yield every word of the search index by a scan: its partner, its account and its row."""
        return ((row.partner_id, row.account_id, row) for row in self._reader.scan(WORD))

    def words_current(self, account: Account, rows: Collection[Any]) -> bool:
        """Tell whether an account's words, of which these rows were found, are what its fields say, read anew."""
        wanted = words_of_account(account)
        return wanted == rows or wanted == set(self._read_words(wanted | set(rows)))

    def _read_words(self, rows: Iterable[AccountWord]) -> Iterator[AccountWord]:
        return filter(None, (self._reader.get(WORD, row.partner_letter, row.word_account) for row in rows))

    def rewrite_words(self, account: Account, rows: Collection[Any]) -> bool:
        """Write an account's words as its fields say and remove the others, unless it has changed meanwhile."""
        wanted = words_of_account(account)
        kept = {WORD.key(row) for row in wanted}
        left_over = [row for row in rows if WORD.key(row) not in kept][: MOST_WRITTEN - len(wanted)]
        self._reader.connection.bind(Accounts)
        self._reader.connection.bind(AccountWords)
        try:
            with TransactWrite(connection=self._reader.connection) as transaction:
                unchanged = Accounts.version == account.version
                transaction.condition_check(Accounts, account.partner_id, account.account_id, unchanged)
                for row in left_over:
                    transaction.delete(AccountWords(*WORD.key(row)))
                for row in wanted:
                    transaction.save(AccountWords(**WORD.stored(row)))
        except TransactWriteError:
            return False
        return True

    def remove_words(self, rows: Collection[Any]) -> bool:
        """Remove words of an account that is not there."""
        self._reader.connection.bind(AccountWords)
        with unavailable_if_transient(), AccountWords.batch_write() as batch:
            for row in rows:
                batch.delete(AccountWords(*WORD.key(row)))
        return True

    def bonuses(self, partner_id: str) -> Iterator[tuple[Bonus, bool]]:
        """Yield each of the partner's bonuses, and whether it stands among the unpaid as its payment says."""
        rows: Any = self._reader.rows(KeyQuery(table=Bonuses, partition=partner_id, index="by_partner"))
        for row in rows:
            yield BONUS.entity_of(row), row.unpaid_partner == (None if row.paid_on else partner_id)

    def rewrite_unpaid(self, bonus: Bonus) -> bool:
        """Put a bonus among the unpaid, or take it out, unless it has changed meanwhile."""
        wanted = BONUS.stored(bonus).get("unpaid_partner")
        action = Bonuses.unpaid_partner.set(wanted) if wanted else Bonuses.unpaid_partner.remove()
        return update_one(
            self._reader.connection, Bonuses(bonus.account_id), [action], Bonuses.version == bonus.version
        )

    def usernames(self) -> Iterator[UsernameClaim]:
        """Yield every username of the platform, by a scan."""
        return self._reader.scan(CLAIM)

    def slugs(self) -> Iterator[SlugClaim]:
        """Yield every slug of the platform, by a scan."""
        return self._reader.scan(SLUG)


def _index_keys(account: Account) -> dict[str, Any]:
    stored = ACCOUNT.stored(account)
    return {name: stored[name] for name in INDEX_KEYS if stored.get(name) is not None}

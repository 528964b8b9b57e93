"""Everything in the tables, read whole: for the data check, which an operator runs with rights of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalicelib.storage.dynamo.single_update import update_one
from chalicelib.storage.stores.accounts import ACCOUNT
from chalicelib.storage.stores.accounts_table import Accounts
from chalicelib.storage.stores.invites import SLUG
from chalicelib.storage.stores.usernames import CLAIM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.accounts.accounts import Account
    from chalicelib.domain.kernel.usernames import UsernameClaim
    from chalicelib.domain.partners.invites import SlugClaim
    from chalicelib.storage.dynamo.reader import Reader

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

    def usernames(self) -> Iterator[UsernameClaim]:
        """Yield every username of the platform, by a scan."""
        return self._reader.scan(CLAIM)

    def slugs(self) -> Iterator[SlugClaim]:
        """Yield every slug of the platform, by a scan."""
        return self._reader.scan(SLUG)


def _index_keys(account: Account) -> dict[str, Any]:
    stored = ACCOUNT.stored(account)
    return {name: stored[name] for name in INDEX_KEYS if stored.get(name) is not None}

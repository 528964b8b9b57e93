"""Usernames on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.accounts.erasures import is_address, retired_key
from chalicelib.domain.kernel.usernames import UsernameClaim
from chalicelib.storage.dynamo.mapper import dataclass_mapper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chalicelib.storage.dynamo.reader import Reader


class Usernames(Model):
    """Who has a username; casefolded, so unique whatever its case."""

    class Meta:
        table_name = "usernames"

    username = UnicodeAttribute(hash_key=True)
    partner_id = UnicodeAttribute()
    account_id = UnicodeAttribute()


CLAIM = dataclass_mapper(UsernameClaim, Usernames)


class DynamoUsernames:
    """A UsernameStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def find(self, username: str) -> UsernameClaim | None:
        """Return whose it is, whatever its case."""
        return self._reader.get(CLAIM, username.casefold())

    def find_many(self, usernames: Iterable[str]) -> dict[str, UsernameClaim]:
        """Return those of these that are taken, by casefolded name."""
        names = {name.casefold() for name in usernames}
        return {claim.username: claim for claim in self._reader.many(CLAIM, sorted(names))}

    def retired(self, usernames: Iterable[str]) -> frozenset[str]:
        """Return which of these were erased and are never given again, casefolded; only addresses ever are."""
        names = {retired_key(name): name.casefold() for name in usernames if is_address(name)}
        claims = self._reader.many(CLAIM, sorted(names)) if names else ()
        return frozenset(names[claim.username] for claim in claims)

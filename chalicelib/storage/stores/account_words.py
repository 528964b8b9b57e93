"""The search index of accounts: one row a word of an account, written in the account's own transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.accounts.query import NAME_ENDS
from chalicelib.domain.accounts.search_words import WORD_STARTS, search_text
from chalicelib.storage.dynamo.mapper import dataclass_mapper

if TYPE_CHECKING:
    from chalicelib.domain.accounts.accounts import Account


WORD_START = 3
"""Letters that the words of one partition of the index over all partners begin with."""


class WordsOfAllPartners(GlobalSecondaryIndex["AccountWords"]):
    """The words of the accounts of all partners, by how they begin: for the platform's staff."""

    class Meta:
        index_name = "of_all_partners"
        projection = AllProjection()

    word_start = UnicodeAttribute(hash_key=True)
    word_account = UnicodeAttribute(range_key=True)


class AccountWords(Model):
    """Words that accounts are found by, one row a word of an account; a partition is a partner and a first letter."""

    class Meta:
        table_name = "account-words"

    of_all_partners: ClassVar = WordsOfAllPartners()

    partner_letter = UnicodeAttribute(hash_key=True)
    word_account = UnicodeAttribute(range_key=True)
    words = UnicodeAttribute()
    word_start = UnicodeAttribute(null=True)


@dataclass(frozen=True, slots=True)
class AccountWord:
    """One word of an account, and all of its words, to find it by several."""

    partner_letter: str
    word_account: str
    words: str

    @property
    def word(self) -> str:
        """The word."""
        return self.word_account.partition(NAME_ENDS)[0]

    @property
    def account_id(self) -> str:
        """The account that has it."""
        return self.word_account.partition(NAME_ENDS)[2]

    @property
    def partner_id(self) -> str:
        """The partner that has the account."""
        return self.partner_letter.partition("#")[0]


WORD = dataclass_mapper(AccountWord, AccountWords, derive=lambda row: {"word_start": row.word[:WORD_START]})


def words_of_account(account: Account | None) -> frozenset[AccountWord]:
    """Return the rows of an account; none of nothing."""
    if account is None:
        return frozenset()
    words = search_text(account)
    return frozenset(
        AccountWord(partition(account.partner_id, word), f"{word}{NAME_ENDS}{account.account_id}", words)
        for word in words.split(WORD_STARTS)[1:]
    )


def partition(partner_id: str, word: str) -> str:
    """Return where a word and all that begin as it does stand."""
    return f"{partner_id}#{word[0]}"

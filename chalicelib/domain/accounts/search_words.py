"""The words by whose beginnings an account is found: of its username, e-mail, names and the partner's own id.

A word ends at a blank. A part of it that begins after a sign, as `brien` in `o'brien`, is a word from there on; of an
address, the last part (`com`) is none. A word that another one begins with is left out: it is found by that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

from chalicelib.domain.kernel.text import search_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.domain.accounts.accounts import Account

MAX_WORDS = 24
"""Of one account, so that a change of all of them fits into a transaction twice."""
MAX_WORD_LENGTH = 64
ENDING = "'s"
"""What a name ends in that begins no word."""
_APOSTROPHES = str.maketrans("\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}", "''")
SEARCH_PLACE = "w"
"""Begins a place after which a search goes on, which no key of the order of lists does."""
SEARCH_START = f"{SEARCH_PLACE}0#"
"""The place before everything that a search finds."""
WORD_STARTS = "\n"
"""Stands before each word of a search text, and in none."""


def search_words(account: Account) -> tuple[str, ...]:
    """Return the account's words in their order, none the beginning of another; what comes first in it wins."""
    chosen: list[str] = []
    for word in dict.fromkeys(word for text in _texts(account) for word in words_of(text)):
        if any(other.startswith(word) for other in chosen):
            continue
        chosen = [other for other in chosen if not word.startswith(other)]
        if len(chosen) < MAX_WORDS:
            chosen.append(word)
    return tuple(sorted(chosen))


def _texts(account: Account) -> tuple[str, ...]:
    """Return what is searched; of an account with very many words the last ones are not found."""
    owner = account.owner
    named = (account.organization, owner.first_name, owner.last_name)
    return account.username, account.partner_account_id or "", owner.email, *named


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text as they are compared, and each part of one that begins after a sign."""
    for word in _folded(text).split():
        for start in _starts(word):
            yield word[start : start + MAX_WORD_LENGTH]


def _folded(text: str) -> str:
    """Return the search key, in which an apostrophe is one however it is written."""
    return search_key(text).translate(_APOSTROPHES)


def _starts(word: str) -> Iterator[int]:
    last = word.rfind(".") if "@" in word else len(word)
    yield 0
    for index in range(1, min(last, len(word))):
        if word[index].isalnum() and not _continues(word[index - 1]) and word[index - 1 :] != ENDING:
            yield index


def _continues(char: str) -> bool:
    """Tell whether a letter after this one is inside a word: marks belong to the letter before them."""
    return char.isalnum() or category(char).startswith("M")


def search_text(account: Account) -> str:
    """Return the account's words as one text, in which each stands after `WORD_STARTS`."""
    return "".join(WORD_STARTS + word for word in search_words(account))


def query_words(q: str | None) -> tuple[str, ...]:
    """Return what somebody looks for, word by word, the longest first: it is likely to be the rarest."""
    words = dict.fromkeys(word[:MAX_WORD_LENGTH] for word in _folded(q or "").split())
    longest = sorted(words, key=len, reverse=True)
    return tuple(word for n, word in enumerate(longest) if not any(other.startswith(word) for other in longest[:n]))


def is_search(place: str) -> bool:
    """Tell a place of a search from one in the order of lists."""
    return place.startswith(SEARCH_PLACE)

"""Text of any script: the one form in which it is kept, the key by which it is found and sorted, and what can be seen.

Two spellings that Unicode calls the same (`é`, and `e` with a combining accent) are one text: what is kept is in
Normalization Form C. What is compared is folded further, so that letter case, width, ligatures, invisible characters
and the Turkish i with and without its dot make no difference.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, normalize

INVISIBLE = "".join(
    chr(code)
    for first, last in (
        (0x00AD, 0x00AD),
        (0x034F, 0x034F),
        (0x061C, 0x061C),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0),
        (0xFFF0, 0xFFF8),
        (0x1BCA0, 0x1BCA3),
        (0x1D173, 0x1D17A),
        (0xE0000, 0xE0FFF),
    )
    for code in range(first, last + 1)
)
"""Characters that show nothing (Unicode's Default_Ignorable_Code_Point)."""
BLANK = "\u2800\U0001d159\U00013441\U00013442"
"""Characters that have a place of their own and nothing in it."""
NOT_SEEN = frozenset(INVISIBLE + BLANK)
NOT_SEEN_KINDS = frozenset({"Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})
LINE_END_KINDS = frozenset({"Cc", "Zl", "Zp", "Cs"})
"""Control characters, line and paragraph separators, halves of characters."""
DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that show the text around them in another order than it is written."""
_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_DOTLESS_I = str.maketrans("\u0131", "i")
_BLANKS = re.compile(r"\s+")


def normalized(text: str) -> str:
    """Return the text as it is kept: in Normalization Form C."""
    return text if text.isascii() else normalize("NFC", text)


def search_key(text: str) -> str:
    """Fold a text for comparing and sorting: NFKC and casefold, one i, no invisible characters, single spaces."""
    folded = text.casefold() if text.isascii() else _folded(text)
    return " ".join(_BLANKS.split(folded)).strip()


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Fold until nothing changes: a folded letter can have a compatibility form of its own, and the other way round."""
    before = None
    while text != before:
        before = text
        text = normalize("NFKD", text).translate(_INVISIBLE).translate(_DOTLESS_I).casefold()
        text = normalize("NFKC", text).replace("i\u0307", "i")
    return text


def has_visible_character(text: str) -> bool:
    """Tell whether a reader sees anything of the text."""
    return any(char not in NOT_SEEN and category(char) not in NOT_SEEN_KINDS for char in text)


def breaks_line(char: str) -> bool:
    """Tell whether a character ends a line, or is a control character or half of one: no line of text has it."""
    return category(char) in LINE_END_KINDS or is_noncharacter(char)


def is_noncharacter(char: str) -> bool:
    """Tell whether Unicode says that no text ever has this code point."""
    return "\ufdd0" <= char <= "\ufdef" or ord(char) & 0xFFFE == 0xFFFE

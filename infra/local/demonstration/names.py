"""Makes up names of organizations and owners; the same username always gets the same ones."""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

WORDS = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
FIRST = WORDS["first"].split()
LAST, PLACES = ([word.replace("-", " ") for word in WORDS[name].split()] for name in ("last", "places"))
TRADES = WORDS["trades"].strip().splitlines()
ONE_IN_ANOTHER_SCRIPT, ONE_IN_LONG = 60, 80
"""One account in so many has such a name."""


@dataclass(frozen=True, slots=True)
class Named:
    """Who an account is."""

    organization: str
    first_name: str
    last_name: str
    email: str


def named(username: str) -> Named:
    """Return the names of the account with this username."""
    draw = random.Random(f"names of {username}")
    if draw.randrange(ONE_IN_ANOTHER_SCRIPT) == 0:
        organization, first, last = draw.choice(WORDS["elsewhere"])
        return Named(organization, first, last, _address(username, "hello", username))
    first, last = draw.choice(FIRST), draw.choice(LAST)
    organization = _organization(draw, first, last)
    return Named(organization, first, last, _address(username, first, organization))


def _organization(draw: random.Random, first: str, last: str) -> str:
    pattern: str = draw.choice(WORDS["long"] if draw.randrange(ONE_IN_LONG) == 0 else WORDS["usual"])
    return pattern.format(
        first=first,
        last=last,
        other=draw.choice(LAST),
        third=draw.choice(LAST),
        place=draw.choice(PLACES),
        trade=draw.choice(TRADES),
    )


def _address(username: str, first: str, organization: str) -> str:
    """Return an address that nobody has: below `.example`, with the username so that it is one account's alone."""
    return f"{_ascii(first) or 'hello'}.{username}@{(_ascii(organization) or 'mail')[:40].strip('-')}.example"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")

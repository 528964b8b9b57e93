"""What is left when everything has come to rest, said so that two worlds can be compared.

What differs between two runs of one thing by its nature is left out: ids made at random, instants, tokens, and how
often a worker tried. Everything else counts, line by line: what a faultless world has and this one has not is lost,
what this one has besides is doubled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fault_injection.world import SentRequest, World

Lines = Counter[str]
COINCIDENTAL = (
    (re.compile(r"(?<![0-9A-Za-z])(?:[a-z]+_)?[0-9A-HJKMNP-TV-Z]{26}(?![0-9A-Za-z])"), "<id>"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)"), "<instant>"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "<id>"),
    (re.compile(r"\b[0-9a-f]{16,64}\b"), "<hash>"),
    (re.compile(r"(token=|<id>\.|acct_\w+\.)[\w-]{43}"), r"\1<token>"),
    (re.compile(r'"(policy|x-amz-[a-z-]+)":"[^"]*"'), r'"\1":"<signed>"'),
    (re.compile(r'(https://[^"?]+)\?[^"]*'), r"\1?<signed>"),
    (re.compile(r"-\d{4}-\d\d-\d\d(?:-\d{4}-[A-Za-z_+-]+)?(?=(?:-contacts)?\.\w+)"), "-<moment>"),
    (re.compile(r'"bytes":\d+'), '"bytes":"<size>"'),
    (re.compile(r'"ends_in":\d+'), '"ends_in":"<seconds>"'),
    (re.compile(r"(<id>/)\d+/"), r"\1<attempt>/"),
)
SENT = re.compile(r"'status': '(?:sent|unsure)'")
"""A mail that may have been sent is flagged, and never sent again by itself."""
WORKED_ON = (
    "attempts worker version since open_bucket last_heartbeat_at lease_expires_at progress missing_glyphs".split()
)
UNCOMPARED: dict[str, list[str]] = {
    "report-runs": WORKED_ON,
    "imports": WORKED_ON,
    "bulk-operations": WORKED_ON,
    "deliveries": [*WORKED_ON, "reason", "sent_at", "message_id"],
    "partners": ["settled_on"],
    "invitations": ["version"],
    "sessions": ["version", "sealed_token", "current", "offered", "retired", "ttl"],
    "nightly-runs": ["settled", "bonuses", "failures"],
}
"""Attributes that tell how the work went, not what came of it. A night's numbers may be smaller where an account was
settled by day, after the night had failed to: that they are never larger is an invariant of its own."""
ACTIVITY, VISITS = "/activity", "/visits"
REPORTED = re.compile(r'\{"outcome":"(?:updated|unchanged)"')
"""What `POST /activity` answers, and its record keeps: asked again after a lost answer it finds its own report there.
No other operation's answer is let off."""


def masked(text: str) -> str:
    """The text without what is a coincidence."""
    for pattern, stands_for in COINCIDENTAL:
        text = pattern.sub(stands_for, text)
    return text


def answer(asked: SentRequest, text: str) -> str:
    """Return what was answered, to be compared with what another world answered to the same."""
    return _as_reported(masked(text)) if asked.path == ACTIVITY else masked(text)


def _as_reported(text: str) -> str:
    return REPORTED.sub('{"outcome":"as reported"', text)


SECRETS = ("downloads", "suppressions")
"""Tables of what only the tokens in a mail open: those made for a mail that was then not sent open nothing."""


def remains(world: World) -> Lines:
    """Everything that is there."""
    items = list(_items(world))
    reported = [entry for entry in items if not entry.startswith(SECRETS)]
    secrets = {entry for entry in items if entry.startswith(SECRETS)}
    return Counter([*reported, *secrets, *_counters(world), *_files(world), *_mails(world)])


def _counts_attempts(table: str, item: dict[str, Any]) -> bool:
    """Tell whether this is a daily mail budget: it counts each attempt to send, on its day."""
    return table == "usage" and str(item["counter_id"]).startswith("mails#")


def _items(world: World) -> Iterator[str]:
    reported = any(asked.path == ACTIVITY for asked in world.asked)
    for table, item in world.cloud.items():
        if table == "counters" or _counts_attempts(table, item):
            continue
        left_out = {"ttl", *UNCOMPARED.get(table, ())}
        output = {name: value for name, value in sorted(item.items()) if name not in left_out}
        if table == "invites":
            output["visits"] = _visits(world, int(item.get("visits", 0)))
        line = SENT.sub("'status': 'sent, or flagged'", masked(f"{table}: {output}"))
        yield _as_reported(line) if reported and table == "requests" else line


def _visits(world: World, counted: int) -> int:
    """Return how many visits were asked for where one more was counted: that of a visit whose answer was lost."""
    asked = sum(item.path.endswith(VISITS) for item in world.asked)
    return asked if counted == asked + 1 and asked else counted


def _counters(world: World) -> Iterator[str]:
    sums: Counter[tuple[str, str]] = Counter()
    for table, item in world.cloud.items():
        if table == "counters":
            keys = ("partner_id", "shard")
            sums.update({(item["partner_id"], name): int(n) for name, n in item.items() if name not in keys})
    for (partner_id, status_and_type), number in sums.items():
        yield from [f"counted: {partner_id} {status_and_type}"] * max(number, 0)
        yield from [f"counted below nothing: {partner_id} {status_and_type}"] * max(-number, 0)


def _files(world: World) -> Iterator[str]:
    for key, size in world.cloud.files().items():
        yield masked(f"file: {key}") + (f" of {size} bytes" if key.endswith(".csv") else "")


def _mails(world: World) -> Iterator[str]:
    for mail in world.cloud.mails():
        yield masked(f"mail: {sorted(_addresses(mail))} {_subject(mail)}")


def _addresses(mail: Any) -> list[str]:
    to = mail.destinations
    return list(to if isinstance(to, list) else to.get("ToAddresses", []))


def _subject(mail: Any) -> str:
    found = re.search(r"^Subject: (.*(?:\r?\n[ \t].*)*)", getattr(mail, "raw_data", ""), re.MULTILINE)
    return found.group(1) if found else str(getattr(mail, "subject", ""))

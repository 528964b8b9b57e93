"""Finds names of the private language that the field's own terms have replaced; `make lint` runs it.

A word is looked for as a whole name in Python code (not in texts), as a CSS token of the console, and as a file's name.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
LINKS = re.compile(r"`tests/[^`]*`|\[[^\]]*\]\([^)]*\)")
"""Names of tests, and links, in a page."""
PYTHON = ("app.py", "chalicelib/**/*.py", "infra/**/*.py", "tests/**/*.py", "bench/**/*.py")
EXPLAINED = ("app.py", "chalicelib/**/*.py", "infra/**/*.py", "docs/*.md", "README.md", "CONTRIBUTING.md")
CONSOLE = ("console/src/**/*.ts", "console/src/**/*.tsx", "console/src/**/*.css")

REPLACED = {
    "changes": "Book",
    "full_scan": "shelves Shelves refile MISFILED",
    "check_data": "recount recounting MEND mend",
    "email_messages": "Letter report_letters mailings",
    "send_worker": "delivering delivery_steps delivery_sweeping",
    "DeliverySkipped": "Unsendable hindrance",
    "unsubscribe_link": "way_out",
    "notify_earned": "announcing unannounced announces",
    "settle_partner": "PartnerNight CloseNight CountNight",
    "scheduled_changes": "Happening Dated",
    "TransactionWriter": "Journal journal",
    "mapper": "Codec codec_of beside_version",
    "item_decoder": "UnsortedTexts items_taken take_items raw_answer",
    "by_list_order": "by_standing standing_key",
    "enqueue": "hand_over",
    "recovery": "sweeping heard_at SILENCE UNSTARTED UNSTARTABLE",
    "ImportLease": "Holding let_go held_until",
    "RateLimiter": "Pace SHIFT",
    "RowOutcome": "Judged Tally",
    "ReportContext": "Asking Asked asked_on",
    "the thing's name": "each said known there its told",
    "IdempotencyKey": "Keyed looked_up takes_key",
    "client_network": "neighbourhood",
    "ignore_body, partner_scoped": "reads_body for_partner",
    "closed_without_approval": "came_to_nothing",
    "require_plan_authority": "require_owner require_decider give_plan",
    "Unavailable, StaleVersion, AlreadyExists": "Busy Changed Taken",
    "InvalidFile, KeysUnavailable": "Unreadable Unreachable",
    "seed_users, SmtpSink": "settle_in PostOffice",
    "FaultInjector, Baseline": "Perils Course unruly",
}
"""By what to say: the words that are gone."""
PROSE = {
    "journal": "transaction writer",
    "recount": "data check",
    "sweeps?": "run of the sweeper",
    "codec": "mapper",
    "hand(?:s|ed|ing)?(?: \\w+)? over": "enqueue",
    "heard of": "last heartbeat",
    "(?:way|ways) out": "unsubscribe link",
    "tally": "counts",
    "shelf|shelves": "full scan",
    "refile|misfiled": "index keys",
    "standings?": "status and type",
    "came to nothing": "closed without approval",
    "the calendar (?:has|does|did|acts?|changes|changed|will)": "scheduled or due changes",
    "mend(?:s|ed|ing)?": "repair",
}
"""Patterns of words that are gone from docstrings, comments and pages, each with what to say."""
OTHERS = ("Python's own codec",)
"""Where such a word has its usual meaning."""
GONE_FROM_CSS = ("--spine", "--ribbon", "--paper", "--sheet", "--ink")
EXCEPTIONS: dict[str, frozenset[str]] = {
    "tests/unit/reports/formats/test_xls.py": frozenset({"Book"}),
}
"""Files that may use some of the words, and which."""


def words() -> dict[str, str]:
    """Return what to say, by each word that is gone."""
    return {word: better for better, gone in REPLACED.items() for word in gone.split()}


def in_python(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the names that are gone, each with its line; the file's own first."""
    gone, text = words(), path.read_text()
    if path.stem in gone:
        yield 1, path.stem
    if gone.keys().isdisjoint(re.findall(r"\w+", text)):  # Most files; reading tokens takes twenty times as long.
        return
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME and token.string in gone:
            yield token.start[0], token.string


def in_console(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the CSS tokens that are gone, each with its line."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        yield from ((number, token) for token in GONE_FROM_CSS if re.search(rf"{token}\b(?!-)", line))


def in_prose(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the words that are gone from what a file explains: docstrings and comments, or a page without its links."""
    text = path.read_text("utf-8")
    for line, explained in _explained(path, text) if any(re.search(old, text) for old in PROSE) else ():
        for other in OTHERS:
            explained = explained.replace(other, "")
        yield from ((line, match[0]) for old in PROSE if (match := re.search(rf"\b(?:{old})\b", explained)))


def _explained(path: Path, text: str) -> Iterator[tuple[int, str]]:
    if path.suffix == ".md":
        yield 1, LINKS.sub("", text)
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def found(root: Path = ROOT) -> list[str]:
    """Return each place where a word that is gone stands, with what to say."""
    gone = words() | dict.fromkeys(GONE_FROM_CSS, "--nav-bg, --brand, --bg, --surface, --text")
    places = []
    for globs, search in ((PYTHON, in_python), (CONSOLE, in_console), (EXPLAINED, in_prose)):
        for path in sorted(path for glob in globs for path in root.glob(glob)):
            name = str(path.relative_to(root))
            allowed = EXCEPTIONS.get(name, frozenset())
            places += [
                f"{name}:{line}: {word}: say {gone.get(word) or _better(word)}"
                for line, word in search(path)
                if word not in allowed
            ]
    return places


def _better(word: str) -> str:
    return next(better for old, better in PROSE.items() if re.fullmatch(old, word))


def main() -> None:
    """End with 1 where a word stands that is gone."""
    places = found()
    sys.stdout.writelines(f"{place}\n" for place in places)
    raise SystemExit(1 if places else 0)


if __name__ == "__main__":
    main()

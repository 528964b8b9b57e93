"""Tables and rows that the tests of every format write, ordinary and hostile."""

from __future__ import annotations

from datetime import UTC, datetime

from chalicelib.reports.table import Column, ColumnType, Heading, Row, Table

HEADING = Heading(
    title="Managed Account Details",
    partner="Bäckerei & <Söhne>",
    as_of=datetime(2026, 11, 5, 6, 30, tzinfo=UTC),
    parameters=(("Status", "O (open)"),),
    notes=("Accounts moved while this was read.",),
)
TABLE = Table(
    HEADING,
    (
        Column("Organization", width=24),
        Column("List size", ColumnType.INTEGER, 10),
        Column("Created", ColumnType.DATE, 10),
    ),
)
EMPTY: Row = (None, None, None)

ORDINARY: list[Row] = [
    ("Client 7590-VHVEG", 30, "2026-08-02"),
    ("Smith, Jones & Co", 0, "2023-12-14"),
    ('The "Best" <Bakery>', 1890, "2024-02-29"),
    EMPTY,
    ("Last", 7, "9999-12-31"),
]

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\0=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "  =1",
    "\u00a0=1",
    "\u3000-1",
)
NAMES = (
    "שלום עולם",
    "شركة الأمل",
    "東京デザイン",
    "Ζωή Παπαδοπούλου",
    "Łódź",
    "👩‍👩‍👧 Family",
    "e\u0301",
    "a\u202eb",
    "'t Hart",
    "''",
    "O'Brien",
)
CONTROLS = (
    "a\0b",
    "\x01\x1f\x7f",
    "line\nbreak",
    "line\r\nbreak",
    "\x1f",
    "a\x1fb",
    "a\x1eb",
    "\x0b\x0c",
    "\x85\x9f",
)
MARKUP = (
    "<b>&amp;</b>",
    "]]>",
    "</td></tr>",
    "</script><script>alert(1)</script>",
    "_x0041_",
    "_x0041",
    "_x005F_",
    "_x0041\x01",
    "_X000d_x000D_",
)
SPACES = (" leading", "trailing ", "  ", "a  b", "\ttab", "\n")
LONG = ("x" * 32_767, "é" * 32_767, "€" * 32_767, "😀" * 16_383 + "y")
NUMBERS = (0, -1, 2**29 - 1, 2**29, -(2**29), -(2**29) - 1, 2**31, 10**15 - 1, -(10**15) + 1)
TOO_LARGE = (10**15, -(10**15), 2**53 + 1, -(2**63), 10**40)
DATES = ("1900-03-01", "1999-12-31", "2000-02-29", "2026-11-05", "9999-12-31")
NOT_COUNTED = ("1899-12-31", "1900-01-01", "1900-02-28", "0001-01-01")
"""Dates before the day from which on spreadsheets agree."""
NO_DATES = ("1900-02-29", "2026-02-29", "2026-11-05T10:00", "20261105", "2026-W45-4", "soon", "=TODAY()")

UNREAD = ("\ufeff@x", "a\ufffeb", "\uffff")
"""Signs that calamine does not give back: a byte order mark in XLS, these two in XLSX."""

HOSTILE_TEXTS = FORMULAS + NAMES + CONTROLS + MARKUP + SPACES + LONG
FUZZ: list[Row] = [
    *((text, None, None) for text in HOSTILE_TEXTS),
    *((None, number, None) for number in NUMBERS + TOO_LARGE),
    *((None, None, day) for day in DATES + NOT_COUNTED + NO_DATES),
]

DETAILS_ROW: Row = (
    "acct_4vr8fems30tdr0eq7yw00hyc6d",
    "7590-VHVEG",
    "7590-vhveg",
    "The Very Long Name Marketing & Advertising Company of Northern Westphalia",
    "Bartholomew Featherstonehaugh",
    "bartholomew.featherstonehaugh@very-long-name-marketing.example.com",
    "O",
    "Standard",
    "Single bill",
    "Balance due, Compliance",
    "2026-08-02",
    "2026-10-01",
    "2026-09-13",
    1_234_567,
    98_765,
    "2026-10-27",
    54_321,
    "2026-10-28",
    "SMS, SEO, Inbox Preview, Newsletter Archive (included)",
    "Not started",
)

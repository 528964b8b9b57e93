"""The targeted list: nothing altered, nothing dangerous in it, everything left out listed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.reports.formats import encoder
from chalicelib.reports.formats.contacts import CONTACT_COLUMNS, ContactsEncoder, LeftOut
from tests.unit.reports.formats.reading import csv_rows
from tests.unit.reports.formats.samples import TABLE
from tests.unit.reports.formats.writing import written

if TYPE_CHECKING:
    from chalicelib.reports.table import Row

CONTACTS = replace(TABLE, columns=CONTACT_COLUMNS)
GOOD: Row = ("a@example.com", "Ada", "'t Hart", "Smith, Jones")
BAD: Row = ("b@example.com", "Bob", " =cmd()", "Co")
OTHER: Row = ("c@example.com", "Cy", None, " - indented")


def test_the_file_has_its_header_without_a_byte_order_mark() -> None:
    assert written("contacts", [], table=CONTACTS) == b"email,first_name,last_name,company_name\r\n"


def test_contacts_are_never_altered() -> None:
    assert csv_rows(written("contacts", [GOOD], table=CONTACTS))[1:] == [list(GOOD)]


def test_dangerous_rows_are_left_out_and_listed_with_the_column() -> None:
    contacts = ContactsEncoder(CONTACTS)
    file = written(contacts, [GOOD, BAD, GOOD, OTHER], batch=2)
    assert csv_rows(file)[1:] == [list(GOOD), list(GOOD)]
    assert contacts.left_out == [LeftOut(2, "last_name"), LeftOut(4, "company_name")]
    assert contacts.left_out_count == 2


def test_only_the_first_thousand_are_listed_but_all_are_counted() -> None:
    contacts = ContactsEncoder(CONTACTS)
    written(contacts, [BAD] * 1_500)
    assert len(contacts.left_out) == 1_000
    assert contacts.left_out_count == 1_500


def test_it_is_written_by_name_like_the_formats() -> None:
    assert isinstance(encoder("contacts", CONTACTS), ContactsEncoder)

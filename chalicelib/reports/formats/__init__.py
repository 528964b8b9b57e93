"""The formats a report can be written in; each is one module or package here, imported when it is first used."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from chalicelib.reports.table import Encoder, Table


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a table to a file."""

    name: str
    media_type: str
    extension: str
    encoder: str
    """The class in the module `formats.<name>` that takes a `Table` and is an `Encoder`."""
    row_limited: bool = False
    """Refused above the platform's row limit, before anything is read, naming CSV and XLSX instead."""


FORMATS = {
    item.name: item
    for item in (
        Format("csv", "text/csv; charset=utf-8", "csv", "CsvEncoder"),
        Format("html", "text/html; charset=utf-8", "html", "HtmlEncoder", row_limited=True),
        Format("pdf", "application/pdf", "pdf", "PdfEncoder", row_limited=True),
        Format("xls", "application/vnd.ms-excel", "xls", "XlsEncoder", row_limited=True),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "XlsxEncoder"),
    )
}

CONTACTS = Format("contacts", "text/csv; charset=utf-8", "csv", "ContactsEncoder")
"""The targeted list, beside a report that lists accounts: see `reports.report.Report.contacts`."""


def format_of(name: str) -> Format:
    """Return the format with this name, the contact list among them."""
    return CONTACTS if name == CONTACTS.name else FORMATS[name]


def encoder(name: str, table: Table) -> Encoder:
    """Return a fresh encoder that writes this table once."""
    chosen = format_of(name)
    module = import_module(f"{__name__}.{chosen.name}")
    return cast("Encoder", getattr(module, chosen.encoder)(table))

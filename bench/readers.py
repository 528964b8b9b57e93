"""The files that `bench.reports` wrote, opened by readers that nobody here wrote, cell for cell as the items say."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from bench.items import Pages
from bench.reports import KEPT, ROWS
from bench.results import at_least, report
from chalicelib.reports.columns import shown
from chalicelib.reports.table import ColumnType
from chalicelib.reports.types.managed_account_details import COLUMNS, FIELDS, REPORT
from tests.unit.reports.formats import reading
from tests.unit.reports.formats.reading_pdf import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.results import Result
    from chalicelib.reports.table import Row, Value

Cells = list[list[str]]
"""As text: a day as `2026-11-05`, nothing as nothing."""
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DATED = frozenset(place for place, column in enumerate(COLUMNS) if column.type is ColumnType.DATE)


def main() -> int:
    """Open every file with every reader."""
    return report("readers", _opened())


def _opened() -> Iterator[Result]:
    for format_, readers in READERS.items():
        for name, read in readers.items():
            yield at_least(f"readers.{format_}.{name}", _equal(read(_file(format_))), "rows equal", ROWS)


def _file(format_: str) -> Path:
    found = sorted(KEPT.glob(f"*.{format_}"))
    if not found:
        raise SystemExit(f"There is no {format_} file in {KEPT}: run bench.reports first.")
    return found[-1]


def _equal(rows: Cells) -> int:
    """How many rows are what they should be, each in its place and none besides."""
    return sum(read == wanted for read, wanted in zip(rows, _wanted(), strict=True)) if len(rows) == ROWS else 0


@cache
def _wanted() -> Cells:
    """What the items say by boto3's own deserializer, as the report shows it."""
    return [[_text(value) for value in row] for row in _rows()]


def _rows() -> list[Row]:
    from boto3.dynamodb.types import TypeDeserializer

    plain, pages = TypeDeserializer().deserialize, Pages()
    bodies = (pages.body(page, ROWS) for page in range(-(-ROWS // pages.rows_a_page)))
    items = [item for body in bodies for item in json.loads(body)["Items"]]
    batch = [tuple(_plain(plain(item[name])) if name in item else None for name in FIELDS) for item in items]
    return REPORT.sheet.rows(batch, None)  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, set):
        return tuple(value)
    return value if isinstance(value, str) else int(value)


def _text(value: Value | float | date) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) else "" if value is None else str(value)


def _without_separators(row: list[str]) -> list[str]:
    """Return the cells of a row, its numbers without the separators of thousands that people read."""
    return [
        text.replace(",", "") if column.type is ColumnType.INTEGER else text
        for text, column in zip(row, COLUMNS, strict=True)
    ]


def _sheet(sheets: dict[str, reading.Grid]) -> Cells:
    return [[_text(value) for value in row] for row in next(iter(sheets.values()))[1:]]


def _libreoffice(file: Path) -> Cells:
    """As LibreOffice converts it to flat OpenDocument."""
    with TemporaryDirectory() as directory:
        profile = f"-env:UserInstallation={(Path(directory) / 'profile').as_uri()}"
        utf_8 = ["--infilter=Text - txt - csv (StarCalc):44,34,76,1"] if file.suffix == ".csv" else []
        command = ["soffice", profile, "--headless", *utf_8, "--convert-to", "fods", "--outdir", directory, str(file)]
        subprocess.run(command, check=True, timeout=600, capture_output=True)
        table = next(ET.parse(Path(directory) / f"{file.stem}.fods").getroot().iter(f"{_TABLE}table"))
    rows = list(table.iter(f"{_TABLE}table-row"))[1 : ROWS + 1]
    return [_office_row(row)[: len(COLUMNS)] for row in rows]


def _office_row(row: ET.Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        cells += [_office_text(cell)] * int(cell.get(f"{_TABLE}number-columns-repeated", 1))
    return cells


def _office_text(cell: ET.Element) -> str:
    number = cell.get(f"{_OFFICE}value")
    dated = cell.get(f"{_OFFICE}date-value")
    return dated or (_text(float(number)) if number else "".join("".join(text.itertext()) for text in cell))


def _pdftotext(file: Path) -> Cells:
    command = ["pdftotext", "-raw", str(file), "-"]
    return _found(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _pdfium(file: Path) -> Cells:
    with opened(file.read_bytes()) as document:
        return _found("".join(page.get_textpage().get_text_bounded() for page in document))


def _found(text: str) -> Cells:
    """The rows that stand in a text one behind the other, whatever the line breaks; the others as nothing."""
    together, rows, after = "".join(text.split()), [], 0
    for row in _rows():
        squeezed = "".join("".join(map(shown, row)).split())
        existing = together.find(squeezed, after)
        rows.append([_text(value) for value in row] if existing >= 0 else [])
        after = max(after, existing)
    return rows


def _qpdf(file: Path) -> Cells:
    """All rows if qpdf finds nothing to complain of, none otherwise."""
    return _wanted() if subprocess.run(["qpdf", "--check", str(file)], capture_output=True).returncode == 0 else []


READERS: dict[str, dict[str, Callable[[Path], Cells]]] = {
    "csv": {"csv": lambda file: reading.csv_rows(file.read_bytes())[1:], "libreoffice": _libreoffice},
    "html": {"html5lib": lambda file: [_without_separators(row) for row in reading.html_rows(file.read_bytes())[1:]]},
    "xlsx": {
        "openpyxl": lambda file: _sheet(reading.openpyxl_sheets(file.read_bytes())),
        "calamine": lambda file: _sheet(reading.calamine_sheets(file.read_bytes())),
        "libreoffice": _libreoffice,
    },
    "xls": {
        "xlrd": lambda file: _sheet(reading.xlrd_sheets(file.read_bytes())),
        "calamine": lambda file: _sheet(reading.calamine_sheets(file.read_bytes())),
        "libreoffice": _libreoffice,
    },
    "pdf": {"pdftotext": _pdftotext, "pdfium": _pdfium, "qpdf": _qpdf},
}


if __name__ == "__main__":
    sys.exit(main())

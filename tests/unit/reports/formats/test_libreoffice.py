"""What LibreOffice makes of the files: it opens and converts them, finds no formula, and shows what was written."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.unit.reports.formats.samples import DATES, FORMULAS, FUZZ, MARKUP, NAMES, NUMBERS, ORDINARY
from tests.unit.reports.formats.writing import written

if TYPE_CHECKING:
    from pathlib import Path

    from chalicelib.reports.table import Row

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed; bench/setup installs it"),
]
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CSV_AS_UTF8_EVALUATING_FORMULAS = (
    "--infilter=Text - txt - csv (StarCalc):{separators},34,76,1,,0,false,true,false,false,false,0,true"
)
SEPARATORS = {"comma": "44", "semicolon": "59", "tab": "9", "all of them": "44/59/9"}
SAFE_TO_SHOW = [*NAMES, *(text for text in MARKUP if "\x01" not in text)]


def converted(file: bytes, format_: str, directory: Path, separators: str = "44") -> ET.Element:
    """The file as LibreOffice sees it, as flat OpenDocument."""
    source = directory / f"report.{format_}"
    source.write_bytes(file)
    profile = f"-env:UserInstallation={(directory / 'profile').as_uri()}"
    filters = [CSV_AS_UTF8_EVALUATING_FORMULAS.format(separators=separators)] if format_ == "csv" else []
    command = [str(SOFFICE), profile, "--headless", *filters, "--convert-to", "fods", "--outdir", str(directory)]
    subprocess.run([*command, str(source)], check=True, timeout=300, capture_output=True)
    return ET.parse(directory / "report.fods").getroot()


def cells(document: ET.Element, row: int) -> list[ET.Element]:
    """The cells of a row of the first sheet, counted from 0."""
    return document.findall(f".//{TABLE}table")[0].findall(f".//{TABLE}table-row")[row].findall(f"{TABLE}table-cell")


def shown(cell: ET.Element) -> str:
    return "\n".join("".join(paragraph.itertext()) for paragraph in cell.findall(f"{TEXT}p"))


@pytest.mark.parametrize("format_", ["csv", "xls", "xlsx"])
def test_no_formula_is_found_among_hostile_rows(format_: str, tmp_path: Path) -> None:
    document = converted(written(format_, [*ORDINARY, *FUZZ]), format_, tmp_path)
    assert len(list(document.iter(f"{TABLE}table-row"))) > len(FUZZ)
    assert not [cell for cell in document.iter() if cell.get(f"{TABLE}formula")]


@pytest.mark.parametrize("separators", SEPARATORS.values(), ids=SEPARATORS)
def test_no_formula_is_found_whatever_the_list_separator_is(separators: str, tmp_path: Path) -> None:
    within = [(f"Acme{sign}{start}", n, None) for n, sign in enumerate(";\t|,\n") for start in ("=1+1;", '"=1+1;')]
    document = converted(written("csv", [*FUZZ, *within]), "csv", tmp_path, separators)
    assert not [cell for cell in document.iter() if cell.get(f"{TABLE}formula")]


@pytest.mark.parametrize("separators", ["59", "44/59/9"])
def test_a_formula_behind_another_separator_would_have_been_found(separators: str, tmp_path: Path) -> None:
    document = converted(b"a,b\r\n1,Acme;=1+1;\r\n", "csv", tmp_path, separators)
    assert [cell for cell in document.iter() if cell.get(f"{TABLE}formula")]


def test_a_formula_would_have_been_found(tmp_path: Path) -> None:
    document = converted(b"a\r\n=1+1\r\n", "csv", tmp_path)
    assert [cell for cell in document.iter() if cell.get(f"{TABLE}formula")]


@pytest.mark.parametrize("format_", ["xls", "xlsx"])
def test_texts_numbers_and_dates_are_what_was_written(format_: str, tmp_path: Path) -> None:
    texts = [*SAFE_TO_SHOW, *(text for text in FORMULAS if text.isprintable() and "  " not in text)]
    rows: list[Row] = [(text, NUMBERS[n % len(NUMBERS)], DATES[n % len(DATES)]) for n, text in enumerate(texts)]
    document = converted(written(format_, rows), format_, tmp_path)
    for number, (text, amount, day) in enumerate(rows, 1):
        single, two, three = cells(document, number)[:3]
        assert (single.get(f"{OFFICE}value-type"), shown(single)) == ("string", text)
        assert (two.get(f"{OFFICE}value-type"), float(two.get(f"{OFFICE}value") or "nan")) == ("float", amount)
        assert (three.get(f"{OFFICE}value-type"), three.get(f"{OFFICE}date-value")) == ("date", day)


@pytest.mark.parametrize("format_", ["xls", "xlsx"])
def test_the_header_has_the_filters_buttons(format_: str, tmp_path: Path) -> None:
    document = converted(written(format_, ORDINARY), format_, tmp_path)
    (area,) = document.iter(f"{TABLE}database-range")
    assert area.get(f"{TABLE}display-filter-buttons") == "true"
    assert (area.get(f"{TABLE}target-range-address") or "").endswith(".A1:'Managed Account Details'.C6")

"""HTML as a browser's parser reads it."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.kernel.paper import A4, LETTER, Paper
from chalicelib.reports.columns import shown
from chalicelib.reports.table import Bar, Chart, Front
from tests.unit.reports.formats.reading import html_page, html_rows
from tests.unit.reports.formats.samples import CONTROLS, FUZZ, ORDINARY, TABLE
from tests.unit.reports.formats.writing import written

TITLES = [column.title for column in TABLE.columns]


def cells(row: tuple[Any, ...]) -> list[str]:
    return [shown(value).replace("\0", "\ufffd") for value in row]


def policy(page: Any) -> dict[str, list[str]]:
    content = page.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    return {name: sources for name, *sources in (directive.split() for directive in content.split(";"))}


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_ordinary_rows_come_back() -> None:
    assert html_rows(written("html", ORDINARY)) == [TITLES, *map(cells, ORDINARY)]


@pytest.mark.parametrize("batch", [1, 1_000])
def test_hostile_rows_come_back_as_they_went_in(batch: int) -> None:
    assert html_rows(written("html", FUZZ, batch=batch)) == [TITLES, *map(cells, FUZZ)]


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs", "Cn"]))), min_size=1))
def test_any_text_comes_back(rows: list[tuple[str]]) -> None:
    found = html_rows(written("html", [(text, None, None) for (text,) in rows]))
    assert [row[0] for row in found[1:]] == [cells(row)[0] for row in rows]


def test_headers_are_there_with_zero_rows() -> None:
    file = written("html", [])
    assert html_rows(file) == [TITLES]
    assert b">0 rows<" in file


def test_the_count_and_late_notes_stand_below_the_rows() -> None:
    page = html_page(written("html", ORDINARY * 300, notes=("Read three times.",)))
    assert page.find(".//p[@class='count']").text == "1,500 rows"
    assert [note.text for note in page.findall(".//div[@class='notes']/p")] == [
        "Accounts moved while this was read.",
        "Read three times.",
    ]


def test_the_total_row_is_the_tables_foot() -> None:
    page = html_page(written("html", ORDINARY, total=("Total", 1927, None)))
    assert ["".join(cell.itertext()) for cell in page.iter("td")][-3:] == ["Total", "1,927", ""]
    assert page.find(".//tfoot/tr") is not None


def test_the_heading_names_report_partner_time_and_parameters() -> None:
    page = html_page(written("html", []))
    assert page.find(".//h1").text == "Managed Account Details"
    assert page.find(".//p[@class='partner']").text == "Bäckerei & <Söhne>"
    facts = dict(zip((e.text for e in page.iter("dt")), (e.text for e in page.iter("dd")), strict=True))
    assert facts == {"As of": "5 November 2026, 06:30 UTC", "Status": "O (open)"}


def test_only_its_own_style_and_script_may_run() -> None:
    page = html_page(written("html", ORDINARY))
    (style,), (script,) = page.iter("style"), page.iter("script")
    assert policy(page) == {
        "default-src": ["'none'"],
        "style-src": [hashed(style.text)],
        "script-src": [hashed(script.text)],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def test_nothing_is_fetched_and_nothing_styled_or_run_in_place() -> None:
    file = written("html", FUZZ)
    for element in html_page(file).iter():
        assert not {"src", "href", "style", "action", "srcset"} & set(element.attrib)
        assert not any(name.startswith("on") for name in element.attrib)
    assert not re.search(rb"@import|url\(", file)


def test_there_is_no_element_that_a_cell_brought_along() -> None:
    existing = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "main",
        "h1",
        "p",
        "dl",
        "div",
        "dt",
        "dd",
        "table",
    }
    existing |= {"thead", "tbody", "tr", "th", "td", "script"}
    assert {element.tag for element in html_page(written("html", FUZZ)).iter()} == existing


def test_the_page_parses_without_an_error() -> None:
    import html5lib

    parser = html5lib.HTMLParser(strict=True)
    rows = [
        row
        for row in FUZZ
        if row[0] not in CONTROLS and "\0" not in str(row[0]) and "\x01" not in str(row[0]) and "\r" not in str(row[0])
    ]
    assert parser.parse(written("html", rows, total=("Total", 1, None)), transport_encoding="utf-8") is not None


def test_half_a_surrogate_pair_becomes_a_question_mark() -> None:
    assert html_rows(written("html", [("a\ud800b", None, None)]))[1][0] == "a?b"


FRONT = Front((Bar("Total", 1_234),), (Chart("Reasons <b>", (Bar("Cost & more", 3_000), Bar("Move out", 1_000))),))


def test_figures_and_charts_stand_above_the_rows_with_numbers_and_shares() -> None:
    page = html_page(written("html", ORDINARY, front=FRONT))
    figures = page.find(".//dl[@class='figures']")
    assert ["".join(item.itertext()) for item in figures] == ["Total1,234"]
    chart = page.find(".//section[@class='chart']")
    assert chart.find("h2").text == "Reasons <b>"
    assert ["".join(item.itertext()) for item in chart.iter("li")] == [
        "Cost & more3,000 (75.0%)",
        "Move out1,000 (25.0%)",
    ]
    drawings = [(svg.get("aria-hidden"), svg[0].get("width")) for svg in chart.iter() if str(svg.tag).endswith("svg")]
    assert drawings == [("true", "300.0"), ("true", "100.0")]


def test_all_that_is_said_stands_in_landmarks() -> None:
    body = html_page(written("html", ORDINARY, front=FRONT, notes=("Late.",))).find("body")
    assert [element.tag for element in body] == ["header", "main", "script"]


@pytest.mark.parametrize(("paper", "name"), [(LETTER, "letter"), (A4, "a4")])
def test_it_is_printed_on_the_partners_paper(paper: Paper, name: str) -> None:
    file = written("html", ORDINARY, table=replace(TABLE, heading=replace(TABLE.heading, paper=paper)))
    assert f"@page{{size:{name} portrait".encode() in file

"""The fixed parts of an XLSX file: what is in it, how cells look, what the workbook is called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from chalicelib.reports.formats.xlsx.escaping import attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chalicelib.reports.table import Heading

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"

PLAIN, HEADER, DATE, QUOTED, TOTAL, TOTAL_DATE, WRAPPED, NUMBER, TOTAL_NUMBER, NUMBER_HEADER = range(10)
"""The looks of a cell, by their places in styles.xml."""

PACKAGE_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)


def styles() -> str:
    """Return how cells look."""
    return Path(__file__).with_name("styles.xml").read_text(encoding="utf-8")


def properties(heading: Heading) -> str:
    """Return the document's properties."""
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{attribute(heading.title)}</dc:title><dc:creator>{attribute(heading.partner)}</dc:creator>"
        f"<dc:language>{attribute(heading.language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{heading.as_of:%Y-%m-%dT%H:%M:%SZ}</dcterms:created>'
        "</cp:coreProperties>"
    )


def content_types(sheets: int) -> str:
    """Return what each part is."""
    parts = [("/xl/workbook.xml", f"{_SHEET_TYPE}.sheet.main+xml"), ("/xl/styles.xml", f"{_SHEET_TYPE}.styles+xml")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", f"{_SHEET_TYPE}.worksheet+xml") for n in range(1, sheets + 1)]
    parts.append(("/docProps/core.xml", _CORE_TYPE))
    overrides = "".join(f'<Override PartName="{name}" ContentType="{type_}"/>' for name, type_ in parts)
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def workbook_relations(sheets: int) -> str:
    """Return where the workbook's parts are."""
    targets = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, sheets + 1)]
    targets.append((f"rId{sheets + 1}", "styles", "styles.xml"))
    links = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in targets)
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def workbook(names: Sequence[str], filters: Iterable[str]) -> str:
    """Return the sheets by name; `filters` are the filtered ranges of the first of them."""
    sheets = "".join(
        f'<sheet name="{attribute(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1)
    )
    defined = "".join(_defined_names(n, _quoted(names[n]), area) for n, area in enumerate(filters))
    return (
        f'{_XML}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{sheets}</sheets><definedNames>{defined}</definedNames></workbook>"
    )


def _defined_names(sheet: int, name: str, area: str) -> str:
    """Return what the filter covers, and the header row as what every printed page begins with."""
    start = f'<definedName localSheetId="{sheet}" name="_xlnm.'
    return (
        f'{start}_FilterDatabase" hidden="1">{name}!{area}</definedName>{start}Print_Titles">{name}!$1:$1</definedName>'
    )


def _quoted(name: str) -> str:
    doubled = name.replace("'", "''")
    return attribute(f"'{doubled}'")

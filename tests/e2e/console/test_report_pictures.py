"""The first page of each report in docs/reports: taken anew where it looks different."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.e2e.console.pictures import Album
from tests.e2e.report_desk import ReportDesk
from tests.e2e.test_main_job import REPORTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.e2e.stack import EmbeddedStack

pytestmark = [pytest.mark.browser, pytest.mark.stack]

FOLDER = Path(__file__).parents[3] / "docs/reports"
POINTS_TO_PIXELS = 1.25


def test_the_album_holds_the_first_page_of_each_report(browser: Browser, stack: EmbeddedStack) -> None:
    desk, album = ReportDesk(stack.http("partner_admin")), Album(browser.new_page(), FOLDER)
    for report, asked in REPORTS.items():
        content = desk.files(report, ["pdf"], **asked)["pdf"]
        album.keep(report, picture(content))
    album.light_table.close()
    assert {path.stem for path in FOLDER.iterdir()} == REPORTS.keys()


def picture(content: bytes) -> bytes:
    """The first page of a PDF, as a PNG."""
    bitmap = pypdfium2.PdfDocument(content)[0].render(scale=POINTS_TO_PIXELS, rev_byteorder=True)
    raw, row = bytes(bitmap.buffer), bitmap.width * bitmap.n_channels
    rows = b"".join(b"\0" + raw[start : start + row] for start in range(0, bitmap.stride * bitmap.height, bitmap.stride))
    colors = {1: 0, 3: 2, 4: 6}[bitmap.n_channels]
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, colors, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )

"""Which formats there are, and that only the one asked for is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from chalicelib.reports.formats import FORMATS, encoder
from tests.unit.reports.formats.samples import TABLE


def test_five_formats_of_which_three_have_a_row_limit() -> None:
    assert set(FORMATS) == {"csv", "html", "pdf", "xls", "xlsx"}
    assert {name for name, format_ in FORMATS.items() if format_.row_limited} == {"pdf", "html", "xls"}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_a_file_without_rows(name: str) -> None:
    encoding = encoder(name, TABLE)
    assert b"".join([*encoding.start(), *encoding.rows([]), *encoding.finish()])
    assert encoding.missing_glyphs == 0


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError):
        encoder("docx", TABLE)


def test_naming_the_formats_loads_none_of_them() -> None:
    code = "import sys, chalicelib.reports.formats; print([m for m in sys.modules if 'formats.' in m or m == 'isal'])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"

"""A file's name reaches the browser as it is, and can do nothing else on its way there."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.kernel.files import LONGEST_NAME, attachment


def names(header: str) -> tuple[str, str]:
    """The plain and the full name that a browser reads."""
    plain, _, full = header.removeprefix('attachment; filename="').partition("\"; filename*=UTF-8''")
    return plain, unquote(full)


@pytest.mark.parametrize(
    ("filename", "plain", "full"),
    [
        ("accounts 2026-11-05.csv", "accounts 2026-11-05.csv", "accounts 2026-11-05.csv"),
        ("Café Zürich.pdf", "Cafe Zurich.pdf", "Café Zürich.pdf"),
        ("Ωμέγα.pdf", "report.pdf", "Ωμέγα.pdf"),
        ('a"; evil="b.csv', "a evil= b.csv", "a evil= b.csv"),
        ("../../etc/passwd", "etc passwd", "etc passwd"),
        ("a\r\nSet-Cookie: x=1.csv", "aSet-Cookie x=1.csv", "aSet-Cookie x=1.csv"),
        ("invoice\u202efdp.exe", "invoicefdp.exe", "invoicefdp.exe"),
        ("\ud800", "report", "report"),
        ("", "report", "report"),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_only_a_name(filename: str, plain: str, full: str) -> None:
    assert names(attachment(filename)) == (plain, full)


def test_a_very_long_name_keeps_its_suffix() -> None:
    _, full = names(attachment("x" * 5000 + ".xlsx"))
    assert full == "x" * LONGEST_NAME + ".xlsx"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_no_name_ends_the_header_or_hides_what_it_is(filename: str) -> None:
    header = attachment(filename)
    plain, full = names(header)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert plain.strip()
    assert full.strip()
    assert not set('/\\":;') & set(plain + full)
    assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & {unicodedata.category(char) for char in full}

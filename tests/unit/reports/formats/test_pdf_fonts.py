"""Fonts: read, reduced to what was used, and added to by a layer."""

from __future__ import annotations

from pathlib import Path
from struct import pack, unpack_from

import pytest

from chalicelib.reports.formats.pdf import fonts
from chalicelib.reports.formats.pdf.fonts import BUNDLED, bundled, further
from chalicelib.reports.formats.pdf.truetype import TrueType

REGULAR = BUNDLED / "text-regular.ttf"


def with_characters_in_segments(data: bytes) -> bytes:
    """The font with its characters in the older form 4: A to Z by offset, a by difference."""
    glyphs = TrueType(data).glyphs
    (count,) = unpack_from(">H", data, 4)
    entries = {unpack_from(">4s", data, 12 + 16 * n)[0]: 12 + 16 * n for n in range(count)}
    capitals = [glyphs[code] for code in range(0x41, 0x5B)]
    delta = (glyphs[0x61] - 0x61) & 0xFFFF
    segments = pack(
        f">7H 3H H 3H 3H 3H {len(capitals)}H",
        *(4, 0, 0, 6, 4, 1, 2),
        *(0x5A, 0x61, 0xFFFF),
        0,
        *(0x41, 0x61, 0xFFFF),
        *(0, delta, 1),
        *(6, 0, 0),
        *capitals,
    )
    table = pack(">HHHHI", 0, 1, 3, 1, 12) + segments
    patched = bytearray(data) + table
    patched[entries[b"cmap"] + 8 : entries[b"cmap"] + 16] = pack(">II", len(data), len(table))
    return bytes(patched)


def test_a_reduced_font_shows_the_same_glyphs_and_is_small() -> None:
    font = TrueType(REGULAR.read_bytes())
    used = [font.glyphs[ord(char)] for char in "AÅé"]
    reduced = TrueType.__new__(TrueType)
    data = font.subset(used)
    assert len(data) < len(font._data) / 8
    reduced._data = data
    (count,) = unpack_from(">H", data, 4)
    reduced._tables = {
        tag.decode(): (offset, length)
        for tag, _, offset, length in (unpack_from(">4sIII", data, 12 + 16 * n) for n in range(count))
    }
    places, old = reduced._glyph_places(), font._glyph_places()
    for glyph in font._with_parts(set(used), old):
        assert reduced._outline(glyph, places).rstrip(b"\0") == font._outline(glyph, old).rstrip(b"\0")
    assert reduced._outline(font.glyphs[ord("Z")], places) == b""


def test_the_parts_of_composed_letters_are_kept() -> None:
    font = TrueType(REGULAR.read_bytes())
    kept = font._with_parts({font.glyphs[ord("Å")]}, font._glyph_places())
    assert font.glyphs[ord("A")] in kept


def test_the_older_table_of_characters_is_read_too() -> None:
    data = REGULAR.read_bytes()
    all_glyphs, few = TrueType(data).glyphs, TrueType(with_characters_in_segments(data)).glyphs
    assert few == {code: all_glyphs[code] for code in (*range(0x41, 0x5B), 0x61)}


@pytest.mark.parametrize("file", ["text-regular.ttf", "text-bold.ttf", "fallback.ttf"])
def test_bundled_fonts_are_trimmed_and_have_their_licence_beside_them(file: str) -> None:
    assert {*TrueType((BUNDLED / file).read_bytes())._tables} == {
        "cmap",
        "glyf",
        "head",
        "hhea",
        "hmtx",
        "loca",
        "maxp",
    }
    assert "SIL OPEN FONT LICENSE" in (BUNDLED / "LICENSE-NotoSans.txt").read_text()
    assert "Bitstream Vera Fonts Copyright" in (BUNDLED / "LICENSE-DejaVu.txt").read_text()


@pytest.mark.parametrize("file", ["text-regular.ttf", "text-bold.ttf"])
def test_digits_are_of_one_width_so_that_numbers_stand_below_each_other(file: str) -> None:
    face = bundled("F", file, "X")
    assert len({face.use(digit)[1] for digit in "0123456789"}) == 1


def test_a_layer_adds_fonts(tmp_path: Path) -> None:
    (tmp_path / "more.ttf").write_bytes((BUNDLED / "fallback.ttf").read_bytes())
    (tmp_path / "readme.txt").write_text("no font")
    [added] = further(tmp_path)
    assert (added.name, added.has("א"), added.has("東")) == ("L0", True, False)
    assert further(tmp_path / "none") == []


def test_the_layers_folder_is_where_lambda_unpacks_layers() -> None:
    assert fonts.LAYER.is_relative_to("/opt")


def test_codes_for_characters_without_one_do_not_run_out() -> None:
    face = bundled("F", "text-regular.ttf", "X")
    codes = [face.use(chr(0x20000 + number))[0] for number in range(7_000)]
    assert codes[0] == 0xE000
    assert codes[-1] == 0xFFFD
    assert len(set(codes)) == 6401

"""Reads what a PDF needs of a TrueType font, and makes a font of just the glyphs that were used."""

from __future__ import annotations

from array import array
from struct import calcsize, pack, unpack_from
from sys import byteorder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EMBEDDED = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
# Flags of a part of a composite glyph
_WORDS, _SCALE, _MORE, _XY_SCALE, _MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80


class TrueType:
    """A font file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        (count,) = unpack_from(">H", data, 4)
        entries = (unpack_from(">4sIII", data, 12 + 16 * number) for number in range(count))
        self._tables = {tag.decode(): (offset, length) for tag, _, offset, length in entries}
        units, *self.box = self._read("head", 18, "H16x4h")
        self._scale = 1000 / units
        self.box = [round(edge * self._scale) for edge in self.box]
        self.ascent, self.descent = (round(item * self._scale) for item in self._read("hhea", 4, "hh"))
        self.glyphs = dict(self._characters())
        """The number of the glyph of each character."""
        self._advances = self._numbers("hmtx", "H", 4 * self._read("hhea", 34, "H")[0])[::2]

    def advance(self, glyph: int) -> int:
        """Return how wide a glyph is, in thousandths of the font size."""
        return round(self._advances[min(glyph, len(self._advances) - 1)] * self._scale)

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """Return the font with these glyphs and their parts; the others keep their numbers and become empty."""
        places = self._glyph_places()
        kept = self._with_parts({0, *glyphs}, places)
        outlines, new_places = bytearray(), array("I", [0])
        for glyph in range(len(places) - 1):
            if glyph in kept:
                outlines += self._outline(glyph, places)
                outlines += bytes(-len(outlines) % 4)
            new_places.append(len(outlines))
        head = bytearray(self._table("head"))
        head[8:12], head[50:52] = bytes(4), b"\0\1"
        return _font(
            {"glyf": bytes(outlines), "loca": _big_endian(new_places), "head": bytes(head)} | self._unchanged()
        )

    def _unchanged(self) -> dict[str, bytes]:
        return {tag: self._table(tag) for tag in ("hhea", "hmtx", "maxp")}

    def _table(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def _read(self, tag: str, offset: int, form: str) -> tuple[int, ...]:
        return unpack_from(">" + form, self._data, self._tables[tag][0] + offset)

    def _numbers(self, tag: str, kind: str, length: int | None = None) -> array[int]:
        numbers = array(kind, self._table(tag)[:length])
        if byteorder == "little":
            numbers.byteswap()
        return numbers

    def _glyph_places(self) -> array[int]:
        if self._read("head", 50, "h")[0]:
            return self._numbers("loca", "I")
        return array("I", (place * 2 for place in self._numbers("loca", "H")))

    def _outline(self, glyph: int, places: array[int]) -> bytes:
        start = self._tables["glyf"][0]
        return self._data[start + places[glyph] : start + places[glyph + 1]]

    def _with_parts(self, glyphs: set[int], places: array[int]) -> set[int]:
        kept: set[int] = set()
        while glyphs:
            kept |= glyphs
            glyphs = {part for glyph in glyphs for part in _parts(self._outline(glyph, places))} - kept
        return kept

    def _characters(self) -> Iterator[tuple[int, int]]:
        start, _ = self._tables["cmap"]
        (count,) = unpack_from(">H", self._data, start + 2)
        places = {unpack_from(">I", self._data, start + 8 + 8 * number)[0] + start for number in range(count)}
        forms = {unpack_from(">H", self._data, place)[0]: place for place in places}
        return self._groups(forms[12]) if 12 in forms else self._segments(forms[4])

    def _groups(self, place: int) -> Iterator[tuple[int, int]]:
        (count,) = unpack_from(">I", self._data, place + 12)
        for number in range(count):
            first, last, glyph = unpack_from(">III", self._data, place + 16 + 12 * number)
            yield from zip(range(first, last + 1), range(glyph, glyph + last + 1 - first), strict=True)

    def _segments(self, place: int) -> Iterator[tuple[int, int]]:
        twice = unpack_from(">H", self._data, place + 6)[0]
        ends, starts, deltas, offsets = (
            unpack_from(f">{twice // 2}H", self._data, place + at)
            for at in (14, 16 + twice, 16 + 2 * twice, 16 + 3 * twice)
        )
        for number, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
            at = place + 16 + 3 * twice + 2 * number + offset
            for code in range(first, min(last, 0xFFFE) + 1):
                glyph = unpack_from(">H", self._data, at + 2 * (code - first))[0] if offset else code
                if glyph := (glyph + (0 if offset and not glyph else delta)) & 0xFFFF:
                    yield code, glyph


def _parts(outline: bytes) -> Iterator[int]:
    """Yield the glyphs a composite glyph is made of."""
    if not outline or unpack_from(">h", outline)[0] >= 0:
        return
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, glyph = unpack_from(">HH", outline, at)
        yield glyph
        scale = 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _MATRIX else 0
        at += 4 + (4 if flags & _WORDS else 2) + scale


def _font(tables: dict[str, bytes]) -> bytes:
    """Return a font file of these tables."""
    power = len(tables).bit_length() - 1
    directory = pack(">IHHHH", 0x00010000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    body = b""
    start = len(directory) + len(tables) * calcsize(">4sIII")
    for tag, content in sorted(tables.items()):
        padded = content + bytes(-len(content) % 4)
        checksum = sum(_swapped(array("I", padded))) & 0xFFFFFFFF
        directory += pack(">4sIII", tag.encode(), checksum, start + len(body), len(content))
        body += padded
    return directory + body


def _swapped(numbers: array[int]) -> array[int]:
    if byteorder == "little":
        numbers.byteswap()
    return numbers


def _big_endian(numbers: array[int]) -> bytes:
    return _swapped(numbers).tobytes()

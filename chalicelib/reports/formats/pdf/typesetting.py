"""Text as pages show it: how wide it is, where it may break, and the operators that draw it.

Nearly all text of a book of business is ASCII, so ASCII takes a short way: widths are added up by the interpreter's own
byte loop, and the codes are the text itself in UTF-16.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, normalize

from chalicelib.reports.formats.pdf.bidi import RIGHT_TO_LEFT, joined, visual_lines
from chalicelib.reports.formats.pdf.breaking import wrap
from chalicelib.reports.formats.pdf.fonts import REPLACEMENT, Font

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_STEP = 4
"""ASCII widths are counted in steps of four thousandths of the font size, rounded up."""
_APART = "\x1f"
"""Stands between texts that are handled together."""
_SPACES = dict.fromkeys((*range(9, 14), *range(28, 32), 0x85, 0x2028, 0x2029), " ")


class Glyph(NamedTuple):
    """How one character is shown."""

    font: Font
    code: str
    width: int
    missing: bool


class Plain(NamedTuple):
    """Texts of plain characters: widths, codes, and the places of those that are not plain and were passed over."""

    widths: list[int]
    codes: list[str]
    others: list[int]


class Typesetter(dict[str, Glyph]):
    """Sets text in one face, and in others the characters that this one has not."""

    def __init__(self, fonts: Sequence[Font]) -> None:
        super().__init__()
        self.missing = 0
        """Characters shown so far that no face has."""
        self._faces = fonts
        self._main = fonts[0]
        self.name = fonts[0].name
        """What pages call the main face."""
        steps = [-(-self[chr(code)].width // _STEP) for code in range(0x20, 0x7F)]
        self._steps = bytes([*[0] * 0x1F, 0xFF, *steps, *[0] * (0x100 - 0x7F)])

    def __missing__(self, char: str) -> Glyph:
        glyph = self[char] = self._glyph(char)
        return glyph

    def width(self, text: str) -> int:
        """In thousandths of the font size."""
        if _is_plain(text):
            return _STEP * sum(text.encode().translate(self._steps))
        return sum(self[char].width for char in text)

    def plain(self, texts: list[str]) -> Plain:
        """Widths and codes of many texts at once."""
        together, others = _APART.join(texts), []
        if not _is_plain(together.replace(_APART, "")) or together.count(_APART) >= len(texts):
            others = [place for place, text in enumerate(texts) if not _is_plain(text)]
            left_out = set(others)
            together = _APART.join("" if place in left_out else text for place, text in enumerate(texts))
        steps = together.encode().translate(self._steps).split(b"\xff")
        codes = together.encode("utf-16-be").hex().split("001f")
        return Plain([_STEP * width for width in map(sum, steps)], codes, others)

    def lines(self, text: str, limit: float) -> list[str]:
        """Return the text in lines no wider than the limit, for `show`: broken at spaces, dividing signs, or anywhere.

        Each line is in order from left to right, by the direction of the whole text.
        """
        plain = _is_plain(text)
        text = text if plain else _prepared(text)
        lines = [text] if self.width(text) <= limit else list(wrap(text, [*self._widths(text)], limit))
        return lines if plain or not RIGHT_TO_LEFT.search(text) else visual_lines(text, lines)

    def show(self, line: str, size: float) -> str:
        """Return the operators that draw the line, within a text object that is in the main face at this size."""
        if _is_plain(line):
            return f"<{line.encode('utf-16-be').hex()}>Tj"
        glyphs = [self[char] for char in line]
        self.missing += sum(glyph.missing for glyph in glyphs)
        return "".join(self._run(font, [glyph.code for glyph in run], size) for font, run in _by_face(glyphs))

    def _run(self, font: Font, codes: list[str], size: float) -> str:
        shown = f"<{''.join(codes)}>Tj"
        return shown if font is self._main else f"/{font.name} {size:g} Tf{shown}/{self._main.name} {size:g} Tf"

    def _widths(self, text: str) -> Iterable[int]:
        if _is_plain(text):
            return (_STEP * step for step in text.encode().translate(self._steps))
        return (self[char].width for char in text)

    def _glyph(self, char: str) -> Glyph:
        kind = category(char)
        if kind in {"Cc", "Cs"}:
            return self[chr(REPLACEMENT)]._replace(missing=True)
        invisible = kind == "Cf" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
        having = None if invisible else next((font for font in self._faces if font.has(char)), None)
        font = having or self._main
        code, width = font.use(char, _meant(char), invisible=invisible)
        return Glyph(font, f"{code:04x}", width, missing=not invisible and having is None)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _prepared(text: str) -> str:
    """Composed where there is a composed letter, Arabic joined, line ends as spaces."""
    text = normalize("NFC", text.translate(_SPACES))
    return joined(text) if RIGHT_TO_LEFT.search(text) else text


def _meant(char: str) -> str:
    """Return the text that a reader finds and copies: the letter itself where its joined form is shown."""
    return normalize("NFKC", char) if "\ufb50" <= char <= "\ufeff" and RIGHT_TO_LEFT.match(char) else char


def _by_face(glyphs: list[Glyph]) -> Iterator[tuple[Font, list[Glyph]]]:
    """Runs of one face; by name, since faces have nothing else to tell them apart quickly."""
    for _, run in groupby(glyphs, key=lambda glyph: glyph.font.name):
        together = list(run)
        yield together[0].font, together

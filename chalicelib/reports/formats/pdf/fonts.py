"""A font in the document: which of its glyphs are used, under which codes, and how it is embedded in the end.

A character's code in the pages is its own Unicode number, so that text goes into a page as UTF-16 without a look-up; a
map from code to glyph and one back to text go into the file. Characters beyond the first 65,536, and those that no font
has, get codes from the private use area, which are theirs alone: they too are found and copied as what they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from hashlib import md5
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.reports.formats.pdf.truetype import TrueType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.reports.formats.pdf.document import Document

BUNDLED = Path(__file__).with_name("font_files")
LAYER = Path("/opt/fonts")
"""Where a Lambda layer puts further TrueType fonts; their characters are used where the bundled fonts have none."""
PRIVATE = range(0xE000, 0xF900)
REPLACEMENT = 0xFFFD


class Used(NamedTuple):
    """A glyph that the pages show."""

    glyph: int
    width: int
    text: str


@dataclass(slots=True, eq=False)
class Font:
    """One font under its name in the pages."""

    name: str
    family: str
    font: TrueType
    used: dict[int, Used] = field(default_factory=dict)
    """By code."""
    _private: Iterator[int] = field(default_factory=lambda: iter(PRIVATE))

    def has(self, character: str) -> bool:
        """Tell whether the font can show it."""
        return ord(character) in self.font.glyphs

    def use(self, character: str, text: str | None = None, *, invisible: bool = False) -> tuple[int, int]:
        """Return the code and width under which pages show the character, as a box if the font lacks it."""
        glyph = self.font.glyphs.get(0x20 if invisible else ord(character), 0)
        width = 0 if invisible else self.font.advance(glyph)
        code = self._code(ord(character))
        self.used[code] = Used(glyph, width, character if text is None else text)
        return code, width

    def _code(self, character: int) -> int:
        ordinary = character < 0xD800 or PRIVATE.stop <= character < 0xFFFE
        return character if ordinary else next(self._private, REPLACEMENT)

    def embed(self, document: Document, number: int) -> Iterator[bytes]:
        """Yield the font's objects, the one that pages refer to under this number."""
        descendant, descriptor, program, to_glyph, to_text = (document.reserve() for _ in range(5))
        used = dict(sorted(self.used.items()))
        name = f"{_tag(used)}+{self.family}"
        font, (left, bottom, right, top) = self.font, self.font.box
        yield document.put(
            number,
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {to_text} 0 R>>",
        )
        yield document.put(
            descendant,
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/FontDescriptor {descriptor} 0 R/DW 0/W[{_widths(used)}]/CIDToGIDMap {to_glyph} 0 R>>",
        )
        yield document.put(
            descriptor,
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{left} {bottom} {right} {top}]/ItalicAngle 0"
            f"/Ascent {font.ascent}/Descent {font.descent}/CapHeight 714/StemV 80/FontFile2 {program} 0 R>>",
        )
        yield document.put_stream(to_glyph, _to_glyph(used))
        yield document.put_stream(to_text, _to_text(used))
        outlines = font.subset(item.glyph for item in used.values())
        yield document.put_stream(program, outlines, f"/Length1 {len(outlines)}")


@cache
def _read(path: Path) -> TrueType:
    return TrueType(path.read_bytes())


def bundled(name: str, file: str, family: str) -> Font:
    """Return a fresh face of a bundled font, which is read once."""
    return Font(name, family, _read(BUNDLED / file))


def further(folder: Path = LAYER) -> list[Font]:
    """Faces of the fonts that a layer adds."""
    return [
        Font(f"L{number}", f"Layer{number}", _read(path)) for number, path in enumerate(sorted(folder.glob("*.ttf")))
    ]


def _tag(used: dict[int, Used]) -> str:
    """Six letters that tell this selection of glyphs from others."""
    digest = md5(repr(list(used)).encode(), usedforsecurity=False).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _widths(used: dict[int, Used]) -> str:
    parts: list[str] = []
    expected = -1
    for code, item in used.items():
        if code != expected:
            parts.append(f"{']' if parts else ''}{code}[")
        parts.append(f"{item.width} ")
        expected = code + 1
    return "".join(parts) + ("]" if parts else "")


def _to_glyph(used: dict[int, Used]) -> bytes:
    glyphs = bytearray(2 * (max(used, default=0) + 1))
    for code, item in used.items():
        glyphs[2 * code : 2 * code + 2] = item.glyph.to_bytes(2, "big")
    return bytes(glyphs)


def _to_text(used: dict[int, Used]) -> bytes:
    lines = [f"<{code:04x}><{item.text.encode('utf-16-be', 'replace').hex()}>" for code, item in used.items()]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    chars = "".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n{chars}"
        "endcmap CMapName currentdict/CMap defineresource pop end end\n"
    ).encode("ascii")

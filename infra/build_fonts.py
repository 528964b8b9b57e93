"""Makes the PDF encoder's fonts: the scripts it shows, without hinting and layout tables, which nothing there reads.

Run when a font is to be replaced; what it writes is committed:

    pip install fonttools fontpkg-noto-sans==2.15
    apt-get install fonts-dejavu-extra
    python infra/build_fonts.py chalicelib/reports/formats/pdf/font_files
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.varLib.instancer import instantiateVariableFont

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
KEPT = ("head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap")
NEEDS_SHAPING = (range(0x0900, 0x0980), range(0x1CD0, 0x1D00), range(0xA8E0, 0xA900))
"""Devanagari and its extensions: without shaping they would be wrong rather than missing."""
FALLBACK = (
    range(0x0180, 0x0530),  # what Noto leaves out of Latin, Greek (Coptic letters) and Cyrillic
    range(0x0530, 0x0600),  # Armenian, Hebrew
    range(0x0600, 0x0700),  # Arabic
    range(0x0750, 0x0780),
    range(0x10A0, 0x1100),  # Georgian
    range(0x2000, 0x2800),  # punctuation, currency, arrows, shapes, dingbats
    range(0xFB00, 0xFE00),  # Latin, Armenian, Hebrew and Arabic presentation forms
    range(0xFE70, 0xFF00),
    range(0xFFF9, 0xFFFE),
)


def package() -> Path:
    """Return where the package with Noto Sans is."""
    spec = find_spec("fontpkg_noto_sans")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install fontpkg-noto-sans==2.15 first.")
    return Path(spec.origin).parent


def noto(weight: int) -> TTFont:
    """Noto Sans, narrow enough for wide tables."""
    font = TTFont(package() / "files" / "NotoSans[wdth,wght].ttf")
    return instantiateVariableFont(font, {"wdth": 80, "wght": weight})


def without(font: TTFont, left_out: set[int]) -> set[int]:
    """Return the font's characters less these."""
    return set(font.getBestCmap()) - left_out


def trim(font: TTFont, characters: set[int], to: Path) -> None:
    """Keep these characters and what a PDF needs of them."""
    options = Options(hinting=False, layout_features=[], notdef_outline=True, recalc_bounds=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language, table.cmap = 3, 10, 0, font.getBestCmap()
    font["cmap"].tables = [table]
    for name in set(font.keys()) - set(KEPT) - {"GlyphOrder"}:
        del font[name]
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(to, reorderTables=True)
    print(f"{to.name}: {len(font.getBestCmap())} characters, {to.stat().st_size:,} bytes")


def main(folder: Path) -> None:
    """Write the three fonts, and their licences beside them."""
    (folder / "LICENSE-NotoSans.txt").write_bytes((package() / "LICENSE").read_bytes())
    shaped = {code for block in NEEDS_SHAPING for code in block}
    regular, bold = noto(400), noto(650)
    shown = without(regular, shaped)
    trim(regular, shown, folder / "text-regular.ttf")
    trim(bold, shown, folder / "text-bold.ttf")
    fallback = TTFont(DEJAVU / "DejaVuSansCondensed.ttf")
    (folder / "LICENSE-DejaVu.txt").write_text(fallback["name"].getDebugName(13))
    wanted = {code for block in FALLBACK for code in block} & set(fallback.getBestCmap())
    trim(fallback, wanted - shown, folder / "fallback.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""What comes after the last page: the number of pages, the fonts, the bookmarks and the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.reports.formats.pdf.document import text_string
from chalicelib.reports.formats.pdf.drawing import SOFT, text
from chalicelib.reports.formats.pdf.pages import FOOTER
from chalicelib.reports.formats.pdf.tree import BOOKMARKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chalicelib.reports.formats.pdf.document import Document
    from chalicelib.reports.formats.pdf.fonts import Font
    from chalicelib.reports.formats.pdf.tree import Tree
    from chalicelib.reports.formats.pdf.typesetting import Typesetter
    from chalicelib.reports.table import Heading

PRODUCER = "Partnerbook"


def trailer(
    document: Document, tree: Tree, faces: Sequence[Font], setter: Typesetter, heading: Heading
) -> Iterator[bytes]:
    """Yield the objects that the pages share, and the file's end."""
    fonts = {face: document.reserve() for face in faces if face.used}
    named = "".join(f"/{face.name} {number} 0 R" for face, number in fonts.items())
    total, catalogue, info = (document.reserve() for _ in range(3))
    yield _total(document, total, f"/Font<<{named}>>", text(setter, f"{tree.pages:,}", 0, 0, FOOTER, SOFT))
    for face, number in fonts.items():
        yield from face.embed(document, number)
    yield from tree.close(f"/Font<<{named}>>/XObject<</Total {total} 0 R>>")
    bookmarked = tree.pages > BOOKMARKED
    if bookmarked:
        yield from tree.bookmarks()
    outlines = f"/Outlines {tree.outline} 0 R/PageMode/UseOutlines" if bookmarked else ""
    yield document.put(
        catalogue,
        f"<</Type/Catalog/Pages {tree.root} 0 R/Lang{text_string(heading.language)}"
        f"/ViewerPreferences<</DisplayDocTitle true>>{outlines}>>",
    )
    yield _info(document, info, heading)
    yield document.close(catalogue, info, f"{heading.title}|{heading.partner}|{heading.as_of}|{tree.pages}")


def _total(document: Document, number: int, resources: str, drawn: str) -> bytes:
    """Return the number of pages, as a drawing that every page has in its foot."""
    entries = f"/Type/XObject/Subtype/Form/BBox[0 -{FOOTER} 100 {2 * FOOTER}]/Resources<<{resources}>>"
    return document.put_stream(number, drawn.encode("ascii"), entries)


def _info(document: Document, number: int, heading: Heading) -> bytes:
    made = f"{heading.as_of:D:%Y%m%d%H%M%S}Z"
    return document.put(
        number,
        f"<</Title{text_string(f'{heading.title} · {heading.partner}')}/Author{text_string(heading.partner)}"
        f"/Producer({PRODUCER})/CreationDate({made})/ModDate({made})>>",
    )

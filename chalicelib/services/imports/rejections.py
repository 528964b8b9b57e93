"""Rejected rows on their way to the result file: a few with the import itself, the rest in parts in the file store."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING

from chalicelib.domain.imports.imports import CONTENT_TYPE, Rejections
from chalicelib.domain.imports.result_file import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chalicelib.services.imports.batches import Judged
    from chalicelib.services.imports.lease import Holding

PART = 8_192
"""Characters of rejected rows that are kept with the import until they are worth a part."""


def keep(holding: Holding, batch: Iterable[Judged]) -> Rejections:
    """The import's rejections with those of a batch; a part counts only once the batch is written."""
    held = holding.held
    rest = held.rejections.rest + "".join(each.rejection for each in batch)
    if len(rest) <= PART:
        return Rejections(held.rejections.parts, rest)
    holding.require_time()
    with holding.ports.files.create(held.part_key(held.rejections.parts), CONTENT_TYPE) as part:
        part.write(rest.encode())
    return Rejections(held.rejections.parts + 1)


def write_result(holding: Holding) -> None:
    """Put the result file together; its byte order mark tells spreadsheets that it is UTF-8."""
    files, held = holding.ports.files, holding.held
    with files.create(held.result_key, CONTENT_TYPE) as result:
        result.write(BOM_UTF8 + HEADER.encode())
        for number in range(held.rejections.parts):
            for piece in files.read(held.part_key(number)):
                result.write(piece)
        result.write(held.rejections.rest.encode())

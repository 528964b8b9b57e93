"""Rejected rows on their way to the result file: a few with the import itself, the rest in parts in the file store."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING

from chalicelib.domain.imports.imports import CONTENT_TYPE, Rejections
from chalicelib.domain.imports.result_file import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chalicelib.services.imports.batches import RowOutcome
    from chalicelib.services.imports.lease import ImportLease

PART = 8_192
"""Characters of rejected rows that are kept with the import until they are worth a part."""


def keep(lease: ImportLease, batch: Iterable[RowOutcome]) -> Rejections:
    """Return the import's rejections with those of a batch; a part counts only once the batch is written."""
    held = lease.current
    rest = held.rejections.rest + "".join(item.rejection for item in batch)
    if len(rest) <= PART:
        return Rejections(held.rejections.parts, rest)
    lease.require_time()
    with lease.ports.files.create(held.part_key(held.rejections.parts), CONTENT_TYPE) as part:
        part.write(rest.encode())
    return Rejections(held.rejections.parts + 1)


def write_result(lease: ImportLease) -> None:
    """Put the result file together; its byte order mark tells spreadsheets that it is UTF-8."""
    files, held = lease.ports.files, lease.current
    with files.create(held.result_key, CONTENT_TYPE) as result:
        result.write(BOM_UTF8 + HEADER.encode())
        for number in range(held.rejections.parts):
            for piece in files.read(held.part_key(number)):
                result.write(piece)
        result.write(held.rejections.rest.encode())

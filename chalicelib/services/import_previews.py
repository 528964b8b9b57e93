"""Showing what an import would make of its file before it is started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain import import_preview
from chalicelib.domain.clock import today
from chalicelib.domain.errors import Conflict
from chalicelib.domain.import_columns import Unreadable
from chalicelib.services.imports import find, require_not_started, uploaded

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.import_dates import DateFormat
    from chalicelib.domain.import_preview import Preview
    from chalicelib.domain.ports import Ports


def preview(ports: Ports, actor: Actor, import_id: str, date_format: DateFormat) -> Preview:
    """Reads the beginning of the uploaded file; raises `Conflict` where there is none, or where it is useless."""
    waiting = require_not_started(find(ports, actor, import_id))
    file = uploaded(ports, waiting)
    pieces = ports.files.read(waiting.upload_key, tag=file.tag)
    try:
        return import_preview.preview(waiting.kind, pieces, today(ports.clock), date_format)
    except Unreadable as error:
        raise Conflict(f"{error} Make another import and upload the file that is put right.") from error

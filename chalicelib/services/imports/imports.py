"""Imports: asking for one, starting it when its file is there, following it; a worker does the rest."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.access import Role
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.changes import Change, Insert, Replace
from chalicelib.domain.imports import preview as import_preview
from chalicelib.domain.imports.columns import ImportKind, InvalidFile
from chalicelib.domain.imports.dates import DateFormat
from chalicelib.domain.imports.imports import CONTENT_TYPE, LARGEST_FILE, ImportStatus, ImportTurn, Upload
from chalicelib.domain.imports.transitions import requested, started
from chalicelib.domain.kernel.clock import today
from chalicelib.domain.kernel.errors import Conflict, Forbidden, NotFound, TooLarge, Unavailable

if TYPE_CHECKING:
    from chalicelib.domain.access import Actor
    from chalicelib.domain.imports.imports import Import
    from chalicelib.domain.imports.preview import Preview
    from chalicelib.domain.kernel.files import UploadForm
    from chalicelib.domain.kernel.paging import Page
    from chalicelib.domain.ports import HasFiles, HasImports, HasQueues
    from chalicelib.services.ports import ImportPorts


FORM_LIFETIME = timedelta(minutes=15)
"""How long an upload form works."""
AFTER_START = {
    ImportStatus.RUNNING: "This import is running already.",
    ImportStatus.DONE: "This import is done. To bring more rows, or those that were rejected, make another one.",
    ImportStatus.FAILED: "This import has failed. Put right what its reason says and make another one.",
}


def request(ports: HasImports, actor: Actor, kind: ImportKind) -> Change[Import]:
    """Return a new import, waiting for its file; one that the same person has asked for and not used is given again."""
    if kind is ImportKind.PORTFOLIO and actor.role is not Role.OPERATOR:
        raise Forbidden(
            "A portfolio, with statuses and dates of the past, is imported by the platform's staff. "
            "Partners create accounts with an import of the kind managed-accounts."
        )
    waiting = _waiting(ports, actor, kind)
    if waiting:
        return Change((), waiting)
    made = requested(actor, kind, ports.clock())
    return Change((Insert(made), Insert(entry(actor, made.created_at, AuditKind.IMPORT_REQUESTED, after=made))), made)


def _waiting(ports: HasImports, actor: Actor, kind: ImportKind) -> Import | None:
    """Return the actor's import whose form was given out lately and not used: nobody needs two of those."""
    latest = ports.imports.page(actor.partner_id, None, 1).items
    for item in latest:
        asked = (item.kind, item.requested_by) == (kind, actor.subject) and item.status is ImportStatus.CREATED
        if asked and ports.clock() - item.created_at < FORM_LIFETIME:
            return item
    return None


def upload_form(ports: HasFiles, waiting: Import) -> UploadForm:
    """Return a form that puts the import's file in its one place, signed for the next fifteen minutes."""
    return ports.files.upload_form(waiting.upload_key, CONTENT_TYPE, LARGEST_FILE)


def start(
    ports: ImportPorts, actor: Actor, import_id: str, date_format: DateFormat = DateFormat.YEAR_FIRST
) -> Change[Import]:
    """Have the uploaded file imported, if the partner's turn is free."""
    current = require_not_started(find(ports, actor, import_id))
    updated = started(current, uploaded(ports, current), ports.clock(), date_format)
    turn = Insert(
        ImportTurn(current.partner_id, current.import_id),
        Conflict("Another import of this partner is running. Start this one when it is done."),
    )
    audited = entry(actor, ports.clock(), AuditKind.IMPORT_STARTED, before=current, after=updated)
    effects = (lambda: enqueue(ports, updated.partner_id, import_id),)
    return Change((turn, Replace(current, updated), Insert(audited)), updated, effects)


def require_not_started(waiting: Import) -> Import:
    """Returns the import if it is still to be started; raises `Conflict` otherwise."""
    if waiting.status in AFTER_START:
        raise Conflict(AFTER_START[waiting.status])
    return waiting


def uploaded(ports: HasFiles, waiting: Import) -> Upload:
    """Returns the file that was uploaded; raises `Conflict` where there is none yet."""
    try:
        file = ports.files.look_up(waiting.upload_key)
    except NotFound as error:
        raise Conflict(
            "Nothing has been uploaded yet. Post the file with the upload form, then start the import."
        ) from error
    if file.bytes > LARGEST_FILE:
        raise TooLarge(f"The file has {file.bytes:,} bytes; at most {LARGEST_FILE:,} are taken.")
    return Upload(file.bytes, file.tag)


def enqueue(ports: HasQueues, partner_id: str, import_id: str) -> None:
    """Give an import to the workers. Where the message is lost, the sweeper sends another."""
    with suppress(Unavailable):
        ports.import_queue.send(partner_id, {"partner_id": partner_id, "import_id": import_id})


def find(ports: HasImports, actor: Actor, import_id: str) -> Import:
    """Return one import of the actor's partner."""
    return ports.imports.get(actor.partner_id, import_id)


def page(ports: HasImports, actor: Actor, after: str | None, limit: int) -> Page[Import]:
    """Return the partner's imports, the newest first."""
    return ports.imports.page(actor.partner_id, after, limit)


def result_url(ports: HasFiles, finished: Import) -> str:
    """Return a link to the result file that works for five minutes."""
    return ports.files.download_url(finished.result_key, f"{finished.import_id} rejected rows.csv", CONTENT_TYPE)


def preview(ports: ImportPorts, actor: Actor, import_id: str, date_format: DateFormat) -> Preview:
    """Reads the beginning of the uploaded file; raises `Conflict` where there is none, or where it is useless."""
    waiting = require_not_started(find(ports, actor, import_id))
    file = uploaded(ports, waiting)
    pieces = ports.files.read(waiting.upload_key, tag=file.tag)
    try:
        return import_preview.preview(waiting.kind, pieces, today(ports.clock), date_format)
    except InvalidFile as error:
        raise Conflict(f"{error} Make another import and upload the file that is put right.") from error

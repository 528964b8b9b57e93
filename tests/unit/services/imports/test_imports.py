"""Who may import what, and what has to be there before an import starts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.audit import AuditQuery
from chalicelib.domain.imports.columns import ImportKind
from chalicelib.domain.imports.imports import LARGEST_FILE, ImportStatus
from chalicelib.domain.kernel.errors import Conflict, Forbidden, NotFound, TooLarge
from chalicelib.domain.kernel.files import StoredFile
from chalicelib.services.imports import imports
from chalicelib.services.transactions import retry_on_conflict
from tests.fakes import FakePorts
from tests.unit.services.imports.importing import (
    ADMIN,
    OPERATOR,
    OTHER,
    PARTNER,
    as_file,
    book,
    brought_in,
    clients,
    started,
    work,
)


def test_only_operators_import_a_portfolio() -> None:
    with pytest.raises(Forbidden, match="managed-accounts"):
        imports.request(book(), ADMIN, ImportKind.PORTFOLIO)


@pytest.mark.parametrize(
    ("actor", "kind"),
    [
        (OPERATOR, ImportKind.PORTFOLIO),
        (OPERATOR, ImportKind.MANAGED_ACCOUNTS),
        (ADMIN, ImportKind.MANAGED_ACCOUNTS),
    ],
)
def test_operators_import_both_and_partner_admins_managed_accounts(actor: Actor, kind: ImportKind) -> None:
    ports = book()
    made = retry_on_conflict(ports.transaction_writer, lambda: imports.request(ports, actor, kind))
    assert (made.kind, made.status, made.partner_id) == (kind, ImportStatus.CREATED, PARTNER)
    form = imports.upload_form(ports, made)
    assert form.fields["key"] == f"imports/{PARTNER}/{made.import_id}/upload.csv"


def test_without_a_file_there_is_nothing_to_start() -> None:
    ports = book()
    made = retry_on_conflict(ports.transaction_writer, lambda: imports.request(ports, OPERATOR, ImportKind.PORTFOLIO))
    with pytest.raises(Conflict, match="Nothing has been uploaded"):
        imports.start(ports, OPERATOR, made.import_id)


def test_a_file_that_is_too_large_is_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    ports = book()
    made = retry_on_conflict(ports.transaction_writer, lambda: imports.request(ports, OPERATOR, ImportKind.PORTFOLIO))
    monkeypatch.setattr(ports.files, "look_up", lambda key: StoredFile(LARGEST_FILE + 1, key))
    with pytest.raises(TooLarge):
        imports.start(ports, OPERATOR, made.import_id)


def test_one_import_runs_per_partner_and_the_next_has_its_turn_when_it_ends() -> None:
    ports = book()
    started(ports, as_file(clients(3)))
    waiting = retry_on_conflict(
        ports.transaction_writer, lambda: imports.request(ports, OPERATOR, ImportKind.PORTFOLIO)
    )
    ports.files.kept[waiting.upload_key] = as_file(clients(4))
    with pytest.raises(Conflict, match="Another import of this partner is running"):
        retry_on_conflict(ports.transaction_writer, lambda: imports.start(ports, OPERATOR, waiting.import_id))
    work(ports)
    assert (
        retry_on_conflict(ports.transaction_writer, lambda: imports.start(ports, OPERATOR, waiting.import_id)).status
        is ImportStatus.RUNNING
    )


def test_two_partners_import_at_the_same_time() -> None:
    ports = book()
    started(ports, as_file(clients(3)))
    other = started(ports, as_file([]), by=replace(OPERATOR, partner_id=OTHER))
    assert other.status is ImportStatus.RUNNING


def test_the_turn_is_free_again_after_a_failure() -> None:
    ports = book()
    assert brought_in(ports, b"").status is ImportStatus.FAILED
    assert brought_in(ports, as_file(clients(1))).status is ImportStatus.DONE


@pytest.mark.parametrize("ended", [b"", as_file(clients(1))], ids=["failed", "done"])
def test_an_import_that_has_ended_is_not_started_again(ended: bytes) -> None:
    ports = book()
    done = brought_in(ports, ended)
    with pytest.raises(Conflict):
        imports.start(ports, OPERATOR, done.import_id)


def test_an_import_that_runs_is_not_started_again() -> None:
    ports = book()
    running = started(ports, as_file(clients(1)))
    with pytest.raises(Conflict, match="running already"):
        imports.start(ports, OPERATOR, running.import_id)


def test_another_partners_import_is_not_there() -> None:
    ports = book()
    running = started(ports, as_file(clients(1)))
    stranger = replace(ADMIN, partner_id=OTHER)
    for wanted in (running.import_id, "imp_none"):
        with pytest.raises(NotFound):
            imports.find(ports, stranger, wanted)
        with pytest.raises(NotFound):
            imports.start(ports, stranger, wanted)
    assert imports.page(ports, stranger, None, 10).items == ()


def test_a_lost_message_does_not_fail_the_start() -> None:
    ports = book()
    ports.import_queue.full = True
    assert started(ports, as_file(clients(1))).status is ImportStatus.RUNNING


def test_an_admin_acts_in_its_own_name_when_the_rows_are_written() -> None:
    ports = book()
    actor = Actor("someone", Role.PARTNER_ADMIN, PARTNER)
    running = started(ports, b"", ImportKind.MANAGED_ACCOUNTS, actor)
    work(ports)
    assert _trail(ports) == {("someone", "partner_admin")}
    assert imports.find(ports, actor, running.import_id).requested_by == "someone"


def _trail(ports: FakePorts) -> set[tuple[str, str]]:
    return {(entry.subject, entry.role) for entry in ports.audit.page(PARTNER, AuditQuery(), None, 50).items}

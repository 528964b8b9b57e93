"""An import in the hands of one worker: whatever it writes moves the import on, or shows that another has it."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.access import Actor
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.imports.imports import ImportTurn
from chalicelib.domain.imports.transitions import done, failed
from chalicelib.domain.kernel.errors import StaleVersion, Unavailable
from chalicelib.services.leases import write_transition

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from chalicelib.domain.changes import Write
    from chalicelib.domain.imports.imports import Import
    from chalicelib.services.ports import ImportWorkerPorts

MARGIN = timedelta(minutes=1)
WAITS = (0.5, 1.0, 2.0, 4.0)
"""Seconds before writing again what was not let through."""


class ImportLease:
    """Writes the transitions of one import; `StaleVersion` means that another worker does too: it is time to stop."""

    def __init__(self, ports: ImportWorkerPorts, current: Import, sleep: Callable[[float], None] = time.sleep) -> None:
        self.ports = ports
        self.current = current
        """The import as it was last written."""
        self.actor = Actor(current.requested_by, current.role, current.partner_id)
        """Who asked for it, and so does what it does."""
        self._sleep = sleep

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.ports.clock()

    def require_time(self) -> None:
        """Raise `StaleVersion` where the lease may soon be another's: then only a conditioned write may be tried."""
        if self.current.lease_expires_at is None or self.now > self.current.lease_expires_at - MARGIN:
            raise StaleVersion("The import was held too long without a sign of life.")

    def write(self, updated: Import, *with_it: Write) -> None:
        """Write the import's next state and what goes with it as one change."""
        change = Change((Replace(self.current, updated), *with_it), updated)
        for seconds in WAITS:
            try:
                return self._commit(change)
            except Unavailable:
                self._sleep(seconds)
        return self._commit(change)

    def _commit(self, change: Change[Import]) -> None:
        held = self.current
        self.current = write_transition(
            self.ports.transaction_writer, change, lambda: self.ports.imports.get(held.partner_id, held.import_id)
        )

    def finish(self) -> None:
        """Record that it is done, and let the partner's next import have its turn."""
        self._end(done(self.current, self.now), AuditKind.IMPORT_DONE)

    def give_up(self, reason: str) -> None:
        """Record why it cannot go on, and let the partner's next import have its turn."""
        self._end(failed(self.current, reason, self.now), AuditKind.IMPORT_FAILED)

    def _end(self, updated: Import, kind: AuditKind) -> None:
        turn = ImportTurn(updated.partner_id, updated.import_id)
        audited = entry(self.actor, self.now, kind, before=self.current, after=updated)
        self.write(updated, Remove(turn), Insert(audited))

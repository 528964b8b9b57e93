"""An import in the hands of one worker."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.access import Actor
from chalicelib.domain.audit import AuditKind
from chalicelib.domain.changes import Change, Remove, Replace
from chalicelib.domain.imports.imports import ImportTurn
from chalicelib.domain.imports.transitions import done, failed
from chalicelib.domain.kernel.errors import StaleVersion
from chalicelib.services.leases import Lease

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.changes import Write
    from chalicelib.domain.imports.imports import Import
    from chalicelib.services.ports import ImportWorkerPorts

MARGIN = timedelta(minutes=1)


class ImportLease(Lease["Import"]):
    """Writes the transitions of one import; `StaleVersion` means that another worker does too: it is time to stop."""

    def __init__(self, ports: ImportWorkerPorts, current: Import, sleep: Callable[[float], None] = time.sleep) -> None:
        actor = Actor(current.requested_by, current.role, current.partner_id)
        super().__init__(ports.transaction_writer, ports.clock, current, actor, sleep)
        self.ports = ports

    def require_time(self) -> None:
        """Raise `StaleVersion` where the lease may soon be another's: then only a conditioned write may be tried."""
        if self.current.lease_expires_at is None or self.now > self.current.lease_expires_at - MARGIN:
            raise StaleVersion("The import was held too long without a sign of life.")

    def _stored(self) -> Import:
        return self.ports.imports.get(self.current.partner_id, self.current.import_id)

    def write(self, updated: Import, *with_it: Write) -> None:
        """Write the next state and what goes with it."""
        self._write(Change((Replace(self.current, updated), *with_it), updated), self._stored)

    def finish(self) -> None:
        """Record that it is done."""
        self._end(done(self.current, self.now), AuditKind.IMPORT_DONE)

    def give_up(self, reason: str) -> None:
        """Record why it cannot go on."""
        self._end(failed(self.current, reason, self.now), AuditKind.IMPORT_FAILED)

    def _end(self, updated: Import, kind: AuditKind) -> None:
        """Let the partner's next one have its turn."""
        turn = Remove(ImportTurn(updated.partner_id, updated.import_id))
        self.write(updated, turn, self._audited(updated, kind))

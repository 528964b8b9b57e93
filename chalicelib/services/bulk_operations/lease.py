"""A bulk operation in the hands of one worker: what it writes moves the operation on, or shows that it must stop."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from chalicelib.domain.access import Actor
from chalicelib.domain.audit import AuditKind, entry
from chalicelib.domain.bulk_operations.bulk_operations import BulkOperationTurn
from chalicelib.domain.bulk_operations.transitions import done, failed
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.kernel.errors import StaleVersion, Unavailable
from chalicelib.services.leases import write_transition

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from chalicelib.domain.bulk_operations.bulk_operations import BulkOperation
    from chalicelib.domain.changes import Write
    from chalicelib.services.ports import BulkWorkerPorts

WAITS = (0.5, 1.0, 2.0, 4.0)
"""Seconds before writing again what was not let through."""


class LostLease(StaleVersion):
    """Another worker has the operation, or somebody has stopped it: it is time to stop."""


class BulkOperationLease:
    """Writes the transitions of one bulk operation."""

    def __init__(
        self, ports: BulkWorkerPorts, current: BulkOperation, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.ports = ports
        self.current = current
        """The operation as it was last written."""
        self.actor = Actor(
            current.requested_by, current.role, current.partner_id, bulk_operation_id=current.bulk_operation_id
        )
        """Who asked for it, and so does what it does."""
        self._sleep = sleep

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.ports.clock()

    def write(self, updated: BulkOperation, *with_it: Write) -> None:
        """Write the operation's next state and what goes with it as one change.

        Raises `LostLease` where the operation is no longer this worker's, and `StaleVersion` where it is what goes
        with it that has changed.
        """
        change = Change((Replace(self.current, updated), *with_it), updated)
        for seconds in WAITS:
            try:
                return self._commit(change)
            except Unavailable:
                self._sleep(seconds)
        return self._commit(change)

    def _commit(self, change: Change[BulkOperation]) -> None:
        try:
            self.current = write_transition(self.ports.transaction_writer, change, self._stored)
        except StaleVersion as error:
            if self._stored() != self.current:
                raise LostLease("Another worker has the operation, or somebody has stopped it.") from error
            raise

    def _stored(self) -> BulkOperation:
        return self.ports.bulk_operations.get(self.current.partner_id, self.current.bulk_operation_id)

    def finish(self) -> None:
        """Record that it is done, and let the partner's next operation have its turn."""
        self._end(done(self.current, self.now), AuditKind.BULK_OPERATION_DONE)

    def give_up(self, reason: str) -> None:
        """Record why it cannot go on, and let the partner's next operation have its turn."""
        self._end(failed(self.current, reason, self.now), AuditKind.BULK_OPERATION_FAILED)

    def _end(self, updated: BulkOperation, kind: AuditKind) -> None:
        turn = BulkOperationTurn(updated.partner_id, updated.bulk_operation_id)
        audited = entry(self.actor, self.now, kind, before=self.current, after=updated)
        self.write(updated, Remove(turn), Insert(audited))

"""A bulk operation in the hands of one worker."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from chalicelib.domain.access import Actor
from chalicelib.domain.audit import AuditKind
from chalicelib.domain.bulk_operations.bulk_operations import BulkOperationTurn
from chalicelib.domain.bulk_operations.transitions import done, failed
from chalicelib.domain.changes import Change, Remove, Replace
from chalicelib.services.leases import Lease

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.bulk_operations.bulk_operations import BulkOperation
    from chalicelib.domain.changes import Write
    from chalicelib.services.ports import BulkWorkerPorts


class BulkOperationLease(Lease["BulkOperation"]):
    """Writes the transitions of one bulk operation."""

    def __init__(
        self, ports: BulkWorkerPorts, current: BulkOperation, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        actor = Actor(
            current.requested_by, current.role, current.partner_id, bulk_operation_id=current.bulk_operation_id
        )
        super().__init__(ports.transaction_writer, ports.clock, current, actor, sleep)
        self.ports = ports

    def _stored(self) -> BulkOperation:
        return self.ports.bulk_operations.get(self.current.partner_id, self.current.bulk_operation_id)

    def write(self, updated: BulkOperation, *with_it: Write) -> None:
        """Write the next state and what goes with it."""
        self._write(Change((Replace(self.current, updated), *with_it), updated), self._stored)

    def finish(self) -> None:
        """Record that it is done."""
        self._end(done(self.current, self.now), AuditKind.BULK_OPERATION_DONE)

    def give_up(self, reason: str) -> None:
        """Record why it cannot go on."""
        self._end(failed(self.current, reason, self.now), AuditKind.BULK_OPERATION_FAILED)

    def _end(self, updated: BulkOperation, kind: AuditKind) -> None:
        """Let the partner's next one have its turn."""
        turn = Remove(BulkOperationTurn(updated.partner_id, updated.bulk_operation_id))
        self.write(updated, turn, self._audited(updated, kind))

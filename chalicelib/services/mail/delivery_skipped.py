"""Why a mail must not go out any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.domain.mail.deliveries import DeliveryStatus


class DeliverySkipped(Exception):
    """The delivery ends in this state, for this reason."""

    def __init__(self, status: DeliveryStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason

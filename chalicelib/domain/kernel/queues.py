"""Queues: work for another function."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

Message = Mapping[str, str]
"""What to do, as names and ids; what is true about them is read when the work starts."""


class Queue(Protocol):
    """One queue. A message may arrive more than once, and late."""

    def send(self, partner_id: str, message: Message) -> None:
        """Hand a message over in the partner's own group: one partner's thousand do not hold up another's one.

        Raises `Unavailable` where it may not have been taken.
        """
        ...

    def send_all(self, messages: Iterable[tuple[str, Message]]) -> None:
        """Send many, each as (partner id, message); raises `Unavailable` where some may not have been taken."""
        ...

"""What the product stands on, in memory."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.mail.email_messages import Mail
from tests.fakes import FakePorts


class TickingPorts(FakePorts):
    """Fakes whose clock goes on by a millisecond each time somebody looks at it."""

    def clock(self) -> datetime:
        """What time it is."""
        self.now += timedelta(milliseconds=1)
        return self.now


class InMemory:
    """An `Outside` of fakes."""

    def __init__(self) -> None:
        self.ports = TickingPorts()

    def waiting(self, queue: str) -> list[Any]:
        """Take the messages that wait in a queue."""
        existing = getattr(self.ports, queue, None)
        if existing is None:
            return []
        messages = [dict(message) for _, message in existing.sent]
        existing.sent.clear()
        return messages

    def upload(self, form: dict[str, Any], content: bytes) -> None:
        """Put a file where a form leads."""
        self.ports.files.kept[form["fields"]["key"]] = content

    def mails(self) -> list[tuple[str, Mail]]:
        """What was mailed, each by the id that the mail service gave it."""
        return [(f"message-{number}", mail) for number, mail in enumerate(self.ports.mailer.sent, 1)]

    def subject_of(self, address: str) -> str:
        """The subject of the person who signs in with this address."""
        return next(subject for subject, item in self.ports.sign_ins.addresses.items() if item == address)

    def working(self, function: str, partner_id: str, operation: str) -> AbstractContextManager[None]:
        """Nobody watches here."""
        return nullcontext()

    def later(self, days: float) -> None:
        """Let days pass."""
        self.ports.now += timedelta(days=days)

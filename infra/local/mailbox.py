"""The embedded stack's post office: keeps each mail the emulator relays as an .eml file; a restart loses none."""

from __future__ import annotations

import email
import email.policy
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

from infra.local.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True, slots=True)
class Mail:
    """One kept mail."""

    id: str
    message: EmailMessage
    source: bytes

    def part(self, kind: str) -> str:
        """Return the body of this kind, `plain` or `html`; empty if there is none."""
        body = self.message.get_body((kind,))
        return str(body.get_content()) if body else ""

    @property
    def attachments(self) -> list[EmailMessage]:
        """Its attached files."""
        return list(self.message.iter_attachments())

    def as_json(self) -> dict[str, Any]:
        """Return all of it but the attachments' content."""
        return {
            "id": self.id,
            "from": str(self.message["from"]),
            "to": str(self.message["to"]),
            "subject": str(self.message["subject"]),
            "headers": {name: str(value) for name, value in self.message.items()},
            "text": self.part("plain"),
            "html": self.part("html"),
            "attachments": [
                {"name": part.get_filename(), "type": part.get_content_type()} for part in self.attachments
            ],
        }


class Mailbox:
    """A folder of mails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, source: bytes) -> None:
        """Keep one; it is there whole or not at all."""
        path = self._folder / f"{time.time_ns()}-{uuid.uuid4().hex[:6]}.eml"
        partial = path.with_suffix(".tmp")
        partial.write_bytes(source)
        partial.rename(path)

    def __iter__(self) -> Iterator[Mail]:
        """Yield the mails, the newest first."""
        for path in sorted(self._folder.glob("*.eml"), reverse=True):
            yield self._read(path)

    def get(self, mail_id: str) -> Mail | None:
        """Return the mail with this id."""
        return next((self._read(path) for path in self._folder.glob("*.eml") if path.stem == mail_id), None)

    @staticmethod
    def _read(path: Path) -> Mail:
        source = path.read_bytes()
        return Mail(path.stem, email.message_from_bytes(source, policy=email.policy.default), source)


class SmtpSink:
    """Takes mail by SMTP on a free loopback port for as long as it is open."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002
        """Return what aiosmtpd calls with a whole mail."""
        self._mailbox.keep(envelope.original_content or b"")
        return "250 OK"

    def open(self) -> None:
        """Start taking mail."""
        self._controller.start()

    def close(self) -> None:
        """Take no more."""
        self._controller.stop()

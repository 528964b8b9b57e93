"""Ports that misbehave as the real ones may: now and then, as the dice have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, TypeVar

from chalicelib.domain.changes import Change
from chalicelib.domain.kernel.errors import Unavailable
from chalicelib.domain.kernel.queues import Message
from chalicelib.domain.mail.email_messages import Mail, NotSent

if TYPE_CHECKING:
    from tests.fakes import FakeTransactionWriter
    from tests.fakes.mail import FakeMailer

T = TypeVar("T")


class Killed(BaseException):
    """The process is gone, and nothing of it runs on."""


@dataclass
class Mood:
    """How often things go wrong: a number of each hundred."""

    dice: Random
    wild: bool = True

    def strikes(self, hundredths: float) -> bool:
        """Whether something that happens so often happens now."""
        return self.wild and self.dice.random() * 100 < hundredths


@dataclass
class UnrulyJournal:
    """A journal whose writes meet others, are let through or not, lose their answers, or outlive their process."""

    transaction_writer: FakeTransactionWriter
    mood: Mood
    meanwhile: Callable[[], None] = lambda: None
    """What somebody else does between a reading and a write."""

    def write(self, change: Change[T]) -> T:
        """Write it all or raise."""
        if not change.writes:
            return change.result
        if self.mood.strikes(6):
            self.meanwhile()
        self._may_break_off()
        result = self.transaction_writer.write(change)
        self._may_break_off()
        return result

    def _may_break_off(self) -> None:
        if self.mood.strikes(3):
            raise Unavailable
        if self.mood.strikes(1.5):
            raise Killed


@dataclass
class UnrulyQueue:
    """A queue that delivers late, in any order and more than once, and sometimes takes nothing."""

    mood: Mood
    waiting: list[Message] = field(default_factory=list)

    def send(self, partner_id: str, message: Message) -> None:
        """Take a message, or not, or take it without saying so."""
        if self.mood.strikes(5):
            raise Unavailable
        self.waiting.append(message)
        if self.mood.strikes(3):
            self.waiting.append(message)
        if self.mood.strikes(3):
            raise Unavailable

    def send_all(self, messages: Iterable[tuple[str, Message]]) -> None:
        """Take many; it may stop half way."""
        for partner_id, message in messages:
            self.send(partner_id, message)

    def taken(self) -> Message | None:
        """Any one that waits."""
        if not self.waiting:
            return None
        return self.waiting.pop(self.mood.dice.randrange(len(self.waiting)))


@dataclass
class UnrulyMailer:
    """A mailer that is sometimes too busy, and sometimes sends without saying so."""

    mailer: FakeMailer
    mood: Mood

    def send(self, mail: Mail) -> str:
        """Send it, or not, or nobody knows."""
        if self.mood.strikes(8):
            raise NotSent("Too many mails at once.", passes=True)
        if self.mood.strikes(4):
            raise TimeoutError
        message_id = self.mailer.send(mail)
        if self.mood.strikes(4):
            raise Killed
        return message_id

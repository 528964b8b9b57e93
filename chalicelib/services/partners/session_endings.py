"""Ends the sessions of people who are on no team any more; what fails is tried again by the next run of the sweeper."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from chalicelib.domain.changes import Change, Remove
from chalicelib.domain.kernel.errors import PartnerbookError
from chalicelib.services.partners import sessions

if TYPE_CHECKING:
    from chalicelib.domain.partners.session_endings import SessionEnding
    from chalicelib.services.ports import SessionEndingPorts

MAX_BATCH_SIZE = 100
"""In one run; the next one is five minutes away."""


def end_sessions(ports: SessionEndingPorts) -> int:
    """Sign out everybody who waits for it; returns how many."""
    ended = 0
    for ending in ports.session_endings.waiting(MAX_BATCH_SIZE):
        with suppress(PartnerbookError):
            ended += _ended(ports, ending)
    return ended


def _ended(ports: SessionEndingPorts, ending: SessionEnding) -> bool:
    """Sign one person out, unless it has joined a team meanwhile; returns whether it was."""
    rejoined = bool(ports.members.of_subject(ending.subject))
    if not rejoined:
        sessions.end_all(ports, ending.subject)
    ports.transaction_writer.write(Change((Remove(ending),), None))
    return not rejoined

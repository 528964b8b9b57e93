"""A person's session in one browser: kept here, and opened by a cookie that no script can read.

The cookie names the session and carries two secrets: a key, which opens the refresh token that is kept sealed, and a
secret that changes with each renewal. A secret that was given out counts once it comes back: then the one before it is
retired. So an answer that was lost, or two tabs that renew at the same moment, end nothing; a copy of the cookie that
is used beside its owner does: whoever comes second shows a secret that is retired, and the session is over for both.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.kernel.ids import hashed_token, new_token
from chalicelib.domain.partners.sealing import seal

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_OFFERED = 8
"""Secrets that may wait to be shown: as many renewals may be answered without their answers arriving."""
GRACE = timedelta(seconds=30)
"""How long a retired secret is still taken: requests that were on their way when another one was confirmed."""


ID_LENGTH = 32


class Use(Enum):
    """What a cookie says of who shows it."""

    GOOD = auto()
    REUSED = auto()
    """It was the session's and is not any more: somebody has a copy."""


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long sessions last."""

    idle: timedelta
    """Without input."""
    whole: timedelta
    """In all, whatever is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One person signed in in one browser."""

    subject: str
    session_id: str
    current: str
    """The hash of the secret that was shown last."""
    offered: tuple[str, ...] = ()
    """Hashes of secrets that were given out since, none of which was shown yet."""
    retired: tuple[str, ...] = ()
    """Hashes that were current or offered until `retired_at`."""
    retired_at: datetime | None = None
    sealed_token: str
    """The refresh token, which the cookie's key opens."""
    started_at: datetime
    renewed_at: datetime
    idle_ends_at: datetime
    """It is over unless it is renewed by then."""
    ends_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """What the browser keeps for us."""

    subject: str
    session_id: str
    key: str
    secret: str

    @property
    def hash(self) -> str:
        """What is kept of the secret."""
        return hashed_token(self.secret)


@dataclass(frozen=True, slots=True)
class IssuedSession:
    """A session, and the cookie that opens it from now on."""

    session: Session
    cookie: SessionCookie
    cookie_ends_at: datetime


def begin(subject: str, first_token: str, refresh_token: str, lifetimes: Lifetimes, at: datetime) -> IssuedSession:
    """Begin a session; it is named after the first token of its sign-in, so that one begun again is the same."""
    session_id = f"sess_{hashed_token(first_token)[:ID_LENGTH]}"
    cookie = SessionCookie(subject, session_id, new_token(), new_token())
    session = Session(
        subject=subject,
        session_id=cookie.session_id,
        current=cookie.hash,
        sealed_token=seal(refresh_token, cookie.key),
        started_at=at,
        renewed_at=at,
        idle_ends_at=at + lifetimes.idle,
        ends_at=at + lifetimes.whole,
    )
    return IssuedSession(session, cookie, _cookie_ends_at(session))


def use_of(session: Session, cookie: SessionCookie, at: datetime) -> Use:
    """Judge a cookie whose key has opened the session."""
    if _among(cookie.hash, (session.current, *session.offered)):
        return Use.GOOD
    in_grace = session.retired_at is not None and at < session.retired_at + GRACE
    return Use.GOOD if in_grace and _among(cookie.hash, session.retired) else Use.REUSED


def is_over(session: Session, at: datetime) -> bool:
    """Tell whether nobody used it for too long, or it has lasted long enough."""
    return at >= min(session.idle_ends_at, session.ends_at)


def renewed(
    session: Session, cookie: SessionCookie, refresh_token: str, idle_ends_at: datetime, at: datetime
) -> IssuedSession:
    """Give the session a new secret and this refresh token."""
    confirmed = _confirmed(session, cookie.hash, at)
    updated = replace(cookie, secret=new_token())
    session = replace(
        confirmed,
        offered=(*confirmed.offered, updated.hash)[-MAX_OFFERED:],
        sealed_token=seal(refresh_token, cookie.key),
        renewed_at=at,
        idle_ends_at=idle_ends_at,
        version=session.version + 1,
    )
    return IssuedSession(session, updated, _cookie_ends_at(session))


def _confirmed(session: Session, shown: str, at: datetime) -> Session:
    """Take the offered secret that was shown for the current one; all others are retired."""
    if not _among(shown, session.offered):
        return session
    retired = tuple(item for item in (session.current, *session.offered) if item != shown)
    return replace(session, current=shown, offered=(), retired=retired, retired_at=at)


def _cookie_ends_at(session: Session) -> datetime:
    return min(session.idle_ends_at, session.ends_at)


def _among(shown: str, hashes: Iterable[str]) -> bool:
    return any(hmac.compare_digest(shown, item) for item in hashes)


class SessionStore(Protocol):
    """Sessions; writes go through a `TransactionWriter`."""

    def get(self, subject: str, session_id: str) -> Session | None:
        """Return the session, read strongly consistent, over or not."""
        ...

    def of_subject(self, subject: str) -> list[Session]:
        """Return the person's sessions, the oldest first, read strongly consistent."""
        ...

"""Sessions in browsers: begun after signing in, renewed by their cookie, ended here and at the identity provider."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.changes import Change, Put, Remove, Replace
from chalicelib.domain.kernel.errors import Forbidden, StaleVersion, Unauthenticated
from chalicelib.domain.partners import sessions
from chalicelib.domain.partners.sealing import unseal
from chalicelib.domain.partners.sessions import IssuedSession, Session, SessionCookie, Use
from chalicelib.services.transactions import retry_on_conflict

if TYPE_CHECKING:
    from datetime import timedelta

    from chalicelib.domain.partners.identities import Tokens
    from chalicelib.domain.partners.sessions import Lifetimes
    from chalicelib.services.ports import SessionPorts


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that goes on, and the tokens that it has given."""

    issued: IssuedSession
    tokens: Tokens


def begin(
    ports: SessionPorts, subject: str, refresh_token: str, lifetimes: Lifetimes, former: SessionCookie | None
) -> OpenSession:
    """Begin a session of whoever has just signed in; the one that this browser had is over.

    The refresh token is used up by it, so that what the page has had in its hands is of no use afterwards. Sent again
    because its answer was lost, it begins the same session anew.
    """
    tokens = ports.sign_ins.renew(refresh_token)
    if tokens.subject != subject:
        raise Forbidden("This refresh token is somebody else's. Send your own.")
    if former is not None:
        end(ports, former)
    issued = sessions.begin(subject, refresh_token, tokens.refresh_token, lifetimes, ports.clock())
    return ports.transaction_writer.write(Change((Put(issued.session),), OpenSession(issued, tokens)))


def renew(
    ports: SessionPorts, cookie: SessionCookie | None, lifetimes: Lifetimes, idle: timedelta
) -> OpenSession | None:
    """Renew the session that the cookie opens, or return None where there is none; nobody used it for `idle`."""
    if cookie is None:
        return None
    return retry_on_conflict(ports.transaction_writer, lambda: _renewal(ports, cookie, lifetimes, idle))


def _renewal(
    ports: SessionPorts, cookie: SessionCookie, lifetimes: Lifetimes, idle: timedelta
) -> Change[OpenSession | None]:
    found, at = _find(ports, cookie), ports.clock()
    if found is None:
        return Change((), None)
    session, refresh_token = found
    idle_ends_at = at - idle + lifetimes.idle
    if sessions.is_over(session, at) or at >= idle_ends_at or sessions.use_of(session, cookie, at) is Use.REUSED:
        return _ending(ports, session, refresh_token)
    try:
        tokens = ports.sign_ins.renew(refresh_token)
    except Unauthenticated:
        return Change((Remove(session),), None)
    issued = sessions.renewed(session, cookie, tokens.refresh_token, idle_ends_at, at)
    return Change((Replace(session, issued.session),), OpenSession(issued, tokens))


def _find(ports: SessionPorts, cookie: SessionCookie) -> tuple[Session, str] | None:
    """Return the session that the cookie's key opens, and its refresh token."""
    session = ports.sessions.get(cookie.subject, cookie.session_id)
    refresh_token = unseal(session.sealed_token, cookie.key) if session else None
    return (session, refresh_token) if session and refresh_token else None


def _ending(ports: SessionPorts, session: Session, refresh_token: str) -> Change[OpenSession | None]:
    return Change((Remove(session),), None, (lambda: ports.sign_ins.revoke(refresh_token),))


def end(ports: SessionPorts, cookie: SessionCookie | None) -> None:
    """End the session that the cookie opens, if it does; also by a secret that is retired."""
    if cookie is None:
        return

    def ending() -> Change[OpenSession | None]:
        found = _find(ports, cookie)
        return _ending(ports, *found) if found else Change((), None)

    retry_on_conflict(ports.transaction_writer, ending)


def end_all(ports: SessionPorts, subject: str) -> None:
    """End every session of the person: at the identity provider, and in every browser."""
    ports.sign_ins.end_sessions(subject)
    remove_all(ports, subject)


def remove_all(ports: SessionPorts, subject: str) -> None:
    """Remove every session of the person here; a browser finds it gone when it renews."""
    for session in ports.sessions.of_subject(subject):
        with suppress(StaleVersion):  # It is being renewed, which the identity provider refuses by now.
            ports.transaction_writer.write(Change((Remove(session),), None))

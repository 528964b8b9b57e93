"""Sessions of the console's pages: kept by a cookie that no script reads, so that they outlast a page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import msgspec

from chalicelib.api.http import session_cookie
from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.operation import Body, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_values import RULE
from chalicelib.config import settings
from chalicelib.domain.kernel.errors import Forbidden, Unauthenticated
from chalicelib.domain.kernel.text_rules import Reference
from chalicelib.domain.partners.sessions import Lifetimes
from chalicelib.services.partners import sessions

if TYPE_CHECKING:
    from chalicelib.domain.ports import HasClock
    from chalicelib.services.partners.sessions import OpenSession

blueprint = Blueprint(__name__)
RefreshToken = Annotated[str, msgspec.Meta(min_length=1, max_length=8192, extra={RULE: Reference()})]
IdleSeconds = Annotated[int, msgspec.Meta(ge=0, le=86_400)]


class NewSession(Body):
    """What a session is begun with."""

    refresh_token: RefreshToken
    """The caller's own, from signing in. It is used up: another one is kept, which the browser never sees."""


class SessionUse(Body):
    """How the session is used."""

    idle_seconds: IdleSeconds = 0
    """Seconds since the last input in any tab; the session is idle since then."""


class SessionView(View):
    """A session, and the token for the next minutes."""

    access_token: str | None
    """For `Authorization: Bearer`; null where there is no session, or none any more."""
    expires_in: int
    """Seconds that the access token lasts."""
    idle_limit: int
    """Seconds without input after which a session is over."""
    ends_in: int
    """Seconds after which it is over whatever is done."""


@blueprint.operation(
    "begin_session",
    "POST /sessions",
    keyed=False,
    partner_scoped=False,
    console_only=True,
    refusals=(Forbidden, Unauthenticated),
)
def begin_session(request: Request[NewSession, NoQuery]) -> Answer[SessionView]:
    """Keep the caller signed in in this browser.

    The answer sets a cookie. A session that the browser had is over.
    """
    opened = sessions.begin(
        request.ports,
        request.actor.subject,
        request.body.refresh_token,
        lifetimes(),
        request.session_cookie,
    )
    return _opened(request.ports, opened)


@blueprint.operation("renew_session", "POST /sessions/renewal", keyed=False, console_only=True, refusals=(Forbidden,))
def renew_session(request: Request[SessionUse, NoQuery]) -> Answer[SessionView]:
    """Get the next access token by the session's cookie, which is replaced. Several tabs may do so at once."""
    idle = timedelta(seconds=request.body.idle_seconds)
    opened = sessions.renew(request.ports, request.session_cookie, lifetimes(), idle)
    if opened is not None:
        return _opened(request.ports, opened)
    idle_limit = settings().session_idle_minutes * 60
    return Answer(SessionView(None, 0, idle_limit, 0), set_cookie=session_cookie.cleared())


@blueprint.operation(
    "end_session", "DELETE /sessions/current", status=204, keyed=False, console_only=True, refusals=(Forbidden,)
)
def end_session(request: Request[None, NoQuery]) -> Answer[None]:
    """Sign out of this browser, whichever of its tabs asks. Where there is no session nothing happens."""
    sessions.end(request.ports, request.session_cookie)
    return Answer(None, set_cookie=session_cookie.cleared())


@blueprint.operation("end_sessions", "DELETE /sessions", status=204, keyed=False, partner_scoped=False)
def end_sessions(request: Request[None, NoQuery]) -> Answer[None]:
    """End every session of the caller, in each browser and of each program; its refresh tokens are of no use then."""
    sessions.end_all(request.ports, request.actor.subject)
    return Answer(None)


def lifetimes() -> Lifetimes:
    """Return how long sessions last here."""
    chosen = settings()
    return Lifetimes(timedelta(minutes=chosen.session_idle_minutes), timedelta(hours=chosen.session_hours))


def _opened(ports: HasClock, opened: OpenSession) -> Answer[SessionView]:
    issued, at = opened.issued, ports.clock()
    view = SessionView(
        access_token=opened.tokens.access_token,
        expires_in=opened.tokens.expires_in,
        idle_limit=settings().session_idle_minutes * 60,
        ends_in=_seconds(issued.session.ends_at - at),
    )
    return Answer(view, set_cookie=session_cookie.header(issued.cookie, _seconds(issued.cookie_ends_at - at)))


def _seconds(left: timedelta) -> int:
    return max(0, int(left.total_seconds()))

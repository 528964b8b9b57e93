"""The cookie that opens a session: read from a request of the console's own pages, and set on its answer.

`__Host-` has a browser take it over TLS alone, for this host and no sibling of it (RFC 6265bis, section 4.1.3). A
console without TLS is the embedded stack's, on a loopback address, where not every browser takes a secure cookie; hosts
share their cookies over all ports, so that the name has the port there.

A browser sends the cookie with every request to this host; so an operation that reads it is refused unless the request
says by `Origin` that a page of the console makes it, which no page can forge and every browser says of a fetch that is
neither GET nor HEAD (Fetch Standard, "append a request Origin header").
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chalicelib.config import settings
from chalicelib.domain.kernel.errors import Forbidden
from chalicelib.domain.partners.sessions import SessionCookie

if TYPE_CHECKING:
    from collections.abc import Mapping

SEPARATOR = "."
PART = re.compile(r"[A-Za-z0-9_=-]{1,256}")
ATTRIBUTES = "Path=/; HttpOnly; SameSite=Strict"
OWN_PAGES = ("same-origin", "")
"""What `Sec-Fetch-Site` says of a console's request; older browsers say nothing (W3C Fetch Metadata)."""


def require_console(headers: Mapping[str, str]) -> None:
    """Raise `Forbidden` unless a page of the console's own origin makes the request."""
    origin = headers.get("origin", "")
    if not origin or origin != _console_origin() or headers.get("sec-fetch-site", "") not in OWN_PAGES:
        raise Forbidden("Sessions are kept for the console's own pages alone. Other programs renew their own tokens.")


def read(headers: Mapping[str, str]) -> SessionCookie | None:
    """Return the cookie, if the request has one of the right form."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(_name())
    except CookieError:
        return None
    parts = found.value.split(SEPARATOR) if found else []
    if len(parts) != 4 or not all(map(PART.fullmatch, parts)):
        return None
    try:
        subject = urlsafe_b64decode(parts[0]).decode()
    except ValueError:
        return None
    return SessionCookie(subject, *parts[1:]) if subject else None


def header(cookie: SessionCookie, seconds: int) -> str:
    """Return the Set-Cookie header that keeps the cookie for so long."""
    subject = urlsafe_b64encode(cookie.subject.encode()).decode()
    value = SEPARATOR.join((subject, cookie.session_id, cookie.key, cookie.secret))
    return f"{_name()}={value}; Max-Age={seconds}; {_attributes()}"


def cleared() -> str:
    """Return the Set-Cookie header that takes the cookie away."""
    return f"{_name()}=; Max-Age=0; {_attributes()}"


def _console_origin() -> str:
    parts = urlsplit(settings().console_url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def _name() -> str:
    parts = urlsplit(settings().console_url)
    return "__Host-partnerbook-session" if parts.scheme != "http" else f"partnerbook-session-{parts.port or 80}"


def _attributes() -> str:
    return ATTRIBUTES if urlsplit(settings().console_url).scheme == "http" else f"{ATTRIBUTES}; Secure"

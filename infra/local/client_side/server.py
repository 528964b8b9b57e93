"""Serves the stand-in."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from infra.local.api import Refused
from infra.local.client_side import pages
from infra.local.loopback_server import LoopbackServer, QuietRequest

if TYPE_CHECKING:
    from infra.local.client_side.platform import Platform

LONGEST_FORM = 10_000
Reply = tuple[int, str]
"""The status, and a page; of a redirect its address."""


class ClientSide(LoopbackServer):
    """The stand-in's server; it answers once the stack behind it is ready."""

    def __init__(self, preferred_port: int) -> None:
        self.platform: Platform | None = None
        side = self

        class Request(QuietRequest, BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                side.answer(self, {})

            def do_POST(self) -> None:
                side.answer(self, _form(self))

        super().__init__(Request, preferred_port)
        self.url = self.origin

    def answer(self, request: BaseHTTPRequestHandler, form: dict[str, str]) -> None:
        """Answer a request; one that another page sends is refused."""
        posted = request.command == "POST"
        if posted and request.headers.get("Origin") not in (None, self.url):
            return _send(request, (403, pages.page("Not from here", "<p>Another page sent this.</p>")))
        if self.platform is None:
            return _send(request, (503, pages.page("Not ready", "<p>The stack is starting. Try again soon.</p>")))
        parts = [unquote(part) for part in urlsplit(request.path).path.strip("/").split("/") if part]
        return _send(request, reply(self.platform, parts, form if posted else None))


def reply(platform: Platform, parts: list[str], form: dict[str, str] | None) -> Reply:
    """`/`, `/join/<slug>`, `/sign-in`, `/clients/<username>`; with a form, what it asks is done."""
    try:
        match parts:
            case []:
                return 200, pages.start()
            case ["join", slug]:
                return _join(platform, slug, form)
            case ["sign-in"]:
                return _sign_in(platform, form)
            case ["clients", *named]:
                return _client(platform, named, form or {})
    except Refused as refused:
        return 409, pages.start(wrong=str(refused))
    return 404, pages.start(wrong="There is no such page.")


def _join(platform: Platform, slug: str, form: dict[str, str] | None) -> Reply:
    invite = platform.invite(slug)
    if form is None:
        platform.count_visit(invite["slug"])
        return 200, pages.join(invite, {})
    try:
        client = platform.sign_up(invite["slug"], form)
    except Refused as refused:
        return 409, pages.join(invite, form, wrong=str(refused))
    return 303, f"/clients/{quote(client.username)}"


def _sign_in(platform: Platform, form: dict[str, str] | None) -> Reply:
    if form is None:
        return 200, pages.sign_in()
    client, role = platform.redeem(form.get("token", ""))
    notice = f"Signed in by the partner's link, as {role.replace('_', ' ')}. The link is spent."
    return 200, pages.home(client, platform.account(client), notice=notice)


def _client(platform: Platform, named: list[str], form: dict[str, str]) -> Reply:
    if not named:
        return 303, f"/clients/{quote(platform.find(form.get('username', '')).username)}"
    client, notice, wrong = platform.find(named[0]), "", ""
    try:
        notice = platform.act(client, form) if form else ""
    except Refused as refused:
        wrong = str(refused)
    return 409 if wrong else 200, pages.home(client, platform.account(client), notice=notice, wrong=wrong)


def _form(request: BaseHTTPRequestHandler) -> dict[str, str]:
    length = min(int(request.headers.get("Content-Length") or 0), LONGEST_FORM)
    return dict(parse_qsl(request.rfile.read(length).decode("utf-8", "replace"), keep_blank_values=True))


def _send(request: BaseHTTPRequestHandler, replied: Reply) -> None:
    status, content = replied
    body = b"" if status == 303 else content.encode()
    request.send_response(status)
    if status == 303:
        request.send_header("Location", content)
    request.send_header("Content-Type", "text/html; charset=utf-8")
    request.send_header("Content-Length", str(len(body)))
    request.send_header("Referrer-Policy", "no-referrer")
    request.send_header("Cache-Control", "no-store")
    request.end_headers()
    request.wfile.write(body)

"""The mailbox as pages: the list, a mail with headers, attachments and its HTML in a sandbox; and all as JSON."""

from __future__ import annotations

import json
from html import escape
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from infra.local.loopback_server import LoopbackServer, QuietRequest

if TYPE_CHECKING:
    from infra.local.mailbox import Mail, Mailbox

STYLE = (
    "body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc;"
    "vertical-align:top;overflow-wrap:anywhere}"
    "iframe{width:100%;height:32rem;border:1px solid #ccc}pre{white-space:pre-wrap}"
)
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
HTML = "text/html; charset=utf-8"


class Answer(NamedTuple):
    """What a request gets."""

    body: bytes
    kind: str = HTML
    status: int = 200
    filename: str | None = None


NOT_FOUND = Answer(b"There is no such mail.", "text/plain; charset=utf-8", 404)


def answer(mailbox: Mailbox, path: str) -> Answer:
    """`/`, `/messages` (JSON), `/<id>`, `/<id>/html`, `/<id>/source`, `/<id>/attachments/<n>`."""
    parts = [unquote(part) for part in path.split("?")[0].strip("/").split("/") if part]
    if not parts:
        return _page("Mailbox", _list(mailbox))
    if parts == ["messages"]:
        return Answer(json.dumps([mail.as_json() for mail in mailbox]).encode(), "application/json")
    mail = mailbox.get(parts[0])
    return _of_mail(mail, parts[1:]) if mail else NOT_FOUND


def _of_mail(mail: Mail, rest: list[str]) -> Answer:
    match rest:
        case []:
            return _page(str(mail.message["subject"]), _details(mail))
        case ["html"]:
            return Answer(mail.part("html").encode())
        case ["source"]:
            return Answer(mail.source, "text/plain; charset=utf-8")
        case ["attachments", number] if number.isdigit() and int(number) < len(mail.attachments):
            part = mail.attachments[int(number)]
            return Answer(part.get_payload(decode=True) or b"", part.get_content_type(), filename=part.get_filename())  # type: ignore[arg-type]
    return NOT_FOUND


def _page(title: str, body: str) -> Answer:
    head = f'<meta charset="utf-8">{VIEWPORT}<title>{escape(title)}</title><style>{STYLE}</style>'
    return Answer(f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'.encode())


def _list(mailbox: Mailbox) -> str:
    rows = "".join(_row(mail) for mail in mailbox)
    if not rows:
        return "<h1>Mailbox</h1><p>No mail yet.</p>"
    return f"<h1>Mailbox</h1><table><tr><th>Subject<th>To<th>From<th>Date</tr>{rows}</table>"


def _row(mail: Mail) -> str:
    to, sender, date = (escape(str(mail.message[name])) for name in ("to", "from", "date"))
    return f'<tr><td><a href="/{mail.id}">{escape(str(mail.message["subject"]))}</a><td>{to}<td>{sender}<td>{date}</tr>'


def _details(mail: Mail) -> str:
    headers = "".join(f"<tr><th>{escape(name)}<td>{escape(str(value))}</tr>" for name, value in mail.message.items())
    files = "".join(
        f'<li><a href="/{mail.id}/attachments/{number}">{escape(part.get_filename() or "unnamed")}</a></li>'
        for number, part in enumerate(mail.attachments)
    )
    return (
        f'<p><a href="/">Mailbox</a> · <a href="/{mail.id}/source">source</a></p>'
        f"<h1>{escape(str(mail.message['subject']))}</h1><table>{headers}</table>"
        + (f"<h2>Attachments</h2><ul>{files}</ul>" if files else "")
        + (
            f'<h2>As HTML</h2><iframe sandbox="allow-popups" src="/{mail.id}/html"></iframe>'
            if mail.part("html")
            else ""
        )
        + f"<h2>As text</h2><pre>{escape(mail.part('plain'))}</pre>"
    )


class MailboxPage(LoopbackServer):
    """Serves a mailbox."""

    def __init__(self, mailbox: Mailbox, preferred_port: int) -> None:
        class Request(QuietRequest, BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                _send(self, answer(mailbox, self.path))

        super().__init__(Request, preferred_port)
        self.url = f"{self.origin}/"


def _send(request: BaseHTTPRequestHandler, content: Answer) -> None:
    request.send_response(content.status)
    request.send_header("Content-Type", content.kind)
    request.send_header("Content-Length", str(len(content.body)))
    request.send_header("X-Content-Type-Options", "nosniff")
    if content.filename:
        request.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(content.filename)}")
    request.end_headers()
    request.wfile.write(content.body)

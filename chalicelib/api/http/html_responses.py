"""The few answers that people see in a browser: a heading, a sentence, perhaps a button; nothing of the request."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from chalice.app import Response

from chalicelib.api.http.problems import PROBLEMS, SECURITY_HEADERS, more_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.domain.kernel.errors import PartnerbookError

HTML = "text/html; charset=utf-8"
STYLE = """
:root{color-scheme:light dark}
body{margin:0;padding:12vh 20px 20px;font:17px/1.5 system-ui,sans-serif;background:light-dark(#f1f3f5,#14181d);
color:light-dark(#1c242c,#e8ecf0)}
main{max-width:32rem;margin:0 auto;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 .5em}
button{font:inherit;font-weight:600;padding:.6em 1.2em;border:0;border-radius:6px;cursor:pointer;
background:light-dark(#0a5c8f,#7cc4f2);color:light-dark(#fff,#0d1a24)}
"""


def page(title: str, sentence: str, button: str | None = None) -> str:
    """Return a page; its button posts to the page's own address."""
    form = f'<form method="post"><button>{escape(button)}</button></form>' if button else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{escape(sentence)}</p>{form}</main></body></html>"
    )


@lru_cache(maxsize=1)
def headers() -> Mapping[str, str]:
    """Return what every page is sent with: it may show its own style and post to itself, and nothing else."""
    digest = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; frame-ancestors 'none'"
    return {**SECURITY_HEADERS, "Content-Security-Policy": policy, "Cache-Control": "no-store", "Content-Type": HTML}


def wanted(accept: str | None) -> bool:
    """Tell whether who asks is a browser showing the answer to a person."""
    return "text/html" in (accept or "")


def refusal(error: PartnerbookError) -> Response:
    """Return an error of ours as a page."""
    status, title = PROBLEMS[type(error)]
    return Response(page(title, error.detail), {**headers(), **more_headers(error)}, status)

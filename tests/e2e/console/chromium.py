"""Where Chromium is, and how it starts without a screen and without calling anybody."""

from __future__ import annotations

import shutil

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str:
    """Debian's Chromium, or whatever of that name is on the path."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        msg = "The browser tests need Chromium on the path (Debian: apt-get install chromium)."
        raise RuntimeError(msg)
    return found

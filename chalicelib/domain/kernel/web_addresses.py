"""Web addresses that somebody gives us: shown and kept, never fetched."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from chalicelib.domain.kernel.text import NOT_SEEN, breaks_line

PORTS = range(1, 65_536)


def problem(address: str, schemes: tuple[str, ...] = ("http", "https")) -> str | None:
    """Say why this is no web address of one of these schemes; None if it is."""
    starts = " or ".join(f"{scheme}://" for scheme in schemes)
    if any(char.isspace() or breaks_line(char) or char in NOT_SEEN or char in '"<>\\^`{|}' for char in address):
        return 'A web address has no spaces, no invisible characters, and none of " < > \\ ^ ` { | }.'
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return f"A web address starts with {starts} and a domain, such as https://www.example.com."
    if parts.scheme not in schemes or not _host_valid(parts):
        return f"A web address starts with {starts} and a domain, such as https://www.example.com."
    if port is not None and port not in PORTS:
        return f"A port is a number from {PORTS.start} to {PORTS.stop - 1}."
    return None


def _host_valid(parts: SplitResult) -> bool:
    """Tell whether the host is a domain name of any script, and nobody's name and password stand before it."""
    from idna import IDNAError, encode

    host = parts.hostname or ""
    if "@" in parts.netloc or "." not in host.strip("."):
        return False
    try:
        encoded = encode(host, uts46=True, std3_rules=True).decode()
    except IDNAError:
        return False
    return not encoded.rstrip(".").rpartition(".")[2].isdecimal()

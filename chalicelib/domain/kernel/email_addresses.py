"""E-mail addresses: which of them mail can be sent to, in the form in which SES takes them.

SES has no SMTPUTF8 (Amazon SES Developer Guide, "Verified identities", "Email address format"): what stands before the
@ is ASCII, a domain of another script is sent as Punycode. Domains are encoded by IDNA 2008; Python's own codec follows
IDNA 2003, which takes `straße.example` for `strasse.example`, somebody else's.
"""

from __future__ import annotations

from chalicelib.domain.kernel.text import normalized

MAX_LENGTH = 254
NEEDED = "An e-mail address is needed, such as ada@example.com."


def problem(address: str) -> str | None:
    """Say why no mail can be sent to this address; None if it can."""
    if not address:
        return NEEDED
    try:
        ascii_form(address)
    except ValueError as error:
        return f"{NEEDED} {error}"
    return None


def valid(address: str) -> bool:
    """Tell whether mail can be sent to this address."""
    return problem(address) is None


def ascii_form(address: str) -> str:
    """Return the address as SES takes it; raises `ValueError` for one that no mail can be sent to."""
    from email_validator import validate_email

    checked = validate_email(address, allow_smtputf8=False, check_deliverability=False, strict=True)
    return f"{checked.ascii_local_part}@{checked.ascii_domain}"


def address_key(address: str) -> str:
    """Return what two spellings of one mailbox have in common: case, and the script a domain is written in."""
    if address.isascii():
        return address.lower()
    try:
        return ascii_form(address).lower()
    except ValueError:
        return normalized(address).casefold()


def domain_of(address: str) -> str:
    """Return what stands behind the @, as `address_key` writes it."""
    return address_key(address).rpartition("@")[2]

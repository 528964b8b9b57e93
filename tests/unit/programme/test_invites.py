"""Invites: a slug for ever, what a visitor sees, and the referred trials that come of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import Account, AccountType, BillingMode, Owner, Status
from chalicelib.domain.accounts.codes import BonusStatus
from chalicelib.domain.accounts.profiles import Profile
from chalicelib.domain.kernel.errors import AlreadyExists, Invalid, NotFound, StaleVersion
from chalicelib.domain.partners.invites import Invite, InviteCounts
from chalicelib.services import invites
from chalicelib.services.invites import InviteForm
from tests.factories import TODAY
from tests.scenario import ADMIN, ONE, OTHER_ADMIN, Programme

THE_PLATFORM = Actor("the-platform", Role.PLATFORM, "")
CLIENT = Profile(organization="Byron & Co", owner=Owner(email="b@byron.example"))


def set_up(programme: Programme, slug: str, actor: Actor = ADMIN, greeting: str = "") -> Invite:
    version = invites.get(programme.ports, actor).version
    return programme.do(invites.set_up, actor, version, InviteForm(slug=slug, greeting=greeting))


def sign_up(programme: Programme, slug: str, username: str = "new.client") -> Account:
    return programme.do(invites.sign_up, THE_PLATFORM, slug, username, CLIENT)


def test_a_visitor_sees_the_partner_behind_the_slug(programme: Programme) -> None:
    set_up(programme, "agency-one", greeting="Welcome!\nCome in.")
    invite, partner = invites.look_up(programme.ports, "agency-one")
    assert (invite.greeting, partner.partner_id) == ("Welcome!\nCome in.", ONE)


@pytest.mark.parametrize("slug", ["abc", "a-1", "x" * 40, "---"])
def test_a_slug_is_3_to_40_of_a_to_z_0_to_9_and_dash(programme: Programme, slug: str) -> None:
    assert set_up(programme, slug).slug == slug


@pytest.mark.parametrize("slug", ["", "ab", "x" * 41, "Abc", "a_c", "ä-c", "abc\n", "a b"])
def test_no_other_slug_is_taken(programme: Programme, slug: str) -> None:
    with pytest.raises(Invalid) as refused:
        set_up(programme, slug)
    assert [error.pointer for error in refused.value.errors] == ["/slug"]


@pytest.mark.parametrize(
    ("form", "pointer"),
    [
        ({"greeting": "x" * 501}, "/greeting"),
        ({"greeting": "a\x00b"}, "/greeting"),
        ({"logo_url": "http://agency.example/logo.png"}, "/logo_url"),
        ({"logo_url": "javascript:alert(1)"}, "/logo_url"),
        ({"logo_url": "https://agency.example/" + "x" * 300}, "/logo_url"),
    ],
)
def test_greeting_and_logo_are_judged(programme: Programme, form: dict[str, str], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        programme.do(invites.set_up, ADMIN, 0, InviteForm(slug="agency", **form))
    assert [error.pointer for error in refused.value.errors] == [pointer]


def test_first_come_first_served_even_at_the_same_moment(programme: Programme) -> None:
    set_up(programme, "agency")
    with pytest.raises(AlreadyExists) as there_already:
        set_up(programme, "agency", OTHER_ADMIN)
    programme.ports.transaction_writer.meanwhile.append(lambda: set_up(programme, "bakers") and None)
    with pytest.raises(AlreadyExists) as at_the_same_moment:
        set_up(programme, "bakers", OTHER_ADMIN)
    for refused in (there_already, at_the_same_moment):
        assert [error.pointer for error in refused.value.errors] == ["/slug"]


def test_former_slugs_stay_the_partners_and_keep_working(programme: Programme) -> None:
    for slug in ("first", "second", "third"):
        set_up(programme, slug)
    assert invites.look_up(programme.ports, "first")[0].slug == "third"
    assert sign_up(programme, "second").partner_id == ONE
    with pytest.raises(AlreadyExists):
        set_up(programme, "first", OTHER_ADMIN)
    assert set_up(programme, "first").slug == "first"


def test_of_two_changes_at_once_the_later_is_told(programme: Programme) -> None:
    programme.ports.transaction_writer.meanwhile.append(lambda: set_up(programme, "first") and None)
    with pytest.raises(StaleVersion):
        set_up(programme, "other")
    with pytest.raises(StaleVersion):
        programme.do(invites.set_up, ADMIN, 0, InviteForm(slug="other"))


def test_a_sign_up_is_a_referred_trial_with_the_partners_terms(programme: Programme) -> None:
    set_up(programme, "agency")
    partner = programme.ports.partners.get(ONE)
    programme.ports.book.put(replace(partner, terms=replace(partner.terms, trial_days=14)))
    account = sign_up(programme, "agency")
    assert (account.account_type, account.status, account.billing_mode) == (
        AccountType.REFERRED,
        Status.TRIAL,
        BillingMode.DIRECT,
    )
    assert account.trial_ends_on == TODAY + timedelta(days=14)
    assert (account.initial_upgrade_on, account.bonus_status) == (None, BonusStatus.NOT_STARTED)
    created = programme.trail()[-1]
    assert (created.kind, created.acting_for) == ("account.created", "new.client")
    programme.ports.book.assert_counted()


def test_a_username_that_is_taken_is_taken_here_too_and_counts_nothing(programme: Programme) -> None:
    set_up(programme, "agency")
    sign_up(programme, "agency")
    with pytest.raises(AlreadyExists) as refused:
        sign_up(programme, "agency", "NEW.client")
    assert [error.pointer for error in refused.value.errors] == ["/username"]
    assert programme.ports.invites.counts(ONE) == InviteCounts(visits=0, sign_ups=1)


def test_visits_and_sign_ups_are_counted_under_all_slugs_and_looking_counts_nothing(programme: Programme) -> None:
    set_up(programme, "agency")
    set_up(programme, "bakers")
    for slug in ("agency", "bakers", "bakers"):
        invites.visit(programme.ports, slug)
        invites.look_up(programme.ports, slug)
    sign_up(programme, "agency")
    assert programme.ports.invites.counts(ONE) == InviteCounts(visits=3, sign_ups=1)


def test_an_unknown_slug_and_a_suspended_partners_are_one_answer(programme: Programme) -> None:
    set_up(programme, "agency")
    programme.ports.book.put(replace(programme.ports.partners.get(ONE), suspended=True))
    for slug in ("agency", "nobody"):
        with pytest.raises(NotFound, match="no such invite"):
            invites.look_up(programme.ports, slug)
        with pytest.raises(NotFound):
            invites.visit(programme.ports, slug)
        with pytest.raises(NotFound):
            sign_up(programme, slug)

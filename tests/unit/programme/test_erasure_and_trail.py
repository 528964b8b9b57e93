"""Erasing a person really erases; the trail says who did what, when and for whom, and never what people are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import Account, Owner
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.profiles import Profile
from chalicelib.domain.audit import AuditQuery
from chalicelib.domain.kernel.errors import Conflict, Invalid
from chalicelib.services.accounts import accounts, erasures
from chalicelib.services.accounts.erasure_recovery import carry_out
from tests.factories import NOON
from tests.scenario import ADMIN, ONE, OPERATOR, OTHER_ADMIN, TWO, Programme, client_of

ADA = Owner(first_name="Zerlinda", last_name="Quux", email="zq@bakery.example", phone="+1 555 0199")
PERSONAL = ("Zerlinda", "Quux", "zq@bakery.example", "555 0199")


def new(username: str = "zq_bakery") -> accounts.NewAccount:
    return accounts.NewAccount(username=username, profile=Profile(organization="Bakery", owner=ADA))


def test_after_erasure_nothing_of_the_person_is_anywhere_in_the_book(programme: Programme) -> None:
    account = programme.do(accounts.create, ADMIN, new())
    programme.upgrade(account)
    programme.activate(account, AddOn.SMS)
    programme.do(
        accounts.change_profile,
        ADMIN,
        account.account_id,
        3,
        lambda current: replace(current, owner=replace(current.owner, phone="+1 555 0199 2")),
    )
    programme.cancel(account)
    assert any(item in str(programme.ports.book.things) for item in PERSONAL)
    erased = programme.do(erasures.erase, OPERATOR, account.account_id)
    assert (erased.owner, erased.erased) == (Owner(), True)
    assert not any(item in str(programme.ports.book.all(Account)) for item in PERSONAL)
    assert carry_out(programme.ports, ONE, account.account_id)
    assert not any(item in str(programme.ports.book.things) for item in PERSONAL)
    assert programme.kinds()[-1] == "account.person_erased"


def test_only_the_person_behind_a_cancelled_account_is_erased(programme: Programme) -> None:
    account = programme.an_account()
    with pytest.raises(Conflict, match="cancel the account first"):
        programme.do(erasures.erase, OPERATOR, account.account_id)


def test_erasing_again_changes_nothing_of_the_account(programme: Programme) -> None:
    account = programme.an_account()
    programme.cancel(account)
    first = programme.do(erasures.erase, OPERATOR, account.account_id)
    programme.ports.later(days=1)
    again = programme.do(erasures.erase, OPERATOR, account.account_id)
    assert again == first
    assert programme.kinds()[-2:] == ["account.person_erased"] * 2, "each act is in the trail"


def test_an_erased_account_keeps_its_other_values_changeable_and_a_new_person_can_be_erased_too(
    programme: Programme,
) -> None:
    account = programme.an_account()
    programme.cancel(account)
    erased = programme.do(erasures.erase, OPERATOR, account.account_id)
    own = account.account_id
    named = programme.do(
        accounts.change_profile, ADMIN, own, erased.version, lambda current: replace(current, partner_account_id="B-2")
    )
    assert (named.partner_account_id, named.erased) == ("B-2", True)
    with pytest.raises(Invalid):
        programme.do(
            accounts.change_profile,
            ADMIN,
            own,
            named.version,
            lambda current: replace(current, owner=replace(current.owner, first_name="Zerlinda")),
        )
    owned = programme.do(
        accounts.change_profile, ADMIN, own, named.version, lambda current: replace(current, owner=ADA)
    )
    assert not owned.erased
    assert programme.do(erasures.erase, OPERATOR, own).owner == Owner()


def test_the_trail_tells_who_when_for_whom_and_from_what_to_what(programme: Programme) -> None:
    account = programme.an_account()
    programme.activate(account, AddOn.SEO)
    programme.upgrade(account, account.plan.PREMIUM, actor=client_of(account))
    first, second = programme.trail()
    assert (first.kind, first.subject, first.role, first.acting_for) == (
        "add_on.activated",
        ADMIN.subject,
        "partner_admin",
        None,
    )
    assert [(change.field, change.old, change.new) for change in first.changes] == [("add_ons", None, "seo")]
    assert (second.subject, second.role, second.acting_for) == ("the-platform", "platform", account.username)
    assert first.at == NOON


def test_it_is_filtered_by_account_actor_kind_and_time_the_latest_first(programme: Programme) -> None:
    single, two = programme.an_account(), programme.an_account()
    programme.activate(single, AddOn.SEO)
    programme.ports.later(days=1)
    programme.activate(two, AddOn.SEO)
    programme.deactivate(single, AddOn.SEO)
    programme.ports.later(days=1)
    programme.cancel(two)

    def reported(**asked: object) -> list[tuple[str, str | None]]:
        page = programme.ports.audit.page(ONE, AuditQuery(**asked), None, 50)  # type: ignore[arg-type]
        return [(entry.kind, entry.account_id) for entry in page.items]

    assert reported()[0] == ("account.cancelled", two.account_id)
    assert reported(account_id=single.account_id) == [
        ("add_on.deactivated", single.account_id),
        ("add_on.activated", single.account_id),
    ]
    assert [kind for kind, _ in reported(kind="add_on.activated")] == ["add_on.activated"] * 2
    assert reported(subject="somebody else") == []
    assert len(reported(since=NOON + timedelta(days=1))) == 3
    assert len(reported(until=NOON + timedelta(hours=1))) == 1
    assert len(reported(since=NOON + timedelta(days=1), until=NOON + timedelta(days=1), account_id=two.account_id)) == 1


def test_no_partner_reads_anothers_trail(programme: Programme) -> None:
    programme.activate(programme.an_account(), AddOn.SEO)
    assert programme.ports.audit.page(TWO, AuditQuery(), None, 50).items == ()
    assert OTHER_ADMIN.partner_id == TWO

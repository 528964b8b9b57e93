"""What an audit entry tells, and what it must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chalicelib.domain.access import Role
from chalicelib.domain.accounts.accounts import Activity, Cancellation, Hold, Owner
from chalicelib.domain.accounts.codes import CancelReason
from chalicelib.domain.audit import FieldChange, differences, entry
from chalicelib.domain.kernel.money import Money
from chalicelib.domain.partners.invites import Invite
from chalicelib.domain.partners.partners import PartnerSettings, Terms
from tests.factories import NOON, a_member, a_partner, an_account, an_actor

WAS = an_account()


def test_each_field_that_differs_is_told_with_its_old_and_its_new_value() -> None:
    now = replace(
        WAS,
        holds=frozenset({Hold.SUSPENDED, Hold.BALANCE_DUE}),
        website="https://x.example",
        permission_ends_on=date(2026, 12, 5),
    )
    assert differences(WAS, now) == (
        FieldChange("website", None, None),
        FieldChange("holds", None, "balance_due, suspended"),
        FieldChange("permission_ends_on", None, "2026-12-05"),
    )


def test_of_a_part_its_fields_are_told() -> None:
    (change,) = differences(WAS, replace(WAS, cancellation=Cancellation(date(2026, 12, 1), CancelReason.POOR_RESULTS)))
    assert change == FieldChange("cancellation", None, "effective_on: 2026-12-01, reason: poor_results")


def test_of_personal_data_it_is_told_that_it_changed_and_no_value() -> None:
    other = Owner(first_name="Grace", last_name="Hopper", email="grace@secret.example", phone="+1 555 0199")
    reported = differences(WAS, replace(WAS, owner=other))
    assert reported == (FieldChange("owner", None, None),)
    whole = repr([*differences(None, WAS), *differences(WAS, None)])
    values = (WAS.owner.first_name, WAS.owner.last_name, WAS.owner.email, WAS.owner.phone)
    assert not any(f"'{value}'" in whole or f" {value}," in whole for value in values)


def test_a_members_name_and_address_are_not_told() -> None:
    member = a_member()
    reported = differences(member, replace(member, email="other@secret.example", name="Somebody", role=Role.OPERATOR))
    assert reported == (
        FieldChange("role", "partner_admin", "operator"),
        FieldChange("email", None, None),
        FieldChange("name", None, None),
    )


def test_recipients_are_not_told_and_what_stands_beside_them_is() -> None:
    current = a_partner(settings=PartnerSettings(recipients=("one@secret.example",)))
    now = replace(current, settings=PartnerSettings(recipients=("two@secret.example",), link_days=3))
    assert differences(current, now) == (
        FieldChange("settings.recipients", None, None),
        FieldChange("settings.link_days", "7", "3"),
    )
    assert "secret.example" not in repr(differences(None, current))


def test_terms_are_told_with_their_values() -> None:
    current = a_partner()
    now = replace(current, terms=Terms(trial_days=30, bonus=Money(5_000, "USD")))
    assert differences(current, now) == (
        FieldChange("terms.trial_days", "60", "30"),
        FieldChange("terms.bonus.amount", "10000", "5000"),
    )


def test_version_and_activity_are_no_audit_event() -> None:
    assert differences(WAS, replace(WAS, version=2, activity=Activity(list_size=9, as_of=NOON))) == ()


def test_the_time_of_a_change_is_no_audit_event() -> None:
    invite = Invite(partner_id="prt_acme", slug="acme")
    assert differences(invite, replace(invite, changed_at=NOON)) == ()
    reported = differences(invite, replace(invite, changed_at=NOON, slug="best"))
    assert [change.field for change in reported] == ["slug"]


def test_an_entry_says_who_for_whom_when_and_for_which_partner() -> None:
    actor = an_actor(Role.PLATFORM, acting_for="ada-bakes")
    made = entry(actor, NOON, "add_on.activated", before=WAS, after=WAS, account_id=WAS.account_id)
    assert (made.subject, made.role, made.acting_for) == ("subject-of-platform", "platform", "ada-bakes")
    assert (made.at, made.partner_id, made.account_id) == (NOON, actor.partner_id, WAS.account_id)
    assert made.changes == ()
    assert entry(actor, NOON, "account.moved_in", partner_id="prt_other").partner_id == "prt_other"
    assert entry(actor, NOON, "x").audit_id != entry(actor, NOON, "x").audit_id


def test_what_no_field_shows_can_be_told_besides() -> None:
    reported = (FieldChange("signed_in", None, "somebody"),)
    assert entry(an_actor(), NOON, "sign_in_link.used", extra_changes=reported).changes == reported

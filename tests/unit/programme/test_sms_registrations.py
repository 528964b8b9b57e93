"""SMS registration: `not_started → draft → submitted → in_review → approved | rejected`, its form, and its end."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.accounts.accounts import AccountType, BillingMode, Hold
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.kernel.errors import Conflict, Forbidden, Invalid, StaleVersion
from chalicelib.domain.sms.form import REQUIRED, BusinessType, RegistrationForm, require_complete, require_draft
from chalicelib.domain.sms.sms_registrations import Registration
from chalicelib.services.accounts import lifecycle, sms_registrations
from tests.factories import TODAY
from tests.scenario import ADMIN, FORM, OPERATOR, REASON, Programme, client_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.accounts.accounts import Account

NOT_STARTED, DRAFT, SUBMITTED = RegistrationStatus.NOT_STARTED, RegistrationStatus.DRAFT, RegistrationStatus.SUBMITTED
IN_REVIEW, APPROVED, REJECTED = RegistrationStatus.IN_REVIEW, RegistrationStatus.APPROVED, RegistrationStatus.REJECTED


def edit(programme: Programme, account: Account) -> None:
    version = sms_registrations.get(programme.ports, ADMIN, account.account_id).version
    programme.do(sms_registrations.edit, ADMIN, account.account_id, version, FORM)


def reviewing(verdict: RegistrationStatus) -> Callable[[Programme, Account], None]:
    def review(programme: Programme, account: Account) -> None:
        programme.do(sms_registrations.review, OPERATOR, account.account_id, verdict, "The terms are not there.")

    return review


ACTS: dict[str, Callable[[Programme, Account], Any]] = {
    "edit": edit,
    "submit": lambda p, a: p.do(sms_registrations.submit, ADMIN, a.account_id),
    "take up": reviewing(IN_REVIEW),
    "approve": reviewing(APPROVED),
    "reject": reviewing(REJECTED),
    "deactivate": lambda p, a: p.deactivate(a, AddOn.SMS, client_of(a)),
    "cancel": lambda p, a: p.cancel(a),
    "direct, suspend": lambda p, a: (
        p.do(lifecycle.change_billing, ADMIN, a.account_id, BillingMode.DIRECT),
        p.do(lifecycle.place_hold, OPERATOR, a.account_id, Hold.SUSPENDED),
    ),
    "move": lambda p, a: p.move(a),
    "single bill, move": lambda p, a: (
        p.change(a, billing_mode=BillingMode.SINGLE_BILL, client_add_ons=frozenset()),
        p.move(a),
    ),
}
NO, GONE = None, NOT_STARTED
TABLE: dict[RegistrationStatus, list[RegistrationStatus | None]] = {
    # from      edit  submit  take up  approve  reject  deactivate  cancel  suspend  move (client's SMS, partner's)
    NOT_STARTED: [DRAFT, NO, NO, NO, NO, GONE, GONE, GONE, NOT_STARTED, GONE],
    DRAFT: [DRAFT, SUBMITTED, NO, NO, NO, GONE, GONE, GONE, DRAFT, GONE],
    SUBMITTED: [NO, NO, IN_REVIEW, APPROVED, REJECTED, GONE, GONE, GONE, SUBMITTED, GONE],
    IN_REVIEW: [NO, NO, NO, APPROVED, REJECTED, GONE, GONE, GONE, IN_REVIEW, GONE],
    APPROVED: [NO, NO, NO, NO, NO, GONE, GONE, GONE, APPROVED, GONE],
    REJECTED: [REJECTED, SUBMITTED, NO, NO, NO, GONE, GONE, GONE, REJECTED, GONE],
}
"""An operator that answers at once has taken the registration up with it."""
CASES = [(start, act, end) for start, ends in TABLE.items() for act, end in zip(ACTS, ends, strict=True)]


def with_sms(programme: Programme, upto: RegistrationStatus = NOT_STARTED, **changed: Any) -> Account:
    account = programme.an_account(**changed)
    by_client = account.billing_mode is BillingMode.DIRECT
    programme.activate(account, AddOn.SMS, client_of(account) if by_client else ADMIN)
    if upto is not NOT_STARTED:
        programme.register(account, upto)
    return programme.stored(account)


def state(programme: Programme, account: Account) -> RegistrationStatus:
    """What the account says, which is what the registration says."""
    now = programme.stored(account)
    kept = programme.ports.sms_registrations.get(now.partner_id, now.account_id)
    assert now.sms_registration is (kept.status if kept else NOT_STARTED)
    return now.sms_registration


@pytest.mark.parametrize(("start", "act", "end"), CASES)
def test_each_act_in_each_state_does_what_the_table_says(
    programme: Programme, start: RegistrationStatus, act: str, end: RegistrationStatus | None
) -> None:
    account = with_sms(programme, start, billing_mode=BillingMode.DIRECT)
    if end is NO:
        with pytest.raises(Conflict):
            ACTS[act](programme, account)
        assert state(programme, account) is start
    else:
        ACTS[act](programme, account)
        assert state(programme, account) is end
    programme.ports.book.assert_counted()


@pytest.mark.parametrize("upto", [DRAFT, SUBMITTED, IN_REVIEW, APPROVED, REJECTED])
def test_off_and_on_again_starts_anew(programme: Programme, upto: RegistrationStatus) -> None:
    account = with_sms(programme, upto)
    programme.deactivate(account, AddOn.SMS)
    programme.activate(account, AddOn.SMS)
    assert state(programme, account) is NOT_STARTED
    assert not programme.stored(account).usable(AddOn.SMS)
    again = sms_registrations.get(programme.ports, ADMIN, account.account_id)
    assert (again.form, again.version) == (RegistrationForm(), 0)


def test_what_the_calendar_has_discarded_is_not_shown_and_not_approved_even_before_it_is_settled(
    programme: Programme,
) -> None:
    account = with_sms(programme, SUBMITTED)
    programme.do(lifecycle.cancel, ADMIN, account.account_id, REASON, TODAY.replace(day=6))
    programme.ports.later(days=1)
    assert sms_registrations.get(programme.ports, ADMIN, account.account_id).status is NOT_STARTED
    with pytest.raises(Conflict):
        reviewing(APPROVED)(programme, account)


@pytest.mark.parametrize("upto", TABLE)
@pytest.mark.parametrize("hold", [None, Hold.BALANCE_DUE, Hold.COMPLIANCE])
def test_usable_is_active_and_approved_and_open_and_without_a_hold(
    programme: Programme, upto: RegistrationStatus, hold: Hold | None
) -> None:
    account = with_sms(programme, upto)
    if hold:
        programme.do(lifecycle.place_hold, OPERATOR, account.account_id, hold)
    assert programme.stored(account).usable(AddOn.SMS) is (upto is APPROVED and hold is None)


def test_registering_needs_sms(programme: Programme) -> None:
    account = programme.an_account()
    for act in (edit, ACTS["submit"]):
        with pytest.raises(Conflict, match="SMS is not active"):
            act(programme, account)


def test_on_a_referred_account_its_client_registers(programme: Programme) -> None:
    account = programme.an_account(
        account_type=AccountType.REFERRED, billing_mode=BillingMode.DIRECT, add_ons=frozenset({AddOn.SMS})
    )
    with pytest.raises(Forbidden):
        edit(programme, account)
    programme.do(sms_registrations.edit, client_of(account), account.account_id, 0, FORM)
    programme.do(sms_registrations.submit, client_of(account), account.account_id)
    assert state(programme, account) is SUBMITTED


def test_a_form_that_has_changed_meanwhile_is_not_written_over(programme: Programme) -> None:
    account = with_sms(programme, DRAFT)
    edit(programme, account)
    with pytest.raises(StaleVersion):
        programme.do(sms_registrations.edit, ADMIN, account.account_id, 1, FORM)


def test_of_two_first_drafts_at_once_the_second_is_told(programme: Programme) -> None:
    account = with_sms(programme)
    programme.ports.transaction_writer.meanwhile.append(lambda: edit(programme, account))
    with pytest.raises(StaleVersion):
        programme.do(sms_registrations.edit, ADMIN, account.account_id, 0, replace(FORM, sender_name="Other"))
    assert sms_registrations.get(programme.ports, ADMIN, account.account_id).form == FORM


def test_approving_while_sms_is_deactivated_approves_nothing(programme: Programme) -> None:
    account = with_sms(programme, SUBMITTED)
    programme.ports.transaction_writer.meanwhile.append(lambda: programme.deactivate(account, AddOn.SMS) and None)
    with pytest.raises(Conflict):
        reviewing(APPROVED)(programme, account)
    assert state(programme, account) is NOT_STARTED


def test_a_rejection_says_what_is_to_be_changed_and_a_new_hand_in_forgets_it(programme: Programme) -> None:
    account = with_sms(programme, SUBMITTED)
    with pytest.raises(Invalid):
        programme.do(sms_registrations.review, OPERATOR, account.account_id, REJECTED, " ")
    reviewing(REJECTED)(programme, account)
    assert sms_registrations.get(programme.ports, ADMIN, account.account_id).rejection == "The terms are not there."
    ACTS["submit"](programme, account)
    assert sms_registrations.get(programme.ports, ADMIN, account.account_id).rejection is None


def test_the_trail_says_which_answers_changed_and_of_whom_no_more_than_that(programme: Programme) -> None:
    account = with_sms(programme, DRAFT)
    other = replace(FORM, sender_name="Bakery", contact_email="b@bakery.example")
    programme.do(sms_registrations.edit, ADMIN, account.account_id, 1, other)
    reported = {change.field: (change.old, change.new) for change in programme.trail()[-1].changes}
    assert reported["sender_name"] == (None, None)
    assert reported["contact_email"] == (None, None)
    assert "ada@bakery.example" not in str(programme.trail())


@pytest.mark.parametrize("name", REQUIRED)
def test_each_of_these_is_needed_to_hand_it_in_but_not_for_a_draft(name: str) -> None:
    gap = replace(FORM, **{name: None if name in ("business_type", "opt_in_type", "use_case") else ""})
    require_draft(gap)
    with pytest.raises(Invalid) as refused:
        require_complete(gap)
    assert f"/{name}" in [error.pointer for error in refused.value.errors]


@pytest.mark.parametrize("kind", BusinessType)
def test_the_ein_is_needed_for_all_but_a_sole_proprietor_who_is_then_limited(kind: BusinessType) -> None:
    form = replace(FORM, business_type=kind, ein="")
    registration = Registration(
        partner_id="p", account_id="a", status=DRAFT, form=form, started_at=Programme().ports.now
    )
    if kind is BusinessType.SOLE_PROPRIETOR:
        require_complete(form)
        assert registration.monthly_limit == 500
    else:
        with pytest.raises(Invalid):
            require_complete(form)
        assert registration.monthly_limit is None
    assert replace(registration, form=replace(form, ein="123456789")).monthly_limit is None


def test_a_website_or_a_facebook_page_is_needed() -> None:
    page = "https://www.facebook.com/adasbakery"
    require_complete(replace(FORM, website="", facebook_page=page))
    with pytest.raises(Invalid, match="A website or a Facebook page"):
        require_complete(replace(FORM, website=""))


WRONG = [
    ("ein", "12345678"),
    ("ein", "1234567890"),
    ("ein", "12-345678"),
    ("ein", "12345678x"),
    ("state", "PR"),
    ("state", "VI"),
    ("state", "ZZ"),
    ("state", "ma"),
    ("zip_code", "1234"),
    ("zip_code", "00901"),
    ("zip_code", "00802-1234"),
    ("website", "bakery.example"),
    ("facebook_page", "https://bakery.example/facebook.com"),
    ("privacy_policy_url", "javascript:alert(1)"),
    ("terms_url", "ftp://bakery.example"),
    ("contact_phone", "call me"),
    ("contact_email", "ada"),
    ("contact_email", "ada@gmail.com"),
    ("contact_email", "ada@GMAIL.com"),
    ("contact_email", "ada@yahoo.co.uk"),
    ("contact_email", "ada@hotmail.fr"),
    ("contact_email", "ada@outlook.com"),
    ("sender_name", "A"),
    ("sender_name", "A" * 31),
    ("legal_business_name", "A\nB"),
    ("sample_message", "x" * 1001),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_named_in_a_draft_too(name: str, value: str) -> None:
    for check in (require_draft, require_complete):
        with pytest.raises(Invalid) as refused:
            check(replace(FORM, **{name: value}))
        assert f"/{name}" in [error.pointer for error in refused.value.errors]


@pytest.mark.parametrize("address", ["ada@live.bakery.example", "ada@mygmail.com", "ada@yahoo-baking.com"])
def test_an_address_at_ones_own_domain_is_taken(address: str) -> None:
    require_complete(replace(FORM, contact_email=address))


def test_every_field_of_the_form_is_judged() -> None:
    judged = {*REQUIRED, "ein", "website", "facebook_page"}
    assert {field.name for field in fields(RegistrationForm)} == judged


def test_the_longest_waiting_is_reviewed_first(programme: Programme) -> None:
    first = with_sms(programme, SUBMITTED)
    programme.ports.later(seconds=1)
    second = with_sms(programme, SUBMITTED)
    with_sms(programme, DRAFT)
    waiting = programme.ports.sms_registrations.waiting(None, 10).items
    assert [item.account_id for item in waiting] == [first.account_id, second.account_id]

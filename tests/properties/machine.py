"""Everything that can happen to the accounts of two partners, in any order, with time, retries, races and lag."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib import bootstrap
from chalicelib.api.http import throttle
from chalicelib.domain.access import PARTNER_ROLES, Actor, Role
from chalicelib.domain.accounts.accounts import Account, BillingMode, Hold, Owner
from chalicelib.domain.accounts.add_ons import AddOn
from chalicelib.domain.accounts.codes import RegistrationStatus
from chalicelib.domain.accounts.plans import PAID_PLANS, Plan
from chalicelib.domain.accounts.profiles import Profile
from chalicelib.domain.kernel.errors import Invalid, PartnerbookError, Unavailable
from chalicelib.domain.partners.invitations import issue
from chalicelib.services import bonuses, invites
from chalicelib.services.accounts import (
    accounts,
    add_ons,
    due_changes,
    erasures,
    lifecycle,
    management_requests,
    sign_in_links,
    sms_registrations,
    transfers,
)
from chalicelib.services.accounts.accounts import NewAccount
from chalicelib.services.accounts.lifecycle import PlanChange
from chalicelib.services.mail import recipient_confirmations
from chalicelib.services.partners import invitations, partners, team
from chalicelib.services.transactions import retry_on_conflict
from tests.api_client import ApiClient
from tests.properties.checks import History
from tests.scenario import ADMIN, FORM, ONE, OPERATOR, REASON, TWO, Programme, a_move, client_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalice.app import Chalice

NAMES = st.sampled_from(["ada_one", "Ada_One", "bakery.2", "c+d@e-3", "four_4"])
"""Few, so that they meet."""
WHICH = st.integers(0, 9)
ADD_ON = st.sampled_from(AddOn)
WHO = st.sampled_from(["partner", "partner", "client", "operator", "stranger"])
VERDICTS = (RegistrationStatus.IN_REVIEW, RegistrationStatus.APPROVED, RegistrationStatus.REJECTED)
ACTS = ("activate", "deactivate", "upgrade", "cancel", "hold", "refer", "settle", "move")


@lru_cache(maxsize=1)
def the_app() -> Chalice:
    from app import app

    return app


class ProgrammeMachine(RuleBasedStateMachine):
    """Each rule is one request or one event; whatever it is answered, the invariants hold after it."""

    @initialize()
    def begin(self) -> None:
        self.programme = Programme()
        self.ports = self.programme.ports
        self.history = History(self.ports)
        self.keys = count()
        self.patched = pytest.MonkeyPatch()
        self.patched.setattr(bootstrap, "container", lambda: self.ports)
        shares = throttle.RateLimiters(throttle.Buckets(1e6, 10**6), throttle.Buckets(1e6, 10**6))
        self.patched.setattr(throttle, "rate_limiters", lambda: shares)
        self.programme.do(invites.set_up, ADMIN, 0, invites.InviteForm(slug="agency"))

    def teardown(self) -> None:
        if hasattr(self, "patched"):
            self.patched.undo()

    @invariant()
    def all_hold(self) -> None:
        if hasattr(self, "history"):
            self.history.check()

    # What there is to act on, and who acts.

    def one(self, which: int) -> Account | None:
        existing = sorted(self.ports.book.all(Account), key=lambda item: item.username)
        return existing[which % len(existing)] if existing else None

    def actor(self, who: str, account: Account) -> Actor:
        if who == "client":
            return client_of(account)
        if who == "operator":
            return replace(OPERATOR, partner_id=account.partner_id)
        other = TWO if account.partner_id == ONE else ONE
        return replace(ADMIN, partner_id=other if who == "stranger" else account.partner_id)

    def tried(self, use_case: Callable[..., Any], actor: Actor, *args: Any, **named: Any) -> Any:
        """The result, or None where it was refused; after `Unavailable` it is sent again, as people do."""
        for _ in range(2):
            try:
                return self.programme.do(use_case, actor, *args, **named)
            except Unavailable:
                continue
            except PartnerbookError:
                return None
        return None

    def on(self, which: int, who: str, use_case: Callable[..., Any], *args: Any, **named: Any) -> Any:
        account = self.one(which)
        return account and self.tried(use_case, self.actor(who, account), account.account_id, *args, **named)

    # Accounts come.

    @rule(name=NAMES, plan=st.sampled_from(Plan), partner_id=st.sampled_from([ONE, TWO]))
    def create(self, name: str, plan: Plan, partner_id: str) -> None:
        profile = Profile(organization="Bakery", owner=Owner(email="a@bakery.example"))
        new = NewAccount(username=name, profile=profile, plan=plan)
        with suppress(PartnerbookError):
            self.programme.do(accounts.create, replace(ADMIN, partner_id=partner_id), new)
            self.history.created[name.casefold()] += 1

    @rule(name=NAMES)
    def sign_up(self, name: str) -> None:
        profile = Profile(organization="Referred & Co", owner=Owner(email="b@client.example"))
        with suppress(PartnerbookError):
            self.programme.do(invites.sign_up, Actor("platform", Role.PLATFORM, ""), "agency", name, profile)
            self.history.created[name.casefold()] += 1

    @rule(name=NAMES, plan=st.sampled_from(Plan), lost=st.booleans())
    def create_by_the_same_request_twice(self, name: str, plan: Plan, lost: bool) -> None:
        """The first answer may be lost on its way."""
        body = {"username": name, "organization": "Twice Ltd", "owner": {"email": "t@x.example"}, "plan": plan.value}
        admin, key = ApiClient(the_app(), ADMIN.subject), f"key-{next(self.keys)}"
        self.ports.transaction_writer.lost_answers = int(lost)
        first, second = admin.post("/accounts", body, key), admin.post("/accounts", body, key)
        self.ports.transaction_writer.lost_answers = 0
        if first.status < 500:
            self.history.one_effect.append((first.text, second.text))
        if second.status == 201:
            self.history.created[name.casefold()] += 1
            assert admin.post("/accounts", {**body, "organization": "Other"}, key).status == 422

    # They live.

    @rule(which=WHICH, who=WHO, plan=st.sampled_from(Plan), keep=st.booleans())
    def change_plan(self, which: int, who: str, plan: Plan, keep: bool) -> None:
        kept = frozenset({AddOn.NEWSLETTER_ARCHIVE}) if keep else frozenset[AddOn]()
        before = self.one(which)
        changed = self.on(which, who, lifecycle.change_plan, PlanChange(plan=plan, keep_add_ons=kept))
        if changed and before and keep:
            self.history.kept.add(before.account_id)

    @rule(which=WHICH, who=WHO, add_on=ADD_ON)
    def activate(self, which: int, who: str, add_on: AddOn) -> None:
        self.on(which, who, add_ons.activate, add_on)

    @rule(which=WHICH, who=WHO, add_on=ADD_ON)
    def deactivate(self, which: int, who: str, add_on: AddOn) -> None:
        self.on(which, who, add_ons.deactivate, add_on)

    @rule(which=WHICH, who=WHO, days=st.sampled_from([0, 0, 1, 30, 94, 95]))
    def cancel(self, which: int, who: str, days: int) -> None:
        with suppress(Invalid):
            self.on(
                which, who, lifecycle.cancel, REASON, self.ports.today.fromordinal(self.ports.today.toordinal() + days)
            )

    @rule(which=WHICH, who=WHO)
    def withdraw_cancellation(self, which: int, who: str) -> None:
        self.on(which, who, lifecycle.withdraw_cancellation)

    @rule(which=WHICH, mode=st.sampled_from(BillingMode))
    def bill(self, which: int, mode: BillingMode) -> None:
        self.on(which, "partner", lifecycle.change_billing, mode)

    @rule(which=WHICH, hold=st.sampled_from(Hold), lift=st.booleans())
    def hold(self, which: int, hold: Hold, lift: bool) -> None:
        self.on(which, "operator", lifecycle.lift_hold if lift else lifecycle.place_hold, hold)

    @rule(which=WHICH, who=WHO, field=st.sampled_from(["organization", "website", "partner_account_id"]))
    def change_profile(self, which: int, who: str, field: str) -> None:
        account = self.one(which)
        if account and who != "client":
            value = f"https://{next(self.keys)}.example"
            changed = lambda profile: replace(profile, **{field: value})  # noqa: E731
            self.on(which, who, accounts.change_profile, account.version, changed)

    @rule(which=WHICH)
    def make_referred(self, which: int) -> None:
        self.on(which, "partner", lifecycle.make_referred)

    @rule(which=WHICH, answer=st.sampled_from(["ask", "approve", "decline", "withdraw"]))
    def permission(self, which: int, answer: str) -> None:
        if answer in ("ask", "withdraw"):
            self.on(which, "partner", management_requests.request if answer == "ask" else management_requests.withdraw)
        else:
            self.on(which, "client", management_requests.answer, approved=answer == "approve")

    @rule(which=WHICH, days=st.sampled_from([0, 1, 6, 7]))
    def ask_again_after_a_refusal(self, which: int, days: int) -> None:
        self.on(which, "partner", management_requests.request)
        self.on(which, "client", management_requests.answer, approved=False)
        self.ports.later(days=days, seconds=1)
        self.on(which, "partner", management_requests.request)

    @rule(which=WHICH)
    def edit_registration(self, which: int) -> None:
        account = self.one(which)
        registration = account and self.ports.sms_registrations.get(account.partner_id, account.account_id)
        self.on(which, "partner", sms_registrations.edit, registration.version if registration else 0, FORM)

    @rule(which=WHICH, verdict=st.sampled_from(VERDICTS))
    def submit_or_review(self, which: int, verdict: RegistrationStatus) -> None:
        if self.on(which, "partner", sms_registrations.submit) is None:
            self.on(which, "operator", sms_registrations.review, verdict, "Mend it.")

    @rule(which=WHICH, qualifies=st.booleans())
    def move(self, which: int, qualifies: bool) -> None:
        account = self.one(which)
        if account:
            to = TWO if account.partner_id == ONE else ONE
            self.on(which, "operator", transfers.move, a_move(self.ports, to, qualifies=qualifies))

    @rule(which=WHICH)
    def log_in(self, which: int) -> None:
        issued = self.on(which, "partner", sign_in_links.issue)
        if issued:
            self.tried(sign_in_links.redeem, Actor("platform", Role.PLATFORM, ""), issued.token)
            assert self.tried(sign_in_links.redeem, Actor("platform", Role.PLATFORM, ""), issued.token) is None

    @rule(which=WHICH)
    def erase(self, which: int) -> None:
        self.on(which, "operator", erasures.erase)

    @rule(which=WHICH)
    def pay(self, which: int) -> None:
        account = self.one(which)
        bonus = account and self.ports.bonuses.get(account.account_id)
        if bonus:
            self.tried(bonuses.pay, replace(OPERATOR, partner_id=bonus.partner_id), bonus.account_id, "run 1")

    @rule(which=WHICH, reference=st.sampled_from(["run 1", "run 2"]))
    def void_payment(self, which: int, reference: str) -> None:
        account = self.one(which)
        bonus = account and self.ports.bonuses.get(account.account_id)
        if bonus:
            operator = replace(OPERATOR, partner_id=bonus.partner_id)
            self.tried(bonuses.void_payment, operator, bonus.account_id, reference)

    # People and recipients come and go.

    @rule(which=WHICH, partner_id=st.sampled_from([ONE, TWO]), role=st.sampled_from(sorted(PARTNER_ROLES)))
    def invite(self, which: int, partner_id: str, role: Role) -> None:
        admin = replace(ADMIN, partner_id=partner_id)
        new = invitations.NewInvitation(email=f"person-{which % 3}@x.example", name="Somebody", role=role)
        self.tried(invitations.invite, admin, new)
        for pending in [*self.ports.invitations.of_partner(partner_id)] * (1 + which % 4):
            self.ports.later(seconds=1)
            self.tried(invitations.resend, admin, pending.invitation_id)

    @rule(which=WHICH, partner_id=st.sampled_from([ONE, TWO]), stranger=st.booleans())
    def accept(self, which: int, partner_id: str, stranger: bool) -> None:
        email = f"person-{which % 3}@x.example"
        self.ports.sign_ins.create(email, "Somebody", "")
        for pending in self.ports.invitations.of_partner(partner_id):
            issued = issue(pending)
            self.ports.book.put(issued.invitation)
            subject = "subject-of-stranger" if stranger else f"subject-of-{email}"
            with suppress(PartnerbookError):
                retry_on_conflict(
                    self.ports.transaction_writer,
                    lambda own=issued, who=subject: invitations.accept(self.ports, who, own.token),
                )

    @rule(which=WHICH, partner_id=st.sampled_from([ONE, TWO]))
    def remove_member(self, which: int, partner_id: str) -> None:
        self.tried(team.remove, replace(ADMIN, partner_id=partner_id), f"subject-of-person-{which % 3}@x.example")

    @rule(partner_id=st.sampled_from([ONE, TWO]), listed=st.booleans())
    def set_recipients(self, partner_id: str, listed: bool) -> None:
        admin = replace(ADMIN, partner_id=partner_id)
        output = {"recipients": ("boss@client.example",) if listed else ()}
        self.tried(partners.change_settings, admin, self.ports.partners.get(partner_id).version, output)
        self.tried(recipient_confirmations.request_again, admin, "boss@client.example")

    # Time passes, and things go wrong.

    @rule(days=st.sampled_from([1, 29, 30, 60, 94, 95]))
    def days_pass(self, days: int) -> None:
        self.ports.later(days=days)

    @rule(twice=st.booleans())
    def settle(self, twice: bool) -> None:
        for _ in range(1 + twice):
            for partner_id in (ONE, TWO):
                list(due_changes.settle_all(self.ports, partner_id))

    @rule()
    def indexes_lag(self) -> None:
        self.ports.book.lag()

    @rule()
    def indexes_catch_up(self) -> None:
        self.ports.book.catch_up()

    @rule()
    def the_next_write_meets_others(self) -> None:
        self.ports.transaction_writer.conflict()

    @rule(which=WHICH, act=st.sampled_from(ACTS))
    def meanwhile(self, which: int, act: str) -> None:
        """Somebody else does this to the same account just before the next write."""
        others: dict[str, Callable[[], Any]] = {
            "activate": lambda: self.on(which, "partner", add_ons.activate, AddOn.SMS),
            "deactivate": lambda: self.on(which, "partner", add_ons.deactivate, AddOn.SMS),
            "upgrade": lambda: self.on(which, "partner", lifecycle.change_plan, PlanChange(plan=PAID_PLANS[which % 3])),
            "cancel": lambda: self.on(which, "partner", lifecycle.cancel, REASON, self.ports.today),
            "hold": lambda: self.on(which, "operator", lifecycle.place_hold, Hold.SUSPENDED),
            "refer": lambda: self.on(which, "partner", lifecycle.make_referred),
            "settle": lambda: self.settle(twice=False),
            "move": lambda: self.move(which, qualifies=True),
        }
        if len(self.ports.transaction_writer.meanwhile) < 2:
            self.ports.transaction_writer.meanwhile.append(others[act])

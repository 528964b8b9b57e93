"""The programme in memory: two partners, their people and a book, acted on by the services' own use cases."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import Account
from chalicelib.domain.accounts.codes import CancelReason, RegistrationStatus
from chalicelib.domain.accounts.departures import Consent, Departure
from chalicelib.domain.accounts.plans import Plan
from chalicelib.domain.accounts.transfers import Move
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.kernel.usernames import claim
from chalicelib.domain.sms.form import BusinessType, OptInType, RegistrationForm, UseCase
from chalicelib.services.accounts import add_ons, lifecycle, sms_registrations, transfers
from chalicelib.services.transactions import retry_on_conflict
from tests.factories import PARTNER, a_member, a_partner, an_account, an_actor, an_operator
from tests.fakes import FakePorts

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.domain.accounts.add_ons import AddOn
    from chalicelib.domain.changes import Change

T = TypeVar("T")
ONE, TWO = PARTNER, "prt_00000000000000000000000002"
ADMIN, OTHER_ADMIN = an_actor(), Actor("subject-of-other-admin", Role.PARTNER_ADMIN, TWO)
OPERATOR, OTHER_OPERATOR = an_actor(Role.OPERATOR), an_actor(Role.OPERATOR, TWO)
REASON = CancelReason.POOR_RESULTS
FORM = RegistrationForm(
    legal_business_name="Ada's Bakery LLC",
    business_type=BusinessType.PRIVATE_PROFIT,
    ein="123456789",
    street="1 Main Street",
    city="Springfield",
    state="MA",
    zip_code="01101",
    website="https://bakery.example",
    privacy_policy_url="https://bakery.example/privacy",
    terms_url="https://bakery.example/terms",
    contact_name="Ada Byron",
    contact_phone="+1 555 0100",
    contact_email="ada@bakery.example",
    opt_in_type=OptInType.WEB_FORM,
    use_case=UseCase.MARKETING,
    sample_message="Fresh bread at 8.",
    sender_name="Ada's Bakery",
)


@dataclass
class Programme:
    """Everything there is; `do` commits one use case as one transaction."""

    ports: FakePorts = field(default_factory=FakePorts)

    def __post_init__(self) -> None:
        self.ports.book.put(
            a_partner(partner_id=ONE, admin_count=1),
            a_partner(partner_id=TWO, name="Agency Two", admin_count=1),
            a_member(subject=ADMIN.subject),
            a_member(subject=OTHER_ADMIN.subject, partner_id=TWO, email="other@agency.example"),
            an_operator(subject=OPERATOR.subject),
        )

    def do(self, use_case: Callable[..., Change[T]], actor: Actor, *args: Any, **named: Any) -> T:
        """Carry a use case out, prepared again where somebody else was quicker."""
        return retry_on_conflict(self.ports.transaction_writer, lambda: use_case(self.ports, actor, *args, **named))

    def has(self, account: Account) -> Account:
        """Have this account there, its username claimed."""
        self.ports.book.put(account, claim(account.username, account.partner_id, account.account_id))
        return account

    def an_account(self, **changed: Any) -> Account:
        """Have an open, managed account on single bill there, unless changed."""
        return self.has(an_account(**changed))

    def stored(self, account: Account) -> Account:
        """The account as it is now, with whichever partner."""
        claimed = self.ports.usernames.find(account.username)
        assert claimed is not None
        return self.ports.accounts.get(claimed.partner_id, claimed.account_id)

    def change(self, account: Account, **changed: Any) -> Account:
        """Have it otherwise, as somebody else has changed it."""
        current = self.stored(account)
        now = replace(current, **changed, version=current.version + 1)
        del self.ports.book.things[Account, current.partner_id, current.account_id]
        self.ports.book.counts[current.partner_id, (current.status, current.account_type)] -= 1
        self.ports.book.put(now)
        return now

    def departures(self, partner_id: str = ONE) -> list[Departure]:
        """The partner's departures."""
        return [item for item in self.ports.book.all(Departure) if item.partner_id == partner_id]

    def trail(self, partner_id: str = ONE) -> list[AuditEntry]:
        """The partner's audit trail, the oldest first, in the order in which it is shown."""
        entries = [item for item in self.ports.book.all(AuditEntry) if item.partner_id == partner_id]
        return sorted(entries, key=lambda item: item.audit_id)

    def kinds(self, partner_id: str = ONE) -> list[str]:
        """What was done for the partner."""
        return [item.kind for item in self.trail(partner_id)]

    def cancel(self, account: Account, in_days: int = 0, actor: Actor = ADMIN) -> Account:
        """Cancel it, today or on a day to come."""
        on = self.ports.today + timedelta(days=in_days)
        return self.do(lifecycle.cancel, actor, account.account_id, REASON, on)

    def upgrade(self, account: Account, plan: Plan = Plan.STANDARD, actor: Actor = ADMIN, **output: Any) -> Account:
        """Give it a paid plan."""
        return self.do(lifecycle.change_plan, actor, account.account_id, lifecycle.PlanChange(plan=plan, **output))

    def activate(self, account: Account, add_on: AddOn, actor: Actor = ADMIN) -> Account:
        """Activate an add-on."""
        return self.do(add_ons.activate, actor, account.account_id, add_on)

    def deactivate(self, account: Account, add_on: AddOn, actor: Actor = ADMIN) -> Account:
        """Deactivate an add-on."""
        return self.do(add_ons.deactivate, actor, account.account_id, add_on)

    def register(self, account: Account, upto: RegistrationStatus = RegistrationStatus.APPROVED) -> None:
        """Take the SMS registration of an account with SMS as far as this state."""
        own = account.account_id
        version = sms_registrations.get(self.ports, ADMIN, own).version
        self.do(sms_registrations.edit, ADMIN, own, version, FORM)
        if upto is RegistrationStatus.DRAFT:
            return
        self.do(sms_registrations.submit, ADMIN, own)
        if upto is not RegistrationStatus.SUBMITTED:
            self.do(
                sms_registrations.review, OPERATOR, own, upto, "The terms are not there." if upto == "rejected" else ""
            )

    def move(self, account: Account, to: str = TWO, *, qualifies: bool = True) -> Account:
        """Move it, with the client's consent."""
        operator = OPERATOR if self.stored(account).partner_id == ONE else OTHER_OPERATOR
        return self.do(transfers.move, operator, account.account_id, a_move(self.ports, to, qualifies=qualifies))


def a_move(ports: FakePorts, to: str = TWO, *, qualifies: bool = True) -> Move:
    """A move by the client's leave."""
    consent = Consent(given_by="Ada Byron", given_at=ports.now, evidence="Ticket 17")
    return Move(to_partner_id=to, qualifies=qualifies, consent=consent)


def client_of(account: Account, partner_id: str | None = None) -> Actor:
    """The platform acting for the account's client."""
    return Actor("the-platform", Role.PLATFORM, partner_id or account.partner_id, account.username)

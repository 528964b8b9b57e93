"""What people outside hold, used in any order with all else: links in mails, sign-in links, and kept answers."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import rule

from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.accounts import Account, AccountType
from chalicelib.domain.kernel.errors import Gone, PartnerbookError
from chalicelib.domain.kernel.ids import new_token
from chalicelib.domain.mail import recipient_confirmations as confirmation_links
from chalicelib.domain.mail.suppressions import Unsubscribing, hashed, suppression_key
from chalicelib.domain.partners.members import Member
from chalicelib.domain.report_runs import downloads as download_links
from chalicelib.domain.report_runs.downloads import Recipient
from chalicelib.reports.request_validation import ReportInput
from chalicelib.services.accounts import erasures, lifecycle, sign_in_links, transfers
from chalicelib.services.mail import recipient_confirmations, unsubscribes
from chalicelib.services.partners import team
from chalicelib.services.report_runs import downloads, report_runs
from chalicelib.services.report_runs.worker import make
from chalicelib.services.transactions import retry_on_conflict
from tests.api_client import ApiClient
from tests.factories import a_member
from tests.properties.checks import OUTSIDE
from tests.properties.machine import WHICH, ProgrammeMachine, the_app
from tests.scenario import ADMIN, ONE, OTHER_ADMIN, REASON, TWO, a_move

PARTNER_ID = st.sampled_from([ONE, TWO])
PLATFORM = Actor("platform", Role.PLATFORM, "")
LEAVER = "subject-of-leaver"


class ArtefactMachine(ProgrammeMachine):
    """The machine of all that can happen, and the use of what was handed out before it happened."""

    def undisturbed(self) -> None:
        """Have nobody else write in between, so that one moment's rights are what the use is judged by."""
        self.ports.transaction_writer.meanwhile.clear()
        self.ports.transaction_writer.failures.clear()

    @rule(partner_id=PARTNER_ID, leave=st.booleans(), days=st.sampled_from([0, 6, 7]))
    def recipient_confirms(self, partner_id: str, leave: bool, days: int) -> None:
        """A link in a mail is followed after its days, perhaps after the partner took the recipient off its list."""
        self.undisturbed()
        self.set_recipients(partner_id, listed=True)
        issued = confirmation_links.issue(partner_id, OUTSIDE, self.ports.now)
        self.ports.book.put(issued.link)
        if leave:
            self.set_recipients(partner_id, listed=False)
        self.ports.later(days=days)
        listed = OUTSIDE in self.ports.partners.get(partner_id).settings.recipients
        done = False
        with suppress(PartnerbookError):
            retry_on_conflict(
                self.ports.transaction_writer, lambda: recipient_confirmations.confirm(self.ports, issued.token)
            )
            done = True
        self.history.used.append(("confirmation link", done, listed and days < 7))
        if done:
            self.history.confirmed.add(partner_id)
            self.history.unsubscribed.discard(partner_id)

    @rule(partner_id=PARTNER_ID)
    def recipient_unsubscribes(self, partner_id: str) -> None:
        """The way out of a mail works for ever, whatever has become of the recipient."""
        self.undisturbed()
        token, address = new_token(), suppression_key(OUTSIDE, partner_id)
        self.ports.book.put(
            Unsubscribing(
                token_hash=hashed(token),
                partner_id=partner_id,
                address=address,
                delivery_id="dlv_1",
                issued_at=self.ports.now,
            )
        )
        retry_on_conflict(self.ports.transaction_writer, lambda: unsubscribes.unsubscribe(self.ports, token))
        self.history.unsubscribed.add(partner_id)

    def leaver(self, partner_id: str) -> Actor:
        """Have a manager on the team who may be taken off it."""
        if self.ports.members.get(LEAVER, partner_id) is None:
            role, email = Role.PARTNER_MANAGER, "leaver@agency.example"
            self.ports.book.put(a_member(subject=LEAVER, partner_id=partner_id, role=role, email=email))
        return Actor(LEAVER, Role.PARTNER_MANAGER, partner_id)

    def on_the_team(self, partner_id: str) -> bool:
        return any((item.subject, item.partner_id) == (LEAVER, partner_id) for item in self.ports.book.all(Member))

    @rule(which=WHICH, then=st.sampled_from(["nothing", "remove", "move", "refer"]))
    def sign_in_after(self, which: int, then: str) -> None:
        """A sign-in link is redeemed after its asker or its account left."""
        self.undisturbed()
        account = self.one(which)
        issued = account and self.tried(sign_in_links.issue, self.leaver(account.partner_id), account.account_id)
        if not account or not issued:
            return
        if then == "remove":
            self.tried(team.remove, self.actor("partner", account), LEAVER)
        elif then == "move":
            self.move(which, qualifies=True)
        elif then == "refer":
            self.on(which, "partner", lifecycle.make_referred)
        now = self.now_of(account)
        managed = now.account_type is AccountType.MANAGED and not now.cancelled
        may = managed and now.partner_id == account.partner_id and self.on_the_team(account.partner_id)
        redeemed = self.tried(sign_in_links.redeem, PLATFORM, issued.token)
        self.history.used.append(("sign-in link", redeemed is not None, may))

    @rule(partner_id=PARTNER_ID, outside=st.booleans(), leave=st.booleans())
    def report_link_after(self, partner_id: str, outside: bool, leave: bool) -> None:
        """A report's link is followed after whom it was mailed to has left the team or the recipients."""
        self.undisturbed()
        admin = replace(ADMIN if partner_id == ONE else OTHER_ADMIN, partner_id=partner_id)
        who = Recipient(OUTSIDE) if outside else Recipient("leaver@agency.example", self.leaver(partner_id).subject)
        run = self.tried(report_runs.request, admin, ReportInput(report="all-accounts-summary", formats=["csv"]))
        made = run and make(self.ports, partner_id, run.report_run_id)
        if not made:
            return
        issued = download_links.issue(made, made.files[0], who, self.ports.now, 7)
        self.ports.book.put(issued.download)
        if leave and outside:
            self.set_recipients(partner_id, listed=False)
            self.history.confirmed.discard(partner_id)
        elif leave:
            self.tried(team.remove, admin, LEAVER)
        may = partner_id in self.history.confirmed if outside else self.on_the_team(partner_id)
        opened = False
        with suppress(Gone):
            opened = bool(downloads.follow(self.ports, issued.token))
        self.history.used.append(("report link", opened, may))

    @rule(which=WHICH, then=st.sampled_from(["nothing", "move", "move back", "erase", "erase and move"]))
    def same_request_after(self, which: int, then: str) -> None:
        """A request is sent again after its account was moved or its person erased."""
        self.undisturbed()
        account = self.one(which)
        if not account:
            return
        subject = ADMIN.subject if account.partner_id == ONE else OTHER_ADMIN.subject
        client = ApiClient(the_app(), subject).using(Idempotency_Key=f"key-{next(self.keys)}")
        path = f"/accounts/{account.account_id}/plan"
        asked = self.ports.now
        first = client.put(path, {"plan": "lite"})
        if first.status == 200:
            self._becomes(account, then)
            now, second = self.now_of(account), client.put(path, {"plan": "lite"})
            kept = (200, first.text)
            expected = (
                404 if now.partner_id != account.partner_id else 410 if now.erased_at and now.erased_at > asked else 200
            )
            same = (second.status, second.text) == kept if expected == 200 else second.status == expected
            assert same, (then, expected, second)
            self.history.used.append(("kept answer", second.status == 200, expected == 200))

    def now_of(self, account: Account) -> Account:
        """Return the account as it is now, whatever its username has become."""
        return next(item for item in self.ports.book.all(Account) if item.account_id == account.account_id)

    def _becomes(self, account: Account, then: str) -> None:
        self.ports.later(seconds=1)
        account_id = account.account_id
        if then.startswith("erase"):
            self.tried(lifecycle.cancel, self.actor("partner", account), account_id, REASON, self.ports.today)
            self.tried(erasures.erase, self.actor("operator", account), account_id)
        for _ in range({"move": 1, "erase and move": 1, "move back": 2}.get(then, 0)):
            now = self.now_of(account)
            to = TWO if now.partner_id == ONE else ONE
            self.tried(transfers.move, self.actor("operator", now), account_id, a_move(self.ports, to, qualifies=True))

"""One seed: some months of the programme in memory, with everything that can go wrong going wrong now and then.

Two partners and their people ask for random things, at random times; messages come late, twice and out of order;
indexes lag; writes meet other writes, lose their answers, or outlive their process; nights come late or not at all.
After every step the book must hold, and when all has come to rest nothing may be left undone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

from chalicelib.domain.accounts.accounts import Account
from chalicelib.domain.accounts.bonuses import Bonus
from chalicelib.domain.bulk_operations.bulk_operations import AccountOutcome, BulkOperation, BulkStatus
from chalicelib.domain.mail.deliveries import OPEN, Delivery, DeliveryStatus
from chalicelib.domain.mail.email_messages import BonusesEarned
from chalicelib.domain.partners.partners import Partner
from chalicelib.domain.report_runs.report_runs import ReportRun, ReportRunStatus
from tests import invariants_checks as invariants
from tests.fault_injection.functions import ON_QUEUE, ON_SCHEDULE
from tests.simulation import actions
from tests.simulation.actions import Request
from tests.simulation.partners import PARTNERS, furnish
from tests.simulation.random_faults import Killed, Mood, UnrulyJournal, UnrulyMailer, UnrulyQueue
from tests.unit.jobs.events import scheduled_event, sqs_event

if TYPE_CHECKING:
    from tests.api_client import ApiClient, Reply
    from tests.fakes import FakePorts

T = TypeVar("T")
STEPS = 120
REST = 12
QUEUES = {
    "reports": "report_queue",
    "bulk-operations": "bulk_queue",
    "settlements": "settle_queue",
    "deliveries": "delivery_queue",
}
UNDER_WAY = (ReportRunStatus.REQUESTED, ReportRunStatus.RUNNING)


class Broken(AssertionError):
    """Something does not hold."""


@dataclass
class Simulation:
    """The product on a book in memory, and the dice."""

    ports: FakePorts
    dice: Random
    api: ApiClient
    crashes: list[str]
    """What the log says of failures that nothing is meant to have."""
    reported: list[str] = field(default_factory=list)
    """What has happened so far."""
    keys: int = 0
    racing: bool = False

    def __post_init__(self) -> None:
        self.mood = Mood(self.dice)
        furnish(self.ports)
        self._journal, self._mailer = self.ports.transaction_writer, self.ports.mailer
        self.ports.transaction_writer = UnrulyJournal(self._journal, self.mood, self.meanwhile)  # type: ignore[assignment]
        self.ports.mailer = UnrulyMailer(self._mailer, self.mood)  # type: ignore[assignment]
        self.queues = {name: UnrulyQueue(self.mood) for name in QUEUES}
        for name, port in QUEUES.items():
            setattr(self.ports, port, self.queues[name])
        self.seen = invariants.accounts_of(self.ports.book)

    def one_of(self, things: Sequence[T]) -> T:
        """Any one."""
        return things[self.dice.randrange(len(things))]

    def partner(self) -> str:
        """Any partner."""
        return self.one_of(PARTNERS)

    def account(self, fits: Callable[[Account], bool] | None = None) -> Account | None:
        """Any account, mostly one that fits."""
        accounts = self.ports.book.all(Account)
        fitting = list(filter(fits, accounts)) if fits and self.dice.random() < 0.8 else []
        return self.one_of(fitting or accounts) if accounts else None

    def by_admin(self, method: str, path: str, body: Any = None) -> Request:
        """A request of a partner's admin."""
        return Request("admin", self.partner(), method, path, body)

    def about(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        subject: str = "admin",
        by_client: bool = False,
        versioned: bool = False,
        fits: Callable[[Account], bool] | None = None,
    ) -> Request | None:
        """A request about any account, of its own partner's mostly."""
        account = self.account(fits)
        if account is None:
            return None
        partner_id = account.partner_id if self.dice.random() < 0.95 else self.partner()
        who, acting_for = ("platform", account.username) if by_client else (subject, None)
        version = account.version - (self.dice.random() < 0.2) if versioned else None
        return Request(who, partner_id, method, f"/accounts/{account.account_id}{path}", body, acting_for, version)

    def run(self) -> None:
        """Let it all happen."""
        for _ in range(STEPS):
            self.step()
            self.require_whole()
        self.come_to_rest()

    def step(self) -> None:
        """One thing happens, a second after the last."""
        self.ports.now += timedelta(seconds=1)
        chance = self.dice.random()
        if chance < 0.55:
            self.act()
        elif chance < 0.80:
            self.work()
        elif chance < 0.93:
            self.pass_time()
        elif self.dice.random() < 0.5:
            self.ports.book.lag()
        else:
            self.ports.book.catch_up()

    def act(self) -> None:
        """Somebody asks for something, again where there was no answer, and sometimes although there was one."""
        request = actions.drawn(self)
        if request is None:
            return
        self.keys += 1
        key = f"key-{self.keys}"
        reply = self._insisted(request, key)
        if reply and reply.status < 300 and request.method != "GET" and self.dice.random() < 0.2:
            self._ask_again(request, key, reply)

    def _insisted(self, request: Request, key: str) -> Reply | None:
        reply = None
        for _ in range(1 + self.dice.randrange(4)):
            reply = self.asked(request, key)
            if reply and reply.status < 500:
                break
        return reply

    def _ask_again(self, request: Request, key: str, first: Reply) -> None:
        """The same request has the answer that it had, and no other effect."""
        wild, self.mood.wild = self.mood.wild, False
        before = self.ports.book.dump()
        again = self.asked(request, key)
        self.mood.wild = wild
        if again is None or again.status != first.status:
            raise Broken(f"asked again, the answer was {again} instead of {first}")
        if request.path.endswith("/sign-in-links"):
            return
        if again.text != first.text or self.ports.book.dump() != before:
            raise Broken(f"asked again, it was {again.text} instead of {first.text}, or had another effect")

    def asked(self, request: Request, key: str) -> Reply | None:
        """One try; None where the process was killed."""
        headers = {"Idempotency_Key": key, "Partner_Id": request.partner_id}
        if request.acting_for:
            headers["Acting_For"] = request.acting_for
        if request.version is not None:
            headers["If_Match"] = f'"{request.version}"'
        client = self.api.using(**headers)
        subject = f"admin-{request.partner_id}" if request.subject == "admin" else request.subject
        try:
            reply = type(client)(client.app, subject, client.headers).call(request.method, request.path, request.body)
        except Killed:
            reply = None
        self.tell(f"{request.subject} {request.method} {request.path} {request.body} → {reply and reply.status}")
        return reply

    def meanwhile(self) -> None:
        """Somebody else is quicker: something happens between a reading and a write."""
        if self.racing:
            return
        self.racing = True
        wild, self.mood.wild = self.mood.wild, False
        with suppress(Killed):
            self.act()
        self.racing, self.mood.wild = False, wild

    def work(self) -> None:
        """Some messages are delivered, each perhaps once more later."""
        for _ in range(1 + self.dice.randrange(4)):
            queue = self.one_of(list(self.queues))
            message = self.queues[queue].taken()
            if message is not None:
                self.deliver(queue, message)

    def deliver(self, queue: str, message: Any) -> None:
        """Deliver a message; one that is not done comes again."""
        try:
            done = not ON_QUEUE[queue](sqs_event(dict(message)))["batchItemFailures"]
        except Killed:
            done = False
        self.tell(f"{queue} {dict(message)} → {done}")
        if not done or self.mood.strikes(5):
            self.queues[queue].waiting.append(message)

    def pass_time(self) -> None:
        """Minutes, hours or weeks pass, in which indexes catch up; what is scheduled happens, or is late."""
        self.ports.book.catch_up()
        self.ports.now += timedelta(minutes=self.one_of((1, 6, 60, 700, 1440, 1440, 2880, 1440 * 31)))
        self.tell(f"it is {self.ports.now}")
        for name in ON_SCHEDULE:
            if not self.mood.strikes(40):
                self.tick(name)

    def tick(self, name: str) -> None:
        """A schedule's function runs, or breaks off."""
        try:
            ON_SCHEDULE[name](scheduled_event())
        except (Exception, Killed) as error:  # noqa: BLE001 Lambda does not ask why
            self.tell(f"{name} broke off: {error!r}")
        else:
            self.tell(f"{name} ran")

    def come_to_rest(self) -> None:
        """Nothing goes wrong any more: in the end everything is done."""
        self.mood.wild = False
        self.ports.book.catch_up()
        for _ in range(REST):
            self.ports.now += timedelta(hours=4)
            for name in ON_SCHEDULE:
                self.tick(name)
            self._drain()
            self.require_whole()
        self.require_done()

    def _drain(self) -> None:
        while any(queue.waiting for queue in self.queues.values()):
            for name, queue in self.queues.items():
                for _ in range(len(queue.waiting)):
                    self.deliver(name, queue.waiting.pop(0))

    def tell(self, what: str) -> None:
        """Note it for whoever looks at a failing seed."""
        self.reported.append(what)

    def require_whole(self) -> None:
        """Everything that always holds."""
        now = invariants.accounts_of(self.ports.book)
        wrong = invariants.broken(self.ports.book) + invariants.broken_between(self.seen, now) + self.crashes
        wrong += list(self._mailed_twice()) + list(self._badly_counted())
        self.seen = now
        if wrong:
            raise Broken("; ".join(wrong))

    def _badly_counted(self) -> list[str]:
        """Bulk operations whose counts are not those of the outcomes, or an account with two of them."""
        book = self.ports.book
        outcomes = Counter((item.bulk_operation_id, item.outcome.value) for item in book.all(AccountOutcome))
        accounts = Counter((item.bulk_operation_id, item.account_id) for item in book.all(AccountOutcome))
        wrong = [f"{item} has {number} outcomes" for item, number in accounts.items() if number > 1]
        return wrong + [
            f"{item.bulk_operation_id} counts {item.counts}"
            for item in book.all(BulkOperation)
            if any(outcomes[item.bulk_operation_id, name] != number for name, number in asdict(item.counts).items())
        ]

    def _mailed_twice(self) -> list[str]:
        mails = Counter(
            (mail.to, bonus.account_id)
            for mail in self._mailer.sent
            if isinstance(mail.content, BonusesEarned)
            for bonus in mail.content.bonuses
        )
        return [f"mailed {number} times: {mail}" for mail, number in mails.items() if number > 1]

    def require_done(self) -> None:
        """Everything that holds when all has come to rest."""
        book = self.ports.book
        left = [f"{item.report_run_id} is {item.status}" for item in book.all(ReportRun) if item.status in UNDER_WAY]
        left += [f"{item.bulk_operation_id} is running" for item in book.all(BulkOperation) if _is_running(item)]
        left += [f"{item.delivery_id} is {item.status}" for item in book.all(Delivery) if item.status in OPEN]
        left += [f"{item.username} has no mail about its bonus" for item in book.all(Bonus) if not item.notified]
        left += [f"{item} is overdue" for item in invariants.overdue(book, self.ports.today)]
        left += [f"{item.reason}" for item in book.all(Delivery) if _sent_without_mail(item)]
        left += [f"{item.partner_id} is settled on {item.settled_on}" for item in book.all(Partner) if self._late(item)]
        if left:
            raise Broken("; ".join(left))

    def _late(self, partner: Partner) -> bool:
        return partner.settled_on != self.ports.today


def _sent_without_mail(delivery: Delivery) -> bool:
    return delivery.status is DeliveryStatus.SENT and delivery.message_id is None


def _is_running(operation: BulkOperation) -> bool:
    return operation.status is BulkStatus.RUNNING

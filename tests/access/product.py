"""The whole product in one process: its API behind a gateway with its authorizer, its jobs fed from its queues."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from chalicelib import bootstrap, config
from chalicelib.api.http import authorizer as authorizing
from chalicelib.api.http import session_cookie, throttle
from chalicelib.api.http.key_set import KeySet
from chalicelib.domain.access import Role
from chalicelib.domain.changes import Change, Insert
from chalicelib.domain.kernel.clock import system_clock
from chalicelib.domain.partners.partners import Partner, PartnerSettings
from tests.api_client import ApiClient
from tests.factories import a_person
from tests.unit.api.http.token_workshop import CLIENT, ISSUER, jwk, key_set, token
from tests.unit.jobs.events import scheduled_event, sqs_event

if TYPE_CHECKING:
    from chalice.app import Chalice

    from chalicelib.bootstrap import Ports
    from chalicelib.domain.mail.email_messages import Mail

ACME = "prt_acme"
OTHER = "prt_other"
TEAM = {Role.PARTNER_ADMIN: "admin", Role.PARTNER_MANAGER: "manager", Role.PARTNER_VIEWER: "viewer"}
STAFF = {Role.OPERATOR: "operator", Role.PLATFORM: "platform"}
WORKERS = {
    "report_queue": "report_worker",
    "import_queue": "import_worker",
    "bulk_queue": "bulk_worker",
    "settle_queue": "settle_worker",
    "delivery_queue": "delivery_worker",
}
PATIENCE = 20
CONSOLE = "https://console.example"
"""The origin of the console's pages."""


def subject_of(role: Role, partner_id: str = ACME) -> str:
    """Who has this role; each partner has a team of its own."""
    return STAFF.get(role) or f"{TEAM[role]}-of-{partner_id}"


class Outside(Protocol):
    """What the product stands on: fakes, or AWS as far as it can be had."""

    ports: Ports

    def waiting(self, queue: str) -> list[Any]:
        """Take the messages that wait in a queue."""
        ...

    def upload(self, form: dict[str, Any], content: bytes) -> None:
        """Put a file where a form leads."""
        ...

    def mails(self) -> list[tuple[str, Mail]]:
        """What was mailed, each by the id that the mail service gave it."""
        ...

    def subject_of(self, address: str) -> str:
        """The subject of the person who signs in with this address."""
        ...

    def working(self, function: str, partner_id: str, operation: str) -> AbstractContextManager[None]:
        """A block in which this function works for this partner."""
        ...

    def later(self, days: float) -> None:
        """Let days pass."""
        ...


@dataclass
class Product:
    """The product on something outside."""

    app: Chalice
    outside: Outside

    @property
    def ports(self) -> Ports:
        return self.outside.ports

    def caller(self, role: Role, partner_id: str = ACME) -> ApiClient:
        """Somebody in this role; who has no partner names one."""
        client = ApiClient(self.app, subject_of(role, partner_id))
        return client.using(Partner_Id=partner_id) if role in STAFF else client

    def anyone(self) -> ApiClient:
        """Somebody who has not signed in."""
        return ApiClient(self.app)

    def let_in(self, method: str, path: str, header: str) -> str | None:
        """The subject whom the gateway passes on for this Authorization header; None where it answers 401 itself."""
        arn = f"arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/v1/{method}{path}"
        event = {"type": "TOKEN", "authorizationToken": header, "methodArn": arn}
        answer = authorizing.authorizer(event, {})
        (statement,) = answer["policyDocument"]["Statement"]
        return str(answer["principalId"]) if statement["Effect"] == "Allow" else None

    def working_for(self, partner_id: str, operation: str) -> AbstractContextManager[None]:
        """A block in which the API works for this partner."""
        return self.outside.working("api", partner_id, operation)

    def work(self) -> int:
        """Let the workers work until nothing waits."""
        done = 0
        for _ in range(PATIENCE):
            fed = [(worker, message) for queue, worker in WORKERS.items() for message in self.outside.waiting(queue)]
            if not fed:
                return done
            for worker, message in fed:
                self.run(worker, sqs_event(message), message.get("partner_id", ""))
                done += 1
        raise AssertionError(f"Work goes on and on: {fed}")

    def tick(self, function: str) -> None:
        """Let a schedule start its function."""
        self.run(function, scheduled_event())

    def run(self, function: str, event: dict[str, Any], partner_id: str = "") -> None:
        """Run an event function as Lambda does."""
        from importlib import import_module

        entry = getattr(import_module(f"chalicelib.jobs.{function}"), function)
        with self.outside.working(function, partner_id, function):
            answer = entry(event, None)
        assert not (answer or {}).get("batchItemFailures"), (function, event)


def good_token(subject: str) -> str:
    """A token that the issuer gives this person now."""
    now = int(system_clock().timestamp())
    return token(sub=subject, iat=now - 10, exp=now + 890)


@contextmanager
def installed(outside: Outside, chosen: config.Settings | None = None) -> Iterator[Product]:
    """The product running on this; the team of two partners, an operator and the platform are in."""
    from app import app

    chosen = chosen or config.Settings(
        token_issuer=ISSUER, token_client_ids=(CLIENT,), api_url="https://api.example", console_url=f"{CONSOLE}/console"
    )
    shares = throttle.RateLimiters(throttle.Buckets(1e6, 10**6), throttle.Buckets(1e6, 10**6))
    keys = KeySet(lambda: key_set(jwk()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "container", lambda: outside.ports)
        patch.setattr(throttle, "rate_limiters", lambda: shares)
        patch.setattr(authorizing, "keys", lambda: keys)
        patch.setattr(authorizing, "settings", lambda: chosen)
        patch.setattr(session_cookie, "settings", lambda: chosen)
        peopled(outside.ports)
        yield Product(app, outside)


def peopled(ports: Ports) -> None:
    """Write the partners and everybody who may sign in."""
    at = ports.clock()
    for partner_id in (ACME, OTHER):
        recipients = (f"reports@{partner_id[4:]}.example",)
        partner = Partner(
            partner_id=partner_id,
            name=partner_id[4:].title(),
            created_at=at,
            settings=PartnerSettings(recipients=recipients),
            confirmed_recipients=recipients,
            admin_count=1,
        )
        ports.transaction_writer.write(Change((Insert(partner),), None))
        for role in TEAM:
            _join(ports, subject_of(role, partner_id), partner_id, role)
    for role, subject in STAFF.items():
        _join(ports, subject, None, role)


def _join(ports: Ports, subject: str, partner_id: str | None, role: Role) -> None:
    person = a_person(subject, partner_id, role, f"{subject}@example.com", ports.clock())
    ports.transaction_writer.write(Change((Insert(person),), None))

"""Every route × every role × every trick, on a book in which two partners have one of everything."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from chalicelib.domain.access import EVERYONE, OPERATIONS, PARTNER_ROLES, Role
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.idempotency import RequestRecord
from infra.openapi.document import operations
from tests.access.happy_path import Call, Tour
from tests.access.in_memory import InMemory
from tests.access.product import ACME, OTHER, Product, good_token, installed
from tests.api_client import ApiClient
from tests.factories import NOON
from tests.unit.api.http.forgeries import FORGED

if TYPE_CHECKING:
    from chalicelib.api.http.operation import Operation
    from tests.api_client import Reply

BY_THE_TABLE = "may not do this"
SHARED_NAMES = {
    "token": "who has the link may follow it",
    "slug": "an invite is public, and its sign-ups come from the platform, which serves every partner",
    "add_on": "no id",
    "hold": "no id",
}
OPEN_BY_DESIGN = {
    ("create_account", "username"): "a username is unique over the platform: that it is taken is told (invariant 14)",
    ("find_username", "username"): "operators find whosever account it is",
    ("get_partner", "partner_id"): "operators see every partner",
    ("change_partner", "partner_id"): "operators change every partner",
}
NO_REFUSAL = {
    "report_activity": "each of many usernames has an outcome of its own",
    "create_bulk_operation": "each of many accounts has an outcome of its own",
    "list_audit": "a filter by account; there are no entries",
    "list_deliveries": "a filter by report run; there are no mails",
}
"""Operations that do not refuse an unknown id as a whole; what they say of it is the same all the same."""
FOR_ANYBODY = {"accept_invitation", "begin_session", "end_sessions"}
"""Operations for whoever has signed in: the token in the body or the caller's own decides, and no partner is named."""
UNKNOWN = {
    "invitation_id": ids.ordered_id("inv", NOON),
    "account_id": ids.random_id("acct"),
    "referred_id": ids.random_id("acct"),
    "report_run_id": ids.random_id("run"),
    "import_id": ids.random_id("imp"),
    "bulk_operation_id": ids.random_id("blk"),
    "service_request_id": ids.random_id("srv"),
    "report_schedule_id": ids.random_id("sch"),
    "delivery_id": ids.ordered_id("dlv", NOON),
    "token": "A" * 43,
    "member_id": "subject-of-nobody@example.com",
    "partner_id": "prt_none",
    "username": "nobody-at-all",
}


@dataclass(frozen=True)
class Surprise:
    """Something came of a trick that must not."""

    trick: str
    operation: str
    role: str
    got: str


@dataclass
class Walk:
    """What has been tried, and what surprised."""

    product: Product
    own: Tour
    foreign: Tour
    tried: Counter[str] = field(default_factory=Counter)
    surprises: list[Surprise] = field(default_factory=list)
    _keys: Iterator[int] = field(default_factory=count)

    @property
    def routes(self) -> list[Operation]:
        """Everything that is served."""
        return operations(self.product.app.routes)

    def all(self) -> Walk:
        """Try everything."""
        for part in (self.without_token, self.forged, self.non_members, self.roles, self.partners, self.foreign_ids):
            part()
        return self

    def expect(self, good: bool, trick: str, operation: str, role: str, got: object) -> None:
        """Note one trick and what came of it."""
        self.tried[trick] += 1
        if not good:
            self.surprises.append(Surprise(trick, operation, role, str(got)))

    def a_call(self, operation: Operation) -> Call:
        """A request that has succeeded at this route."""
        return next(call for call in self.own.calls if call.operation == operation.name)

    def sent(self, client: ApiClient, call: Call) -> Reply:
        """Send it once more, as this caller, under a key of its own."""
        headers = dict(call.headers)
        if "Idempotency-Key" in headers:
            headers["Idempotency-Key"] = f"trick-{next(self._keys)}"
        return replace(client, headers={**client.headers, **headers}).call(call.method, call.target, call.body)

    def without_token(self) -> None:
        """No Authorization header at the gateway, and no subject at the function behind it."""
        for route in self.routes:
            if not route.public:
                refused = self.product.let_in(route.method, route.path, "") is None
                self.expect(refused, "no token", route.name, "-", "let in")
                reply = self.sent(ApiClient(self.product.app), self.a_call(route))
                self.expect(reply.status == 401, "past the gateway without a subject", route.name, "-", reply)

    def forged(self) -> None:
        """Every forged token at every route."""
        for route in self.routes:
            for kind, forgery in FORGED.items():
                if not route.public:
                    subject = self.product.let_in(route.method, route.path, f"Bearer {forgery}")
                    self.expect(subject is None, "a forged token", route.name, kind, subject)

    def non_members(self) -> None:
        """A good token of somebody who is in nobody's team."""
        for route in self.routes:
            if not route.public and route.name not in FOR_ANYBODY:
                subject = self.product.let_in(route.method, route.path, f"Bearer {good_token('nobody')}")
                reply = self.sent(ApiClient(self.product.app, subject), self.a_call(route))
                self.expect(reply.status == 403, "a token of no member", route.name, "-", reply)

    def roles(self) -> None:
        """Exactly the roles of the table get past it."""
        for route in self.routes:
            for role in EVERYONE if not route.public else ():
                reply = self._as(role, self._harmless(self.a_call(route)))
                refused = reply.status == 403 and BY_THE_TABLE in reply.text
                self.expect(refused is (role not in OPERATIONS[route.name]), "a role", route.name, role, reply)

    def _harmless(self, call: Call) -> Call:
        """The same for things that are not there, so that nothing comes of it."""
        return replace(call, names={**call.names, **{name: UNKNOWN.get(name, "none") for name in call.names}}, body={})

    def _as(self, role: Role, call: Call) -> Reply:
        return self.sent(self.product.caller(role), call)

    def partners(self) -> None:
        """Another partner named in the Partner-Id header is as good as none."""
        for route in self.routes:
            for role in PARTNER_ROLES if not route.public and route.name not in FOR_ANYBODY else ():
                client, call = self.product.caller(role), self.a_call(route)
                foreign, unknown = (self.sent(client.using(Partner_Id=item), call) for item in (OTHER, "prt_none"))
                good = foreign == unknown and foreign.status == 404
                self.expect(good, "another partner in the header", route.name, role, (foreign, unknown))

    def foreign_ids(self) -> None:
        """Another partner's id in any place is answered like one that nobody has, and nothing is written."""
        for call in self.own.calls:
            if any(route.name == call.operation and not route.public for route in self.routes):
                for name in self._names_in(call):
                    for role in EVERYONE:
                        self._foreign_id(call, name, role)

    def _names_in(self, call: Call) -> list[str]:
        text = request_text(call)
        return [
            name
            for name, value in self.own.made.items()
            if f'"{value}"' in text and name not in SHARED_NAMES and (call.operation, name) not in OPEN_BY_DESIGN
        ]

    def _foreign_id(self, call: Call, name: str, role: Role) -> None:
        own, others = self.own.made[name], (self.foreign.made[name], UNKNOWN[name])
        before = self._written()
        replies = [self._as(role, swapped(call, own, other)) for other in others]
        plain = [
            replace(reply, text=reply.text.replace(item, "…")) for reply, item in zip(replies, others, strict=True)
        ]
        refused = replies[0].status in (403, 404) or call.operation in NO_REFUSAL
        good = plain[0] == plain[1] and refused and self._written() == before
        self.expect(good, "another partner's id", f"{call.operation} {name}", role, replies)

    def _written(self) -> dict[Any, Any]:
        """Everything there is, but for the answers that are kept for a repeated request."""
        things: dict[Any, Any] = self.product.ports.book.things  # type: ignore[attr-defined]
        return {key: thing for key, thing in things.items() if key[0] is not RequestRecord}


def request_text(call: Call) -> str:
    """A request with everything that it says."""
    return json.dumps([call.names, call.query, call.body, call.headers])


def swapped(call: Call, own: str, other: str) -> Call:
    """The request with another id wherever this one stood."""
    names, query, body, headers = json.loads(request_text(call).replace(json.dumps(own), json.dumps(other)))
    return replace(call, names=names, query=query, body=body, headers=headers)


@contextmanager
def prepared() -> Iterator[Walk]:
    """A walk through the product in memory, both partners' tours taken."""
    with installed(InMemory()) as product:
        own = Tour(product, ACME, OTHER, "acme").take()
        foreign = Tour(product, OTHER, ACME, "other").take()
        yield Walk(product, own, foreign)

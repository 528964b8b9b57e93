"""What a view function gets and gives: a typed request, and an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from chalicelib.api.http.answer import Answer, as_answer
from chalicelib.domain.changes import Change
from chalicelib.services import transactions

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalicelib.api.http.caller import Caller
    from chalicelib.api.http.idempotency import IdempotencyKey
    from chalicelib.bootstrap import Ports
    from chalicelib.domain.access import Actor
    from chalicelib.domain.partners.partners import Partner
    from chalicelib.domain.partners.sessions import SessionCookie

B = TypeVar("B")
Q = TypeVar("Q")
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Generic[B, Q]):
    """One request, read and checked: its body is a `B`, its query a `Q`."""

    ports: Ports
    caller: Caller | None
    body: B
    query: Q
    version: int = 0
    """The version that If-Match names; only where the operation is versioned."""
    idempotency_key: IdempotencyKey | None = None
    session_cookie: SessionCookie | None = None
    """Only where the operation is the console's."""

    @property
    def actor(self) -> Actor:
        """Who acts; a public operation has no one."""
        return self.signed_in.actor

    @property
    def partner(self) -> Partner:
        """The partner that the request is made for."""
        partner = self.signed_in.partner
        if partner is None:
            raise LookupError("This operation is made for no partner.")
        return partner

    @property
    def signed_in(self) -> Caller:
        """Who calls; raises for a public operation."""
        if self.caller is None:
            raise LookupError("A public operation has no actor.")
        return self.caller

    def execute(
        self,
        prepare: Callable[[], Change[T]],
        present: Callable[[T], R | Answer[R]],
    ) -> Answer[R]:
        """Write a change and present its result; a keyed request's record stands in the same transaction."""

        def prepared() -> Change[Answer[R]]:
            change = prepare()
            answer = as_answer(present(change.result))
            records = (
                (self.idempotency_key.write(answer, self.ports.clock(), change.result),) if self.idempotency_key else ()
            )
            return Change((*change.writes, *records), answer, change.after)

        return transactions.retry_on_conflict(self.ports.transaction_writer, prepared)

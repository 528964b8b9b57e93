"""The same request sent again has one effect and one answer: by its Idempotency-Key.

The request's record is looked up first; if there is none, it is written in the transaction of the effect itself. Of two
at the same moment one transaction fails, and that request then finds the other's record and gives its answer. Only
answers of requests that had their effect are kept: a refusal changes nothing and is judged anew, and 429 and 5xx are no
answers at all.
A record that has expired counts as none, and may be written over.

A kept answer is judged by what holds when it is asked for again, as every other answer is: the caller's role and
partner before it is looked up, and the account that it tells of when it is found. One that is no longer the partner's
is not found, and what was kept of a person who was erased since is not given any more.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.domain.accounts.erasures import ErasureScope
from chalicelib.domain.changes import Insert, Replace
from chalicelib.domain.kernel.errors import BadRequest, Conflict, Gone, KeyReused, TooLarge
from chalicelib.domain.kernel.idempotency import MAX_BODY, WINDOW_HOURS, AccountRef, RequestRecord

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from chalicelib.api.http.answer import Answer
    from chalicelib.api.http.caller import Caller
    from chalicelib.api.http.operation import Operation
    from chalicelib.domain.changes import Write
    from chalicelib.domain.ports import HasIdempotency
    from chalicelib.services.ports import ErasurePorts

ERASED_SINCE = (
    "This request was carried out, but its answer named a person whose data has been erased since. Read the account "
    "to see how it stands now."
)
KEY = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """What a keyed request is known by."""

    request_hash: str
    fingerprint: str
    status: int
    expired: RequestRecord | None = None
    """What an earlier request of this key has left behind, out of its window."""

    def write(self, answer: Answer[Any], at: datetime, result: Any) -> Write:
        """Return the write that records this answer, and which account or search it tells of."""
        body = msgspec.json.encode(answer.view)
        if len(body) > MAX_BODY:
            raise TooLarge(f"The answer would have more than {MAX_BODY:,} bytes; ask for less at once.")
        record = RequestRecord(
            request_hash=self.request_hash,
            fingerprint=self.fingerprint,
            status=answer.status or self.status,
            location=answer.location,
            body=body,
            at=at,
            expires_at=at + timedelta(hours=WINDOW_HOURS),
            about=account_of(result),
            searched_in=searched_in(result),
        )
        refusal = Conflict("The same request is being carried out at this moment. Send it again.")
        return Replace(self.expired, record, refusal) if self.expired else Insert(record, refusal)

    def require_same(self, record: RequestRecord) -> None:
        """Raise `KeyReused` if the key came with other content before."""
        if record.fingerprint != self.fingerprint:
            raise KeyReused("This Idempotency-Key came before with other content. Use a new key for a new request.")


def find_record(
    ports: HasIdempotency, idempotency_key: IdempotencyKey | None
) -> tuple[IdempotencyKey | None, RequestRecord | None]:
    """Return the key, knowing what has expired under it, and the answer that its request has had."""
    record = ports.requests.get(idempotency_key.request_hash) if idempotency_key else None
    if idempotency_key is None or record is None:
        return idempotency_key, None
    if record.expires_at <= ports.clock():
        return replace(idempotency_key, expired=record), None
    idempotency_key.require_same(record)
    return idempotency_key, record


def account_of(result: Any) -> AccountRef | None:
    """Return the account that an answer about this tells of: itself, or the one it belongs to."""
    result = getattr(result, "account", result)
    partner_id, account_id = getattr(result, "partner_id", None), getattr(result, "account_id", None)
    return AccountRef(partner_id, account_id) if partner_id and account_id else None


def searched_in(result: Any) -> str | None:
    """Return the partner whose report run or schedule this is, if it has a search text."""
    filters = getattr(getattr(result, "request", None), "filters", None)
    return result.partner_id if filters and filters.q else None


def require_answerable(ports: ErasurePorts, record: RequestRecord) -> None:
    """Raise `NotFound` where the account is no longer that partner's, `Gone` where its person was erased since."""
    if record.about:
        account = ports.accounts.get(record.about.partner_id, record.about.account_id)
        if account.erased_at is not None and record.at < account.erased_at:
            raise Gone(ERASED_SINCE)
    if record.searched_in:
        erasures = ports.erasures.of_partner(record.searched_in)
        if any(erasure.scope is ErasureScope.ACCOUNT and record.at < erasure.requested_at for erasure in erasures):
            raise Gone(ERASED_SINCE)


def from_request(
    operation: Operation, headers: Mapping[str, str], path: dict[str, str], caller: Caller | None, content: list[Any]
) -> IdempotencyKey:
    """Return what this request is known by; raises `BadRequest` without a proper key."""
    key = headers.get("idempotency-key")
    if key is None or not KEY.fullmatch(key):
        raise BadRequest(
            "Send an Idempotency-Key header: 1 to 255 visible ASCII characters, new for each thing you want done, "
            "the same when you send a request again."
        )
    who = caller.actor if caller else None
    identity = [
        who and who.partner_id,
        who and who.subject,
        operation.method,
        operation.path,
        sorted(path.items()),
        key,
    ]
    return IdempotencyKey(_digest(identity), _digest([*content, who and who.acting_for]), operation.status)


def _digest(value: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()

"""The audit trail on DynamoDB."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, ClassVar

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.domain.access import FORMER_NAMES
from chalicelib.domain.audit import AuditEntry, FieldChange
from chalicelib.storage.dynamo.attributes import InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import KeyQuery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pynamodb.expressions.condition import Condition

    from chalicelib.domain.audit import AuditQuery
    from chalicelib.domain.kernel.paging import Page
    from chalicelib.storage.dynamo.reader import Reader


class AuditByAccount(GlobalSecondaryIndex["Audit"]):
    """What was changed of one account of a partner."""

    class Meta:
        index_name = "by_account"
        projection = AllProjection()

    partner_account = UnicodeAttribute(hash_key=True)
    audit_id = UnicodeAttribute(range_key=True)


class Audit(Model):
    """Who changed what, when and for whom."""

    class Meta:
        table_name = "audit"

    by_account: ClassVar = AuditByAccount()

    partner_id = UnicodeAttribute(hash_key=True)
    audit_id = UnicodeAttribute(range_key=True)
    at = InstantAttribute()
    kind = UnicodeAttribute()
    subject = UnicodeAttribute()
    role = UnicodeAttribute()
    acting_for = UnicodeAttribute(null=True)
    account_id = UnicodeAttribute(null=True)
    bulk_operation_id = UnicodeAttribute(null=True)
    partner_account = UnicodeAttribute(null=True)
    changes = UnicodeAttribute(null=True)


def _partner_account(partner_id: str, account_id: str) -> str:
    return f"{partner_id}#{account_id}"


def _key(entry: AuditEntry) -> dict[str, Any]:
    return {"partner_account": entry.account_id and _partner_account(entry.partner_id, entry.account_id)}


ENTRY = dataclass_mapper(
    AuditEntry,
    Audit,
    derive=_key,
    json={"changes": tuple[FieldChange, ...]},
    write_once_id=True,
    former={"subject": FORMER_NAMES, "role": FORMER_NAMES},
)


class DynamoAudit:
    """An AuditStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def page(self, partner_id: str, query: AuditQuery, cursor: str | None, limit: int) -> Page[AuditEntry]:
        """Return the latest first; an account's entries come from an index of their own."""
        conditions = list(_conditions(query))
        only = reduce(and_, conditions) if conditions else None
        if query.account_id:
            key = _partner_account(partner_id, query.account_id)
            selection = KeyQuery(table=Audit, partition=key, index="by_account", filter=only, descending=True)
        else:
            selection = KeyQuery(table=Audit, partition=partner_id, filter=only, descending=True)
        return self._reader.page(ENTRY, selection.after(cursor), limit)


def _conditions(query: AuditQuery) -> Iterator[Condition]:
    if query.subject is not None:
        yield Audit.subject.is_in(query.subject, *(old for old, new in FORMER_NAMES.items() if new == query.subject))
    if query.kind is not None:
        yield Audit.kind == query.kind
    if query.bulk_operation_id is not None:
        yield Audit.bulk_operation_id == query.bulk_operation_id
    if query.since is not None:
        yield Audit.at >= query.since
    if query.until is not None:
        yield Audit.at <= query.until

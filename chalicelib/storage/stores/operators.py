"""Operators on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.access import Role
from chalicelib.domain.partners.operators import Operator
from chalicelib.storage.dynamo.attributes import ChoiceAttribute, InstantAttribute
from chalicelib.storage.dynamo.mapper import dataclass_mapper

if TYPE_CHECKING:
    from chalicelib.storage.dynamo.reader import Reader


class Operators(Model):
    """The platform's staff and machine callers; the functions' roles may only read it."""

    class Meta:
        table_name = "operators"

    subject = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    role = ChoiceAttribute(Role)
    email = UnicodeAttribute()
    name = UnicodeAttribute()
    since = InstantAttribute()


OPERATOR = dataclass_mapper(Operator, Operators)


class DynamoOperators:
    """An OperatorStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, subject: str) -> Operator | None:
        """Return the operator, read strongly consistent."""
        return self._reader.get(OPERATOR, subject)

    def all(self) -> list[Operator]:
        """Return every operator, by a scan: for `make operator` only."""
        return list(self._reader.scan(OPERATOR))

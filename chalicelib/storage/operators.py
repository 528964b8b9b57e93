"""Operators on DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.domain.operators import Operator
from chalicelib.storage.codec import flat
from chalicelib.storage.tables.operators import Operators

if TYPE_CHECKING:
    from chalicelib.storage.reader import Reader

OPERATOR = flat(Operator, Operators)


class DynamoOperators:
    """An OperatorStore on DynamoDB."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, subject: str) -> Operator | None:
        """The operator, read strongly consistent."""
        return self._reader.get(OPERATOR, subject)

    def all(self) -> list[Operator]:
        """Every operator, by a scan: for `make operator` only."""
        return list(self._reader.scan(OPERATOR))

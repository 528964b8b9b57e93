"""One connection to DynamoDB for all tables, and one client behind it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pynamodb.connection import Connection as AnyConnection

if TYPE_CHECKING:
    from pynamodb.models import Model

CONNECT_SECONDS = 1.0
READ_SECONDS = 3.0
ATTEMPTS = 3
"""In all. Together less than the API's shortest time-out, so that a caller is told and not cut off."""


class Connection(AnyConnection):
    """The connection of all tables under one prefix; the client is made when first used."""

    def __init__(self, prefix: str) -> None:
        super().__init__(
            connect_timeout_seconds=CONNECT_SECONDS,
            read_timeout_seconds=READ_SECONDS,
            retry_configuration={"mode": "standard", "total_max_attempts": ATTEMPTS},
        )
        self._prefix = prefix

    def bind(self, table: type[Model]) -> None:
        """Have this table's items read and written here. Needed before its first use only: no function uses all."""
        bound = table._connection  # noqa: SLF001 PynamoDB gives every model a client of its own: slow to make, and one is enough
        if bound is not None and bound.connection is self:
            return
        table.Meta.table_name = self._prefix + logical_name(table)
        table._connection = None  # noqa: SLF001
        own = table._get_connection()  # noqa: SLF001
        self.add_meta_table(own.get_meta_table())
        own.connection = self


@cache
def logical_name(table: type[Model]) -> str:
    """Return the table's name without a prefix; asked for before it is bound for the first time."""
    return table.Meta.table_name


def client(connection: AnyConnection) -> Any:
    """Return the botocore client that the connection uses."""
    return connection.client

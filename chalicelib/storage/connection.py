"""One connection to DynamoDB for all tables, and one client behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pynamodb.connection import Connection

from chalicelib.storage.tables import LOGICAL_NAMES

if TYPE_CHECKING:
    from pynamodb.models import Model

__all__ = ["Connection", "client", "connect"]

CONNECT_SECONDS = 1.0
READ_SECONDS = 3.0
ATTEMPTS = 3
"""In all. Together less than the API's shortest time-out, so that a caller is told and not cut off."""


def connect(prefix: str) -> Connection:
    """Bind every table to its name under this prefix, all on one connection; the client is made when first used."""
    connection = Connection(
        connect_timeout_seconds=CONNECT_SECONDS,
        read_timeout_seconds=READ_SECONDS,
        retry_configuration={"mode": "standard", "total_max_attempts": ATTEMPTS},
    )
    for table, name in LOGICAL_NAMES.items():
        _bind(table, prefix + name, connection)
    return connection


def _bind(table: type[Model], name: str, connection: Connection) -> None:
    table.Meta.table_name = name
    table._connection = None  # noqa: SLF001 PynamoDB gives every model a client of its own: slow to make, and one is enough
    own = table._get_connection()  # noqa: SLF001
    connection.add_meta_table(own.get_meta_table())
    own.connection = connection


def client(connection: Connection) -> Any:
    """The botocore client that the connection uses."""
    return connection.client

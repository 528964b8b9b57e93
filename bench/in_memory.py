"""The product on tables in memory, for benches that count and do not clock."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from bench.metering import Index, Meter, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chalicelib.bootstrap import Container
    from tests.api_client import ApiClient


@contextmanager
def in_memory() -> Iterator[tuple[ApiClient, Meter, Container]]:
    """A caller of the API, the meter of its client, and the ports, on tables in memory."""
    from moto import mock_aws

    os.environ |= {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    with mock_aws():
        from app import app
        from chalicelib import bootstrap
        from chalicelib.config import Settings
        from tests.api_client import ApiClient
        from tests.factories import TODAY
        from tests.tables import make_tables

        container = bootstrap.Container(Settings(table_prefix="bench-", today=TODAY))
        make_tables(container)
        cast("Any", bootstrap).container = lambda: container
        for name in ("report_queue", "bulk_queue", "settle_queue"):
            container.__dict__[name] = Listed()
        yield ApiClient(app, "ann"), Meter(container._connection.client, table), container  # noqa: SLF001


class Listed:
    """A queue that keeps what it is given."""

    def __init__(self) -> None:
        self.messages: list[Any] = []

    def send(self, partner_id: str, message: Any) -> None:
        """Keep one."""
        self.messages.append((partner_id, message))

    def send_all(self, messages: Any) -> None:
        """Keep many."""
        self.messages += messages


def table(name: str) -> Table:
    """One of moto's tables."""
    from moto.backends import get_backend

    backend = get_backend("dynamodb")["123456789012"]["us-east-1"]
    kept = backend.tables[name]
    keys = [entry["AttributeName"] for entry in kept.schema]

    def get(key: dict[str, Any]) -> dict[str, Any] | None:
        item = backend.get_item(name, {entry: key[entry] for entry in keys})
        return item.to_json()["Attributes"] if item else None

    indexes = tuple(
        Index(tuple(entry["AttributeName"] for entry in index.schema), _projected(index.projection, keys))
        for index in kept.global_indexes
    )
    return Table(name.removeprefix("bench-"), indexes, get)


def _projected(projection: dict[str, Any], table_keys: list[str]) -> tuple[str, ...] | None:
    return None if projection["ProjectionType"] == "ALL" else (*projection.get("NonKeyAttributes", ()), *table_keys)


def put(ports: Container, *entities: Any) -> None:
    """Have these things there."""
    from chalicelib.domain.changes import Change, Insert, counted

    for entity in entities:
        counts = counted(None, entity) if hasattr(entity, "billing_mode") else ()
        ports.transaction_writer.write(Change((Insert(entity), *counts), None))

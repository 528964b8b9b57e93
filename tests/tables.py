"""Every table that there is a model for, all of them made on moto."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra.tables import models

if TYPE_CHECKING:
    from chalicelib.bootstrap import Container


def make_tables(container: Container) -> None:
    """Make them all under the container's prefix."""
    for table in models():
        container._connection.bind(table)
        table.create_table(billing_mode="PAY_PER_REQUEST")

"""One item changed on its own: for numbers that no rule and no audit entry hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from pynamodb.exceptions import UpdateError

from chalicelib.storage.dynamo.errors import unavailable_if_transient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action
    from pynamodb.models import Model

    from chalicelib.storage.dynamo.connection import Connection


def update_one(
    connection: Connection, item: Model, actions: Sequence[Action], condition: Condition | None = None
) -> bool:
    """Do this to the item if the condition holds; say whether it did."""
    connection.bind(type(item))
    with unavailable_if_transient():
        try:
            item.update(actions=list(actions), condition=condition)
        except UpdateError as error:
            if not condition_failed(error):
                raise
            return False
    return True


def condition_failed(error: UpdateError) -> bool:
    """Tell a condition that did not hold from every other failure; a broken connection has no answer with a code."""
    cause = error.cause
    return isinstance(cause, ClientError) and cause.response["Error"]["Code"] == "ConditionalCheckFailedException"

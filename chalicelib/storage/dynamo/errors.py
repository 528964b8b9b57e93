"""What it means when DynamoDB or S3 cannot right now: `Unavailable`, which the caller may try again.

It is `aws_errors`' judgement, also of what PynamoDB has put into an error of its own.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pynamodb.exceptions import PynamoDBException

from chalicelib import aws_errors
from chalicelib.domain.kernel.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_transient(error: BaseException | None) -> bool:
    """Tell whether asking again later may go well: throttling, a fault of theirs, or a connection that broke."""
    return aws_errors.is_transient(error.cause if isinstance(error, PynamoDBException) else error)


@contextmanager
def unavailable_if_transient() -> Iterator[None]:
    """A block whose passing failures become `Unavailable`; every other one stays what it is."""
    try:
        with aws_errors.unavailable_if_transient():
            yield
    except PynamoDBException as error:
        if not is_transient(error):
            raise
        raise Unavailable from error

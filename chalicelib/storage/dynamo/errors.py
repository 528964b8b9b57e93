"""What it means when DynamoDB or S3 cannot right now: `Busy`, which the caller may try again.

It is `aws_errors`' judgement, also of what PynamoDB has put into an error of its own.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pynamodb.exceptions import PynamoDBException

from chalicelib.aws_errors import busy_if_transient, is_transient
from chalicelib.domain.kernel.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator


def passes(error: BaseException | None) -> bool:
    """Whether asking again later may go well: throttling, a fault of theirs, or a connection that broke."""
    return passes(error.cause) if isinstance(error, PynamoDBException) else is_transient(error)


@contextmanager
def busy_if_it_passes() -> Iterator[None]:
    """A block whose passing failures become `Busy`; every other one stays what it is."""
    try:
        with busy_if_transient():
            yield
    except PynamoDBException as error:
        if not passes(error):
            raise
        raise Busy from error

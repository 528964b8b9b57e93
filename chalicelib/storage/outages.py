"""What it means when DynamoDB or S3 cannot right now: `Busy`, which the caller may try again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError, HTTPClientError, IncompleteReadError
from botocore.exceptions import ConnectionError as BrokenConnection
from pynamodb.exceptions import PynamoDBException

from chalicelib.domain.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSING = frozenset(
    {
        "InternalServerError",
        "InternalError",
        "LimitExceededException",
        "OperationAborted",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestTimeout",
        "ServiceUnavailable",
        "SlowDown",
        "ThrottlingError",
        "ThrottlingException",
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Codes of errors and of cancellation reasons that pass by themselves."""
BROKEN = (BrokenConnection, HTTPClientError, IncompleteReadError)


def passes(error: BaseException | None) -> bool:
    """Whether asking again later may go well: throttling, a fault of theirs, or a connection that broke."""
    if isinstance(error, PynamoDBException):
        return passes(error.cause)
    if isinstance(error, ClientError):
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return status >= 500 or error.response["Error"]["Code"] in PASSING
    return isinstance(error, BROKEN)


@contextmanager
def busy_if_it_passes() -> Iterator[None]:
    """A block whose passing failures become `Busy`; every other one stays what it is."""
    try:
        yield
    except (PynamoDBException, ClientError, *BROKEN) as error:
        if not passes(error):
            raise
        raise Busy from error

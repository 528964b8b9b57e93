"""Tell AWS errors that pass by themselves, such as throttling; they become `Unavailable`: the caller may try again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError, HTTPClientError, IncompleteReadError
from botocore.exceptions import ConnectionError as BrokenConnection

from chalicelib.domain.kernel.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

TRANSIENT_CODES = frozenset(
    {
        "InternalError",
        "InternalErrorException",
        "InternalServerError",
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
        "TooManyRequestsException",
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Codes of errors, and of the reasons for which DynamoDB cancels a transaction."""
_BROKEN = (BrokenConnection, HTTPClientError, IncompleteReadError)


def is_transient(error: BaseException | None) -> bool:
    """Tell whether asking again later may go well: throttling, a fault of theirs, or a connection that broke."""
    if isinstance(error, ClientError):
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return status >= 500 or error.response["Error"]["Code"] in TRANSIENT_CODES
    return isinstance(error, _BROKEN)


@contextmanager
def unavailable_if_transient() -> Iterator[None]:
    """Turn the transient failures of a block into `Unavailable`; every other one stays what it is."""
    try:
        yield
    except (ClientError, *_BROKEN) as error:
        if not is_transient(error):
            raise
        raise Unavailable from error

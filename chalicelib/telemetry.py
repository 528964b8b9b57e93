"""What the product tells about itself: one JSON line a request and a job, and metrics; never an address or a token."""

from __future__ import annotations

import traceback
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aws_lambda_powertools.logging import Logger
    from aws_lambda_powertools.metrics import Metrics

SERVICE = "partnerbook-functions"


@lru_cache(maxsize=1)
def logger() -> Logger:
    """The one logger."""
    from aws_lambda_powertools.logging import Logger

    return Logger(service=SERVICE)


@lru_cache(maxsize=1)
def metrics() -> Metrics:
    """The one set of metrics; flushed by whoever entered the function."""
    from aws_lambda_powertools.metrics import Metrics

    return Metrics(namespace="Partnerbook", service=SERVICE)


def flush() -> None:
    """Send off the metrics, if there are any."""
    if metrics().metric_set:
        metrics().flush_metrics()


def traced(error: BaseException) -> dict[str, Any]:
    """An exception for the log: kinds and places, and never its message, which may hold what a person typed."""
    response = getattr(error, "response", None)
    cause = error.__cause__ or error.__context__
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "service_code": response.get("Error", {}).get("Code") if isinstance(response, dict) else None,
        "stack": [f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(error.__traceback__)],
        "cause": traced(cause) if cause else None,
    }

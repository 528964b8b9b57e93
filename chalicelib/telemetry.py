"""What the product tells about itself: one JSON line a request and a job, and metrics; never an e-mail address or a token."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

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

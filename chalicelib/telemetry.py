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
    """Return the one logger."""
    from aws_lambda_powertools.logging import Logger

    return Logger(service=SERVICE)


NAMESPACE = "Partnerbook"


@lru_cache(maxsize=1)
def _metrics(stage: str) -> Metrics:
    """Return the one set of metrics, each of the stage: CloudWatch adds up what has the same name and dimensions."""
    from aws_lambda_powertools.metrics import Metrics

    metrics = Metrics(namespace=NAMESPACE, service=SERVICE)
    metrics.set_default_dimensions(stage=stage)
    return metrics


def count(stage: str, name: str, value: int) -> None:
    """Add to a metric; `flush` sends it off."""
    _metrics(stage).add_metric(name=name, unit="Count", value=value)


def count_failure(stage: str, job: str) -> None:
    """Count a job's failure at once, by its job."""
    from aws_lambda_powertools.metrics import MetricUnit, single_metric

    dimensions = {"service": SERVICE, "stage": stage, "job": job}
    with single_metric("JobsFailed", MetricUnit.Count, 1, namespace=NAMESPACE, default_dimensions=dimensions):
        """The block is for what a caller adds; there is nothing to add."""


def flush(stage: str) -> None:
    """Send off the metrics, if there are any."""
    if _metrics(stage).metric_set:
        _metrics(stage).flush_metrics()


def traced(error: BaseException) -> dict[str, Any]:
    """Return an exception for the log: kinds and places, and never its message, which may hold what a person typed."""
    response = getattr(error, "response", None)
    cause = error.__cause__ or error.__context__
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "service_code": response.get("Error", {}).get("Code") if isinstance(response, dict) else None,
        "stack": [f"{item.filename}:{item.lineno} {item.name}" for item in traceback.extract_tb(error.__traceback__)],
        "cause": traced(cause) if cause else None,
    }

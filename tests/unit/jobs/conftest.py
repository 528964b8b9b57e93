"""Jobs on a book in memory, and what they log."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from aws_lambda_powertools.logging import Logger

from chalicelib import bootstrap, telemetry
from tests.unit.reports.portfolio_of import account, ports_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes import FakePorts


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    made = ports_with(account(1))
    monkeypatch.setattr(bootstrap, "container", lambda: made)
    return made


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, ports: FakePorts) -> Callable[[], list[dict[str, Any]]]:
    """Every line logged so far."""
    stream = StringIO()
    logger = Logger(service=f"tests-{id(stream)}", stream=stream)
    monkeypatch.setattr(telemetry, "logger", lambda: logger)
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.fixture
def metrics(capsys: pytest.CaptureFixture[str], ports: FakePorts) -> Callable[[], list[dict[str, Any]]]:
    """Every set of metrics sent off since the last time."""
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]

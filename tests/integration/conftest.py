"""A stage on moto: the product's own ports and a user pool, as the commands that keep people see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from chalicelib.bootstrap import Container, aws_client
from chalicelib.config import Settings
from infra.operators import Operators
from tests.tables import make_tables


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Operators]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        ports = Container(Settings(table_prefix="operators-"))
        make_tables(ports)
        pool: Any = aws_client("cognito-idp")
        made = pool.create_user_pool(PoolName="people", UsernameAttributes=["email"])["UserPool"]["Id"]
        yield Operators(ports, pool, made)

"""The same contracts for the fakes and for the real stores on moto: a test that takes `ports` runs on both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws

from chalicelib.bootstrap import Container
from chalicelib.config import Settings
from chalicelib.domain.kernel import ids
from tests.fakes import FakePorts
from tests.tables import make_tables


@pytest.fixture(scope="module")
def dynamo() -> Iterator[Container]:
    """The real stores on moto's tables, made from the models; tests keep apart by ids of their own."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        container = Container(Settings(table_prefix="contract-"))
        make_tables(container)
        yield container


@pytest.fixture(params=["fake", "dynamo"])
def ports(request: pytest.FixtureRequest) -> FakePorts | Container:
    """Either kind of ports."""
    kind: str = request.param
    ports: FakePorts | Container = FakePorts() if kind == "fake" else request.getfixturevalue("dynamo")
    return ports


@pytest.fixture
def partner_id() -> str:
    """A partner of the test's own."""
    return ids.random_id("prt")

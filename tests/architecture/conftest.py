"""The packaged app and the template that AWS gets, made once."""

from __future__ import annotations

import os
from typing import Any

import pytest

from infra.package import Package, package
from infra.target import aws, embedded
from infra.template import deployable

Template = dict[str, Any]


@pytest.fixture(scope="session")
def packaged() -> Package:
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    return package(aws())


@pytest.fixture(scope="session")
def packaged_here() -> Package:
    """The package of the embedded stack, which this Python runs."""
    return package(embedded())


@pytest.fixture(scope="session")
def template(packaged: Package) -> Template:
    return deployable(packaged, "aws")


@pytest.fixture(scope="session")
def local_template(packaged_here: Package) -> Template:
    return deployable(packaged_here, "local")

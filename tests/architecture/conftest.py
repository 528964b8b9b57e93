"""The packaged app and the template that AWS gets, made once."""

from __future__ import annotations

import os
from typing import Any

import pytest

from infra.package import Package, package
from infra.template import deployable

Template = dict[str, Any]


@pytest.fixture(scope="session")
def packaged() -> Package:
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    return package()


@pytest.fixture(scope="session")
def template(packaged: Package) -> Template:
    return deployable(packaged, "aws")


@pytest.fixture(scope="session")
def local_template(packaged: Package) -> Template:
    return deployable(packaged, "local")

"""A rehearsed account and the product's own package and template for AWS."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from infra import deploy
from infra.package import package
from infra.rehearsal.session import Session
from infra.target import DEFAULT_ARCHITECTURE, aws
from infra.template import released

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.package import Package

MAIL = {"MAIL_FROM": "partnerbook@example.com"}


@pytest.fixture(scope="session")
def packages() -> Callable[[str], Package]:
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    return cache(lambda architecture: package(aws(architecture)))


@pytest.fixture(scope="session")
def packaged(packages: Callable[[str], Package]) -> Package:
    return packages(DEFAULT_ARCHITECTURE)


@pytest.fixture(scope="session")
def template(packaged: Package) -> dict[str, Any]:
    return released(packaged, "aws")


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture
def deploying(
    session: Session, packages: Callable[[str], Package], template: dict[str, Any]
) -> Callable[..., dict[str, str]]:
    """`make deploy` in the rehearsed account: `deploying("prod", DOMAIN_NAME=…)`, with `build=` another template."""

    def run(
        stage: str = "prod", *, region: str = "", build: Any = None, console_built: bool = True, **environment: str
    ) -> dict[str, str]:
        on, chosen = session.account(region), {**MAIL, **environment}
        plan = deploy.prepare(on, stage, build or template, chosen, pause=0, console_built=console_built)
        return deploy.carry_out(plan, packages)

    return run

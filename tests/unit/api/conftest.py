"""The API on a book in memory: two partners with their teams, an operator and the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chalicelib import bootstrap
from chalicelib.api.http import throttle
from chalicelib.domain.access import Role
from chalicelib.domain.partners.partners import Partner
from tests.api_client import ApiClient
from tests.factories import a_person
from tests.fakes import FakePorts

if TYPE_CHECKING:
    from collections.abc import Callable

    from chalice.app import Chalice

ACME = "prt_acme"
OTHER = "prt_other"


@pytest.fixture(scope="session")
def app() -> Chalice:
    from app import app

    return app


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    ports = FakePorts()
    for partner_id in (ACME, OTHER):
        ports.book.put(Partner(partner_id=partner_id, name=partner_id.title(), created_at=ports.now))
    for subject, partner_id, role in (
        ("admin", ACME, Role.PARTNER_ADMIN),
        ("manager", ACME, Role.PARTNER_MANAGER),
        ("viewer", ACME, Role.PARTNER_VIEWER),
        ("stranger", OTHER, Role.PARTNER_ADMIN),
        ("operator", None, Role.OPERATOR),
        ("platform", None, Role.PLATFORM),
    ):
        email = f"{subject}@example.com"
        ports.book.put(a_person(subject, partner_id, role, email, ports.now))
    monkeypatch.setattr(bootstrap, "container", lambda: ports)
    shares = throttle.RateLimiters(throttle.Buckets(1e6, 10**6), throttle.Buckets(1e6, 10**6))
    monkeypatch.setattr(throttle, "rate_limiters", lambda: shares)
    return ports


@pytest.fixture
def caller(app: Chalice, ports: FakePorts) -> Callable[[str], ApiClient]:
    """A caller by its subject; operators and the platform name the first partner."""

    def made(subject: str) -> ApiClient:
        client = ApiClient(app, subject)
        return client.using(Partner_Id=ACME) if subject in ("operator", "platform") else client

    return made


@pytest.fixture
def admin(caller: Callable[[str], ApiClient]) -> ApiClient:
    return caller("admin")


@pytest.fixture
def anyone(app: Chalice, ports: FakePorts) -> ApiClient:
    """Somebody who has not signed in."""
    return ApiClient(app)

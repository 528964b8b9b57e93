"""What every test shares."""

from __future__ import annotations

from functools import cache

from botocore import session


def pytest_configure() -> None:
    """Let botocore read its descriptions of AWS's services once a process: moto begins each test with a new session."""
    session.create_loader = cache(session.create_loader)

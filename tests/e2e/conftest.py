"""End-to-end tests share one embedded stack."""

from __future__ import annotations

from tests.e2e.stack import stack

__all__ = ["stack"]

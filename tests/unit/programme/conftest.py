"""Each test has a programme of its own."""

from __future__ import annotations

import pytest

from tests.scenario import Programme


@pytest.fixture
def programme() -> Programme:
    return Programme()

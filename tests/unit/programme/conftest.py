"""Each test has a programme of its own."""

from __future__ import annotations

import pytest

from tests.programme import Programme


@pytest.fixture
def programme() -> Programme:
    return Programme()

"""The product with two partners' things in it, made once: nothing that is tried here leaves anything behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.access.access_matrix import Walk, prepared


@pytest.fixture(scope="module")
def walk() -> Iterator[Walk]:
    with prepared() as made:
        yield made

"""Writes down which permissions each function takes while its calls go wrong: recoveries take their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.api.http.dispatch import serve
from chalicelib.jobs import decorators
from tests.access.recorder import API, Recorder

if TYPE_CHECKING:
    from chalice.app import Response

    from chalicelib.api.http.operation import Operation


@contextmanager
def recorded() -> Iterator[Recorder]:
    """A recorder for as long as the block lasts, which hears of what handlers ask and of nothing else."""
    reported = decorators._logged
    with pytest.MonkeyPatch.context() as patch:
        recorder = Recorder(patch)

        def serving(operation: Operation, *request: Any) -> Response:
            with recorder.running(API, "", operation.name):
                return serve(operation, *request)

        @contextmanager
        def telling(name: str) -> Iterator[decorators.LogFields]:
            with recorder.running(name, "", name), reported(name) as block:
                yield block

        patch.setattr("chalicelib.api.http.blueprint.serve", serving)
        patch.setattr(decorators, "_logged", telling)
        yield recorder

"""Checks what the functions are to run on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra.target import ARCHITECTURES
from infra.template import ARCHITECTURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.preflight.deployment import Deployment


def architecture_is_known(deployment: Deployment) -> Iterator[str]:
    """Require a processor that Lambda has and that the zip can be made for."""
    chosen = deployment.parameter(ARCHITECTURE)
    if chosen not in ARCHITECTURES:
        yield f"ARCHITECTURE={chosen} is none that functions run on. Choose one of {', '.join(ARCHITECTURES)}."

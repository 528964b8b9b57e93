"""Make the emulator as strict as AWS: each module here replaces one leniency, and names the rule and its source."""

from __future__ import annotations

from importlib import import_module

PATCHES: tuple[str, ...] = (
    "cognito",
    "cognito_rotation",
    "compression",
    "console_headers",
    "expiry",
    "files_origin",
    "mail",
    "raw_paths",
)
"""Modules of this package, each with an `install()` that runs in the emulator's process before it serves."""


def install() -> None:
    """Install every patch."""
    for name in PATCHES:
        import_module(f"{__name__}.{name}").install()

"""Says for which runtime a package is made: Lambda's own on AWS, this machine's Python on the embedded stack."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass

ARCHITECTURES = {"x86_64": "x86_64", "arm64": "aarch64"}
"""By Lambda's name, the name that wheels and Linux have for it."""
DEFAULT_ARCHITECTURE = "x86_64"
LAMBDA_PYTHON = "3.13"
"""The functions' Python on AWS, whatever Python packages them (decision 23)."""


@dataclass(frozen=True, slots=True)
class Target:
    """A runtime that wheels and bytecode have to fit."""

    python: str
    architecture: str = DEFAULT_ARCHITECTURE

    @property
    def runtime(self) -> str:
        """Lambda's name of it."""
        return f"python{self.python}"

    @property
    def machine(self) -> str:
        """The processor, as Linux and Python name it."""
        return ARCHITECTURES[self.architecture]


def aws(architecture: str = DEFAULT_ARCHITECTURE) -> Target:
    """Describe the runtime of the functions on AWS."""
    return Target(LAMBDA_PYTHON, architecture)


def embedded() -> Target:
    """Describe this machine, which runs the functions of the embedded stack."""
    names = {machine: name for name, machine in ARCHITECTURES.items()} | {name: name for name in ARCHITECTURES}
    return Target(version(), names.get(platform.machine(), DEFAULT_ARCHITECTURE))


def version() -> str:
    """Tell the Python that runs this, without its last digit, which neither wheels nor bytecode depend on."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"

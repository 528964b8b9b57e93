"""Packages the app with Chalice: one zip and one SAM template, kept under the hash of all that went into them."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.finish import finish

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
SOURCE = BUILD / "source"
KEPT = 4
MAKERS = ("infra/package.py", "infra/finish.py", "infra/sdk.py")
INPUTS = ("app.py", "requirements.txt", "chalicelib/**/*", ".chalice/*.json", *MAKERS)
PIP = {
    "PIP_REQUIRE_HASHES": "1",
    "PIP_NO_DEPS": "1",
    "PIP_ONLY_BINARY": ":all:",
    "PIP_PLATFORM": "manylinux2014_x86_64",
    "PIP_IMPLEMENTATION": "cp",
    "PIP_ABI": f"cp{sys.version_info[0]}{sys.version_info[1]} abi3 none",
}
"""How pip fills the zip: with what requirements.txt names and nothing that follows from it; checked against its hashes;
as wheels that every Lambda runtime loads. Without the platform Chalice asks pip a second time for what does not fit, by
name alone, and so past the hashes."""


@dataclass(frozen=True, slots=True)
class Package:
    """A packaged app."""

    folder: Path

    @property
    def zip(self) -> Path:
        """The code, as Lambda takes it."""
        return self.folder / "deployment.zip"

    @property
    def template(self) -> dict[str, Any]:
        """The SAM template as Chalice made it; `infra.template` makes it deployable."""
        content: dict[str, Any] = json.loads((self.folder / "sam.json").read_text())
        return content

    @property
    def key(self) -> str:
        """Where the zip is uploaded: a key that its content alone decides, so that new code is always seen as new."""
        with zipfile.ZipFile(self.zip) as archive:
            content = sorted((entry.filename, entry.CRC) for entry in archive.infolist())
        return f"partnerbook/{hashlib.sha256(repr(content).encode()).hexdigest()[:24]}.zip"


def package() -> Package:
    """The package of the tree as it stands; made anew only if something in it changed."""
    BUILD.mkdir(exist_ok=True)
    folder = BUILD / f"package-{_fingerprint()}"
    with _one_at_a_time():
        if not folder.exists():
            _make(folder)
            _forget_old()
        os.utime(folder)
    return Package(folder)


def _fingerprint() -> str:
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for path in sorted(path for pattern in INPUTS for path in ROOT.glob(pattern)):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _make(folder: Path) -> None:
    _lay_out_source()
    with tempfile.TemporaryDirectory(dir=BUILD) as scratch:
        made = Path(scratch, "made")
        _chalice("package", "--stage", "package", str(made))
        finish(made / "deployment.zip")
        made.rename(folder)


def _lay_out_source() -> None:
    """A copy of what ships: Chalice would zip bytecode too, and keeps the dependencies it fetched beside the source."""
    shutil.rmtree(SOURCE / "chalicelib", ignore_errors=True)
    shutil.copytree(ROOT / "chalicelib", SOURCE / "chalicelib", ignore=shutil.ignore_patterns("__pycache__"))
    for path in (*ROOT.glob(".chalice/*.json"), ROOT / "app.py", ROOT / "requirements.txt"):
        copy = SOURCE / path.relative_to(ROOT)
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, copy)


def _chalice(*arguments: str) -> None:
    environment = {**os.environ, **PIP, "AWS_DEFAULT_REGION": "us-east-1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [str(Path(sys.executable).with_name("chalice")), "--project-dir", str(SOURCE), *arguments]
    done = subprocess.run(command, cwd=SOURCE, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"Packaging failed.\n{done.stdout}{done.stderr}")


def _forget_old() -> None:
    kept = sorted(BUILD.glob("package-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for folder in kept[KEPT:]:
        shutil.rmtree(folder)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (BUILD / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    made = package()
    size = made.zip.stat().st_size / 1e6
    print(f"{made.zip.relative_to(ROOT)}: {size:.1f} MB, to be uploaded as {made.key}")

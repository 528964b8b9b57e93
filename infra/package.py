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

from infra import interpreter, wheels
from infra.strip_zip import finish
from infra.target import LAMBDA_PYTHON, aws

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.target import Target

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
SOURCE = BUILD / "source"
KEPT = 8
MAKERS = tuple(f"infra/{name}.py" for name in ("package", "strip_zip", "sdk", "wheels", "target", "interpreter"))
INPUTS = ("app.py", "requirements.txt", "chalicelib/**/*", ".chalice/*.json", *MAKERS)
UNCOMPILED = (
    "no Python {0} was found on the PATH, so the functions go out without bytecode, and each cold start compiles what "
    "it imports: {1}. Install Python {0} and run this again."
)
COST = "two to three times the processor time before the first event (decision 23)"


@dataclass(frozen=True, slots=True)
class Package:
    """A packaged app."""

    folder: Path
    target: Target

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

    @property
    def warning(self) -> str:
        """What is wrong with it, though it works; empty if nothing is."""
        with zipfile.ZipFile(self.zip) as archive:
            compiled = any(name.endswith(".pyc") for name in archive.namelist())
        return "" if compiled else UNCOMPILED.format(self.target.python, COST)


def package(target: Target) -> Package:
    """Return the package of the tree as it stands; made anew only if something in it changed, or what compiles it."""
    BUILD.mkdir(exist_ok=True)
    compiler = interpreter.find(target.python)
    folder = BUILD / f"package-{_fingerprint(target, compiler)}"
    with _one_at_a_time():
        if not folder.exists():
            _make(folder, target, compiler)
            _forget_old()
        os.utime(folder)
    return Package(folder, target)


def _fingerprint(target: Target, compiler: str | None) -> str:
    digest = hashlib.sha256(repr((sys.version_info[:2], target, bool(compiler))).encode())
    for path in sorted(path for pattern in INPUTS for path in ROOT.glob(pattern)):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _make(folder: Path, target: Target, compiler: str | None) -> None:
    _lay_out_source()
    with tempfile.TemporaryDirectory(dir=BUILD) as scratch:
        made, code = Path(scratch, "made"), Path(scratch, "code")
        _chalice("package", "--stage", "package", str(made))
        shutil.unpack_archive(made / "deployment.zip", code)
        wheels.install(ROOT / "requirements.txt", code, target)
        finish(code, made / "deployment.zip", compiler)
        made.rename(folder)


def _lay_out_source() -> None:
    """A copy of what ships, without bytecode, and without dependencies: Chalice can only fetch its own Python's."""
    shutil.rmtree(SOURCE / "chalicelib", ignore_errors=True)
    shutil.copytree(ROOT / "chalicelib", SOURCE / "chalicelib", ignore=shutil.ignore_patterns("__pycache__"))
    for path in (*ROOT.glob(".chalice/*.json"), ROOT / "app.py"):
        copy = SOURCE / path.relative_to(ROOT)
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, copy)
    (SOURCE / "requirements.txt").write_text("")


def _chalice(*arguments: str) -> None:
    environment = {**os.environ, "AWS_DEFAULT_REGION": "us-east-1", "PYTHONDONTWRITEBYTECODE": "1"}
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
    made = package(aws())
    size = made.zip.stat().st_size / 1e6
    print(f"{made.zip.relative_to(ROOT)}: {size:.1f} MB for Python {LAMBDA_PYTHON}, to be uploaded as {made.key}")
    if made.warning:
        print(f"Note: {made.warning}")

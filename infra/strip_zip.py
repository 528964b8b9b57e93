"""Makes the zip of a folder: what no function uses is left out, and bytecode is put in (decisions 9 and 23)."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

from infra import sdk

if TYPE_CHECKING:
    from pathlib import Path

POWERTOOLS = "aws_lambda_powertools"
UNUSED = (
    "bin/",
    ".lock",
    f"{POWERTOOLS}/event_handler/",
    *(
        f"{POWERTOOLS}/utilities/{name}/"
        for name in (
            "auth_alpha batch circuit_breaker data_classes data_masking feature_flags idempotency kafka metadata "
            "parameters parser streaming validation"
        ).split()
    ),
    "cffi/",
    "cffi-",
    "pycparser/",
    "pycparser-",
    "cryptography/x509/",
    "isal/igzip.",
    "isal/igzip_threaded.",
    "isal/isa-l/",
    "idna/cli.",
    "idna/codec.",
    "idna/compat.",
    "idna/__main__.",
    "email_validator/deliverability.",
    "email_validator/__main__.",
)
"""Of Powertools only the log and the metrics are used; of cffi only what is compiled: a module beside its package."""
UNREAD = (".pyi", "/RECORD", "/INSTALLER", "/REQUESTED")
OURS = ("app.py", "chalicelib")
"""What keeps its source beside its bytecode, so that a trace shows it; libraries are bytecode alone, 0.3 MB less."""
WRITTEN = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16


def finish(folder: Path, made: Path, interpreter: str | None) -> None:
    """Write the zip; the same files and the same interpreter always give the same one.

    Without an interpreter of the runtime's own version all sources stay, and no bytecode comes: that of another version
    would not be loaded, and a library that is bytecode alone would then be missing.
    """
    _remove_unused(folder)
    if interpreter:
        _compile(folder, interpreter)
    _write(made, folder)


def _remove_unused(folder: Path) -> None:
    for path in [item for item in folder.rglob("*") if item.is_file()]:
        name = path.relative_to(folder).as_posix()
        if name.startswith(UNUSED) or name.endswith(UNREAD):
            path.unlink()
    for path in sdk.unused_data(folder):
        path.unlink()
    for cache in [*folder.rglob("__pycache__")]:
        shutil.rmtree(cache)


def _compile(folder: Path, interpreter: str) -> None:
    """Bytecode that is believed without a look at the source: nobody can change either in Lambda."""
    sources = set(folder.rglob("*.py"))
    ours = {path for path in sources if path.relative_to(folder).parts[0] in OURS}
    _compileall(interpreter, folder, *sorted(map(str, ours)))
    _compileall(interpreter, folder, "-b", *sorted(map(str, sources - ours)))
    for path in sources - ours:
        path.unlink()


def _compileall(interpreter: str, folder: Path, *arguments: str) -> None:
    # A fixed hash seed fixes the order of sets, and with it the bytecode.
    options = ["-q", "-s", str(folder), "--invalidation-mode", "unchecked-hash"]
    command = [interpreter, "-s", "-m", "compileall", *options, *arguments]
    subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": "0"}, check=True)


def _write(packaged: Path, folder: Path) -> None:
    with zipfile.ZipFile(packaged, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(item for item in folder.rglob("*") if item.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(folder)), WRITTEN)
            entry.external_attr = READABLE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes(), compresslevel=9)

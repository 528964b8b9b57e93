"""Finishes the zip that Chalice has made: what no function uses is left out, and bytecode is put in (decision 0036)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from infra import sdk

POWERTOOLS = "aws_lambda_powertools"
UNUSED = (
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
UNREAD = (".pyi", "/RECORD")
OURS = ("app.py", "chalicelib")
"""What keeps its source beside its bytecode, so that a trace shows it; libraries are bytecode alone, 0.3 MB less."""
WRITTEN = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16


def finish(packaged: Path) -> None:
    """Do it in place; the same files always give the same zip."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with zipfile.ZipFile(packaged) as archive:
            archive.extractall(folder, [name for name in archive.namelist() if _is_used(name)])
        for path in sdk.unused_data(folder):
            path.unlink()
        _compile(folder)
        _write(packaged, folder)


def _is_used(name: str) -> bool:
    return not name.startswith(UNUSED) and not name.endswith(UNREAD)


def _compile(folder: Path) -> None:
    """Bytecode that is believed without a look at the source: nobody can change either in Lambda."""
    sources = set(folder.rglob("*.py"))
    ours = {path for path in sources if path.relative_to(folder).parts[0] in OURS}
    _compileall(folder, *sorted(map(str, ours)))
    _compileall(folder, "-b", *sorted(map(str, sources - ours)))
    for path in sources - ours:
        path.unlink()


def _compileall(folder: Path, *arguments: str) -> None:
    # A fixed hash seed fixes the order of sets, and with it the bytecode.
    command = [sys.executable, "-m", "compileall", "-q", "-s", str(folder), "--invalidation-mode", "unchecked-hash"]
    subprocess.run([*command, *arguments], env={**os.environ, "PYTHONHASHSEED": "0"}, check=True)


def _write(packaged: Path, folder: Path) -> None:
    with zipfile.ZipFile(packaged, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(folder)), WRITTEN)
            entry.external_attr = READABLE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes(), compresslevel=9)

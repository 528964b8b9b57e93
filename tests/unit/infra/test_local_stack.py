"""The embedded stack around its emulator: what is kept when it stops, and a sample import that was interrupted."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from infra.local import lived_days, run, sample
from infra.local.api import Answer
from infra.local.settings import StackConfig

ROOT = Path(__file__).parents[3]


class StoppedEmulator:
    """An emulator whose last whole save was at this moment."""

    def __init__(self, saved_at: float | None, *, alive: bool = True) -> None:
        self._saved_at = saved_at
        self.alive = alive

    def stop(self) -> None:
        """End."""
        self.alive = False

    def saved_at(self) -> datetime | None:
        """When it was saved."""
        return datetime.fromtimestamp(self._saved_at, UTC) if self._saved_at is not None else None


@pytest.mark.parametrize(
    ("emulator", "words"),
    [
        (StoppedEmulator(4_102_444_800.0), "The data stays for the next start."),
        (StoppedEmulator(1_793_880_000.0), "The data could not be saved now; the next start has that of 2026-11-05 "),
        (StoppedEmulator(None), "The data could not be saved; the next start begins anew."),
    ],
    ids=["saved", "a full disk", "never saved"],
)
def test_a_stop_says_what_is_kept(emulator: StoppedEmulator, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    run._stop_emulator(emulator)  # type: ignore[arg-type]
    assert capsys.readouterr().out.startswith(words)


class ImportingApi:
    """An API whose sample import was interrupted, and goes on once it is recovered."""

    def __init__(self) -> None:
        self.status = "running"

    def get(self, path: str) -> Answer:
        """The import, alone or in the list."""
        found = {"import_id": "imp_1", "status": self.status, "rows": 3}
        return Answer(200, {}, json.dumps({"items": [found]} if path == "/imports" else found).encode())

    def post(self, *_: Any) -> Answer:
        """Nothing else is imported meanwhile."""
        return Answer(409, {}, b"{}")

    def recover(self) -> None:
        """Find the import again."""
        self.status = "done"


def test_a_sample_import_that_was_interrupted_goes_on_at_the_next_start() -> None:
    api = ImportingApi()
    finished = sample.load_portfolio(api, b"", api.recover)  # type: ignore[arg-type]
    assert finished == {"import_id": "imp_1", "status": "done", "rows": 3}


def test_the_days_of_a_folder_only_go_forward(tmp_path: Path) -> None:
    for day in ("2026-11-05", "2026-11-05", "2026-12-01"):
        lived_days.require_not_before(StackConfig(4566, tmp_path, day))
    with pytest.raises(SystemExit, match="has lived to 2026-12-01, and 2026-11-30 is before that"):
        lived_days.require_not_before(StackConfig(4566, tmp_path, "2026-11-30"))


def test_a_python_that_cannot_make_environments_is_one_sentence(tmp_path: Path) -> None:
    """As Debian and Ubuntu ship it: ensurepip is in a package of its own there."""
    python = tmp_path / "python3"
    python.write_text(f'#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    nowhere = f"BIN={tmp_path}/bin", f"VENV={tmp_path}/stamp", f"PYTHON={python}"
    refused = subprocess.run(
        ["make", "--no-print-directory", *nowhere, f"{tmp_path}/stamp"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert refused.returncode != 0
    assert "install its venv package first (Debian, Ubuntu: apt install python3-venv)." in refused.stderr
    assert "Traceback" not in refused.stderr

"""Starts and stops the AWS emulator, bound to the loopback address and with its state kept in the stack's folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.ports import is_free
from infra.local.settings import REGION
from infra.package import ROOT

if TYPE_CHECKING:
    from infra.local.settings import StackConfig

PATIENCE = 30.0
INHERITED = ("PATH", "HOME", "LANG")
SAVED_MARKER = "saved"
"""An empty file among the saved state; it is as old as the last state that was saved whole."""


class Emulator:
    """A running emulator, in a session of its own: Ctrl-C reaches only who started it, and state is saved."""

    def __init__(self, process: subprocess.Popen[bytes], place: StackConfig) -> None:
        self._process = process
        self._place = place

    @classmethod
    def start(cls, place: StackConfig, smtp_port: int) -> Emulator:
        """Start it and wait until it answers."""
        place.folder.mkdir(parents=True, exist_ok=True)
        _wait_for_predecessor(place)
        if taken := next((port for port in (place.port, place.files_port) if not is_free(port)), None):
            raise SystemExit(f"Port {taken} is taken. Choose another: PORT=… DATA_DIR=… make run")
        with (place.folder / "emulator.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "infra.local.emulator_process"],
                cwd=ROOT,
                env=_environment(place, smtp_port),
                stdin=subprocess.PIPE,  # Never written to: it closes when this process ends, however it ends.
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        _pid_file(place).write_text(f"{process.pid}\n")
        emulator = cls(process, place)
        emulator._wait_until_it_answers(place)
        return emulator

    def _wait_until_it_answers(self, place: StackConfig) -> None:
        deadline = time.monotonic() + PATIENCE
        while not _answers(place):
            if not self.alive or time.monotonic() > deadline:
                self.stop()
                raise SystemExit(f"The emulator did not start; {place.folder / 'emulator.log'} says why.")
            time.sleep(0.05)

    @property
    def alive(self) -> bool:
        """Whether its process still runs."""
        return self._process.poll() is None

    def save(self) -> None:
        """Have the state saved now; it goes on serving meanwhile."""
        self._process.send_signal(signal.SIGUSR1)

    def saved_at(self) -> datetime | None:
        """Return when the state was last saved whole, in local time; None if it never was."""
        marker = _state_folder(self._place) / SAVED_MARKER
        return datetime.fromtimestamp(marker.stat().st_mtime).astimezone() if marker.exists() else None

    def stop(self) -> None:
        """Ask it to save its state and end; end what is left of its session after that."""
        if self.alive:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        _end_session(self._process.pid)
        _pid_file(self._place).unlink(missing_ok=True)


def _wait_for_predecessor(place: StackConfig) -> None:
    """Wait while the emulator of a start that was killed saves its state; it ends by itself once its parent is gone."""
    deadline = time.monotonic() + PATIENCE
    while _predecessor_runs(place) and time.monotonic() < deadline:
        time.sleep(0.1)


def _predecessor_runs(place: StackConfig) -> bool:
    try:
        pid = int(_pid_file(place).read_text())
        return b"infra.local.emulator_process" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return False


def _pid_file(place: StackConfig) -> Path:
    return place.folder / "emulator.pid"


def _state_folder(place: StackConfig) -> Path:
    return place.folder / "state"


def _end_session(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _environment(place: StackConfig, smtp_port: int) -> dict[str, str]:
    """Return the emulator's environment; functions inherit it, so of the host's only what any process needs is passed
    on.
    """
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return inherited | {
        "TMPDIR": str(_scratch(place)),
        "GATEWAY_PORT": str(place.port),
        "FILES_PORT": str(place.files_port),
        "STACK_TODAY": place.today,
        "CONSOLE_HEADERS_FILE": str(place.console_headers),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AUTH": "true",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(_state_folder(place)),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(place.folder / "s3"),
        "SMTP_HOST": f"127.0.0.1:{smtp_port}",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _scratch(place: StackConfig) -> Path:
    """Return where functions are unpacked and run: empty at each start."""
    folder = place.folder / "tmp"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def _answers(place: StackConfig) -> bool:
    try:
        with urllib.request.urlopen(f"{place.endpoint}/_ministack/health", timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False

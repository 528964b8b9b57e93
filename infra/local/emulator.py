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
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.settings import REGION

if TYPE_CHECKING:
    from infra.local.settings import Place

PATIENCE = 30.0
INHERITED = ("PATH", "HOME", "LANG")


class Emulator:
    """A running emulator, in a session of its own: Ctrl-C reaches only who started it, and state is saved."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @classmethod
    def start(cls, place: Place, smtp_port: int) -> Emulator:
        """Start it and wait until it answers."""
        place.folder.mkdir(parents=True, exist_ok=True)
        if _answers(place):
            raise SystemExit(f"Port {place.port} is taken. Choose another: PORT=… DATA_DIR=… make run")
        with (place.folder / "emulator.log").open("ab") as log:
            process = subprocess.Popen(
                [str(Path(sys.executable).with_name("ministack"))],
                env=_environment(place, smtp_port),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        emulator = cls(process)
        emulator._wait_until_it_answers(place)
        return emulator

    def _wait_until_it_answers(self, place: Place) -> None:
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

    def stop(self) -> None:
        """Ask it to save its state and end; end what is left of its session after that."""
        if self.alive:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        _end_session(self._process.pid)


def _end_session(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _environment(place: Place, smtp_port: int) -> dict[str, str]:
    """All that the emulator gets; functions inherit it, so of the host's only what any process needs is passed on."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return inherited | {
        "TMPDIR": str(_scratch(place)),
        "GATEWAY_PORT": str(place.port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AUTH": "true",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(place.folder / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(place.folder / "s3"),
        "SMTP_HOST": f"127.0.0.1:{smtp_port}",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _scratch(place: Place) -> Path:
    """Where functions are unpacked and run: empty at each start."""
    folder = place.folder / "tmp"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def _answers(place: Place) -> bool:
    try:
        with urllib.request.urlopen(f"{place.endpoint}/_ministack/health", timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False

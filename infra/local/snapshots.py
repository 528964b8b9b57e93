"""Saves the emulator's state while it runs, so that a crash costs a minute at most.

The emulator saves by itself only when it is told to stop. A snapshot is a fork: the child has the memory as it was
between two requests, writes it beside the last state, and the parent moves it into place once it is whole.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from ministack.core import persistence

from infra.local.emulator import SAVED_MARKER

INTERVAL_SECONDS = 60.0
CHILD_TIMEOUT_SECONDS = 120


class Snapshots:
    """Saves the state every minute, and on SIGUSR1; never after the emulator's own last save."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._folder = Path(persistence.STATE_DIR)
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._child = 0
        self._closed = False

    def start(self) -> None:
        """Take snapshots from now on, and tell of the last save whether it was whole."""
        save_all = self._app.save_all
        self._app.save_all = lambda services: self._save_last(lambda: save_all(services))
        signal.signal(signal.SIGUSR1, lambda *_: self._wanted.set())
        threading.Thread(target=self._run, daemon=True).start()

    def _save_last(self, save: Any) -> None:
        with self._lock:
            self._closed = True
            if self._child:
                with suppress(ProcessLookupError):
                    os.kill(self._child, signal.SIGKILL)
            if _whole(save):
                _mark(self._folder)

    def _run(self) -> None:
        while not self._closed:
            self._wanted.wait(INTERVAL_SECONDS)
            self._wanted.clear()
            forked = threading.Event()
            if loop := self._app._MAIN_LOOP:  # noqa: SLF001 The emulator names no other way.
                loop.call_soon_threadsafe(self._fork, forked)
                forked.wait()
                self._take_over()

    def _fork(self, forked: threading.Event) -> None:
        """Fork on the event loop, where no request is half carried out."""
        if not self._closed:
            self._child = os.fork()
            if self._child == 0:
                self._write()
        forked.set()

    def _write(self) -> None:
        """Write the state beside the last one, as the child; exit status 0 if it is whole."""
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.alarm(CHILD_TIMEOUT_SECONDS)
            shutil.rmtree(self._partial, ignore_errors=True)
            persistence.STATE_DIR = str(self._partial)
            stores = self._app._build_persistence_save_dict()  # noqa: SLF001 As it does when it is stopped.
            whole = _whole(lambda: persistence.save_all(stores))
            os._exit(0 if whole else 1)
        finally:
            os._exit(1)

    def _take_over(self) -> None:
        """Wait for the child, and put what it wrote in place of the last state."""
        if not self._child:
            return
        _, status = os.waitpid(self._child, 0)
        with self._lock:
            self._child = 0
            if status == 0 and not self._closed:
                _move_files(self._partial, self._folder)
                _mark(self._folder)
        shutil.rmtree(self._partial, ignore_errors=True)

    @property
    def _partial(self) -> Path:
        return self._folder.with_name("state.partial")


def _move_files(source: Path, target: Path) -> None:
    for file in [path for path in source.rglob("*") if path.is_file()]:
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)


class _Failures(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _whole(save: Any) -> bool:
    """Save; whether nothing was logged as failed, which is all that the emulator says of a full disk."""
    failures = _Failures(logging.ERROR)
    persistence.logger.addHandler(failures)
    try:
        save()
    finally:
        persistence.logger.removeHandler(failures)
    return not failures.records


def _mark(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SAVED_MARKER).touch()

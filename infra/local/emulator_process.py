"""Runs the emulator: patched to AWS's rules, saved while it runs, stopped when whoever started it has gone."""

from __future__ import annotations

import os
import signal
import sys
import threading

from ministack import app

from infra.local import emulator_patches
from infra.local.snapshots import Snapshots


def main() -> None:
    """Serve until SIGTERM, or until the pipe on standard input closes: then its parent was killed.

    It keeps the bytecode of the services it loads, for the next start; its functions keep none beside their code.
    """
    sys.dont_write_bytecode = False
    emulator_patches.install()
    Snapshots(app).start()
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    sys.argv = ["ministack"]
    app.main()


def _stop_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()

"""One measurement in a process of its own: `python -m bench.worker ours csv 20000` prints CPU seconds and memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WARM_UP = 10
CONFIGURATION = Path(__file__).parents[1] / ".chalice" / "config.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """What one report took."""

    rows: int
    cpu_seconds: float
    """Of all threads, the imports and the first few rows not counted."""
    peak_mb: float

    @property
    def rows_per_second(self) -> float:
        return self.rows / self.cpu_seconds


def measure(url: str, stack: str, format_: str, rows: int) -> Measured:
    """One report by `ours`, `usual` or `floor`, against the server at this URL."""
    environment = {
        **os.environ,
        **({} if stack == "usual" else _worker_environment()),
        "AWS_ENDPOINT_URL": url,
        "AWS_REGION": "eu-central-1",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",
    }
    command = [sys.executable, "-m", "bench.worker", stack, format_, str(rows)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return Measured(rows, **json.loads(done.stdout))


def _worker_environment() -> dict[str, str]:
    """What the report worker's own configuration sets, such as how its allocator behaves."""
    stages: dict[str, Any] = json.loads(CONFIGURATION.read_text(encoding="utf-8"))["stages"]
    return dict(stages["package"]["lambda_functions"]["report_worker"].get("environment_variables", {}))


def _write(stack: str, format_: str, rows: int) -> None:
    if stack == "usual":
        from bench import usual

        usual.write(format_, rows)
        return
    from bench import ours

    if stack == "floor":
        ours.floor(rows)
    else:
        ours.write(format_, rows)


def _peak_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def main(stack: str, format_: str, rows: str) -> None:
    """Warm up, measure, print."""
    _write(stack, format_, WARM_UP)
    began = time.process_time()
    _write(stack, format_, int(rows))
    print(json.dumps({"cpu_seconds": time.process_time() - began, "peak_mb": _peak_mb()}))


if __name__ == "__main__":
    main(*sys.argv[1:])

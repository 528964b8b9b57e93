"""The embedded stack on a rough host: killed processes, closed terminals, settings that cannot be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from infra.local.ports import free_port
from infra.local.settings import Sample, StackConfig
from tests.e2e.stack import ROOT, TODAY, EmbeddedStack, running

pytestmark = pytest.mark.stack


def emulator_pid(place: StackConfig) -> int:
    return int((place.folder / "emulator.pid").read_text())


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 30
    while Path(f"/proc/{pid}").exists() and b"Z (zombie)" not in Path(f"/proc/{pid}/status").read_bytes():
        assert time.monotonic() < deadline, "The process did not end."
        time.sleep(0.1)


def saved_since(place: StackConfig, moment: float) -> bool:
    marker = place.folder / "state/saved"
    return marker.exists() and marker.stat().st_mtime >= moment


def create(stack: EmbeddedStack, username: str) -> None:
    owner = {"first_name": "Kim", "last_name": "Kept", "email": "kim@example.com"}
    account = {"username": username, "organization": "Kept Ltd", "plan": "lite", "owner": owner}
    assert stack.http("partner_admin").post("/accounts", account).status == 201


def usernames(stack: EmbeddedStack) -> set[str]:
    return {account["username"] for account in stack.http("partner_admin").get("/accounts").json()["items"]}


def test_a_killed_start_takes_its_emulator_along_and_the_next_one_has_its_data(tmp_path: Path) -> None:
    place = StackConfig(free_port(), tmp_path / "killed", TODAY, sample=Sample.NONE)
    with running(place) as first:
        create(first, "kept-when-killed")
        emulator = emulator_pid(place)
        assert first.process
        os.kill(first.process.pid, signal.SIGKILL)
        wait_until_gone(emulator)
    with running(place) as second:
        assert usernames(second) == {"kept-when-killed"}
        _lose_the_emulator(second, place)


def _lose_the_emulator(stack: EmbeddedStack, place: StackConfig) -> None:
    """Without its emulator the stack ends and says of which moment the data is that the next start has."""
    create(stack, "saved-while-it-ran")
    asked = time.time()
    os.kill(emulator_pid(place), signal.SIGUSR1)
    while not saved_since(place, asked):
        time.sleep(0.1)
    os.kill(emulator_pid(place), signal.SIGKILL)
    assert stack.process
    assert stack.process.wait(30) == 1
    log = (place.folder / "run.log").read_text()
    assert "The emulator ended by itself" in log
    assert "the next start has that of 20" in log
    assert "Traceback" not in log


def test_a_closed_terminal_stops_the_stack_cleanly_with_its_data(tmp_path: Path) -> None:
    place = StackConfig(free_port(), tmp_path / "hung-up", TODAY, sample=Sample.NONE)
    with running(place) as stack:
        emulator = emulator_pid(place)
        assert stack.process
        stack.process.send_signal(signal.SIGHUP)
        assert stack.process.wait(60) == 0
        assert not Path(f"/proc/{emulator}").exists()
    assert "The data stays for the next start." in (place.folder / "run.log").read_text()
    earlier = _start(PORT=str(place.port), DATA_DIR=str(place.folder), TODAY="2026-11-04")
    assert earlier.stderr.startswith(
        f"The data in {place.folder} has lived to 2026-11-05, and 2026-11-04 is before that."
    )


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"PORT": "abc"}, "PORT is a number from 1 to 65534, such as 4566; files get the port after it; not 'abc'."),
        (
            {"PORT": "65535"},
            "PORT is a number from 1 to 65534, such as 4566; files get the port after it; not '65535'.",
        ),
        (
            {"PORT": "70000"},
            "PORT is a number from 1 to 65534, such as 4566; files get the port after it; not '70000'.",
        ),
        ({"TODAY": "tomorrow"}, "TODAY is a day such as 2026-11-05; not 'tomorrow'."),
        ({"DATA_DIR": str(ROOT / "README.md")}, f"DATA_DIR is a folder, and {ROOT / 'README.md'} is a file."),
        ({"DATA_DIR": str(ROOT / "README.md/data")}, f"DATA_DIR is a folder, and {ROOT / 'README.md'} is a file."),
    ],
)
@pytest.mark.parametrize("module", ["run", "nightly"])
def test_a_setting_that_cannot_be_is_one_sentence(module: str, chosen: dict[str, str], words: str) -> None:
    refused = _start(module, **chosen)
    assert refused.returncode == 1
    assert refused.stderr.startswith(words)
    assert refused.stderr.count("\n") == 1


def _start(module: str = "run", **chosen: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"infra.local.{module}"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **chosen}, capture_output=True, text=True, timeout=60)

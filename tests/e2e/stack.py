"""The embedded stack for end-to-end tests: started as `make run` starts it, on ports and in a folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from infra.local import aws, stack_info
from infra.local.api import Api, send
from infra.local.ports import free_port
from infra.local.settings import STACK, Sample, StackConfig
from infra.local.sign_ins import access_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.local.stack_info import RunningStack, StackUser

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-05"
PATIENCE = 300


@dataclass(frozen=True)
class EmbeddedStack:
    """A running stack and ways to talk to it."""

    place: StackConfig
    info: RunningStack
    process: subprocess.Popen[bytes] | None = None
    """`make run` itself, where this session started it."""

    def http(self, user: StackUser | str, *, partner_id: str | None = None) -> Api:
        """The API as this person sees it; operators and the platform name a partner, by default the first."""
        person = self.info.user(user) if isinstance(user, str) else user
        token = access_token(self.place, self.info.user_pool_client_id, person.username, person.password)
        named = partner_id or (None if person.partner_id else self.info.partner_id)
        return Api(self.info.api_url, token, {"Partner-Id": named} if named else {})

    def public(self) -> Api:
        """The API as somebody sees it who has not signed in."""
        return Api(self.info.api_url)

    def aws(self, service: str) -> Any:
        """A client of the emulator, as the account's root."""
        return aws.client(self.place, service)

    @property
    def files_origin(self) -> str:
        """The origin of the bucket with report files and imports."""
        return self.place.files_origin

    def mails(self) -> list[dict[str, Any]]:
        """What is in the mailbox, the newest first."""
        found: list[dict[str, Any]] = send("GET", f"{self.info.mailbox_url}messages").json()
        return found

    def mail_about(self, subject: str, patience: float = 30) -> dict[str, Any]:
        """The newest mail with this subject; waits for it, as mail takes a moment."""
        return self._mail("subject", subject, patience)

    def mail_to(self, address: str, patience: float = 30) -> dict[str, Any]:
        """The newest mail to this address; waits for it."""
        return self._mail("to", address, patience)

    def _mail(self, part: str, wanted: str, patience: float) -> dict[str, Any]:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            for mail in self.mails():
                if mail[part] == wanted:
                    return mail
            time.sleep(0.2)
        return pytest.fail(f"No mail with {part} {wanted!r} came; there are {[mail[part] for mail in self.mails()]}")

    def physical(self, logical: str) -> str:
        """The name that a resource of the template got."""
        found = self.aws("cloudformation").describe_stack_resource(StackName=STACK, LogicalResourceId=logical)
        return str(found["StackResourceDetail"]["PhysicalResourceId"])


@contextmanager
def running(place: StackConfig) -> Iterator[EmbeddedStack]:
    """A stack of this place for as long as the block lasts; what it prints goes to `run.log` in its folder."""
    place.folder.mkdir(parents=True, exist_ok=True)
    chosen = {"PORT": str(place.port), "DATA_DIR": str(place.folder), "TODAY": place.today}
    chosen["SAMPLE"] = place.sample
    command = [sys.executable, "-m", "infra.local.run"]
    log = place.folder / "run.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **chosen}, stdout=out, stderr=out)
    try:
        _wait_until_ready(process, log)
        info = stack_info.read(place.stack_file)
        assert info is not None
        yield EmbeddedStack(place, info, process=process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(60)


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while "\nready: " not in log.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"The stack did not start:\n{log.read_text()}")
        time.sleep(0.1)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStack]:
    """One stack for the whole session, with the sample in it, on the sample's own day.

    RUNNING_STACK=<its DATA_DIR> takes one that runs already, for working on a test without waiting for the sample.
    """
    if folder := os.environ.get("RUNNING_STACK"):
        yield _found(Path(folder))
        return
    with running(StackConfig(free_port(), tmp_path_factory.mktemp("stack"), TODAY, Sample.SOURCE)) as started:
        yield started


def _found(folder: Path) -> EmbeddedStack:
    info = stack_info.read(folder / "stack.json")
    assert info is not None, f"No stack runs in {folder}."
    return EmbeddedStack(StackConfig(urlsplit(info.api_url).port or 0, folder, TODAY), info)

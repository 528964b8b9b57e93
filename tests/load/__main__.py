"""`make load`: 50 clients come, then read and write together for two minutes on a stack of their own, on the loopback.

It fails unless no 5xx was the product's own, the counters are what a recount gives, every account that was promised is
there, and every report run that was accepted has ended.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from infra import check_data
from infra.local.ports import free_port
from infra.local.settings import Sample, StackConfig
from tests.e2e.stack import running
from tests.load.client import COMING, Client
from tests.load.figures import Figures

if TYPE_CHECKING:
    from infra.local.api import Api
    from tests.e2e.stack import EmbeddedStack

PATIENCE = 300
"""Seconds in which the accepted report runs have to end."""
OVER = ("ready", "failed", "expired")


def main(clients: int, seconds: float) -> int:
    """The load and what is left of it; gives how much is not as it must be."""
    with TemporaryDirectory(prefix="partnerbook-load-") as folder:
        place = StackConfig(free_port(), Path(folder), sample=Sample.NONE)
        with running(place) as stack:
            _say(f"{clients} clients for {seconds:.0f} s at {place.endpoint}")
            return _loaded(stack, clients, seconds)


def _loaded(stack: EmbeddedStack, clients: int, seconds: float) -> int:
    figures, began = Figures(), time.monotonic() + COMING
    admins = [stack.http(stack.info.user("partner_admin", second=second)) for second in (False, True)]
    all_clients = [
        Client(admins[number % 2], f"client{number:02}", figures, Random(number)) for number in range(clients)
    ]
    with ThreadPoolExecutor(clients) as threads:
        for item in [threads.submit(item.work, began + seconds) for item in all_clients]:
            item.result()
    for line in figures.lines(time.monotonic() - began + COMING):
        _say(line)
    wrong = sum(figures.ours.values()) + _unfinished(all_clients) + _missing(admins, all_clients) + _drift(stack)
    _say("All is as it must be." if not wrong else f"{wrong} things are not as they must be.")
    return wrong


def _unfinished(clients: list[Client]) -> int:
    """Report runs that were accepted and do not end."""
    left = [(client.api, run) for client in clients for run in client.runs]
    accepted, deadline = len(left), time.monotonic() + PATIENCE
    failed = 0
    while left and time.monotonic() < deadline:
        states = [(api, run, _state(api, run)) for api, run in left]
        failed += sum(state != "ready" for _, _, state in states if state in OVER)
        left = [(api, run) for api, run, state in states if state not in OVER]
        time.sleep(1)
    _say(f"  {accepted} report runs accepted, {accepted - len(left) - failed} ready, {failed} failed, {len(left)} open")
    return len(left) + failed


def _state(api: Api, run: str) -> str:
    answer = api.get(f"/reports/{run}")
    return str(answer.json()["status"]) if answer.status == 200 else ""


def _missing(admins: list[Api], clients: list[Client]) -> int:
    """Accounts that were promised and are not there."""
    existing = {account for admin in admins for account in _listed(admin)}
    promised = {account for client in clients for account in client.created}
    _say(f"  {len(promised)} accounts created, {len(promised - existing)} of them missing, {len(existing)} there")
    return len(promised - existing)


def _listed(admin: Api) -> list[str]:
    found, cursor = [], ""
    while True:
        page = admin.get(f"/accounts?limit=200{cursor}").json()
        found += [item["account_id"] for item in page["items"]]
        if "next" not in page:
            return found
        cursor = f"&cursor={page['next']}"


def _drift(stack: EmbeddedStack) -> int:
    """What a recount finds."""
    os.environ |= {"PORT": str(stack.place.port), "DATA_DIR": str(stack.place.folder)}
    return check_data.main("local", repair=False)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(
        1 if main(int(os.environ.get("CLIENTS") or 50), float(os.environ.get("SECONDS_LONG") or 120)) else 0
    )

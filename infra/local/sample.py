"""Loads the sample: the first rows straight into the tables, the portfolio through the product's own import."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from infra.local.api import Api, upload
from infra.package import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PORTFOLIO = ROOT / "sample/portfolio.csv"
DONE, FAILED, RUNNING = "done", "failed", "running"
PATIENCE = 300
RECOVERY_INTERVAL_SECONDS = 15


class SampleFailed(Exception):
    """The product refused its own sample; the message is its answer."""


def load_portfolio(api: Api, content: bytes, recover: Callable[[], object]) -> dict[str, Any] | None:
    """Import these rows of the sample portfolio unless that was done before; the finished import, if it was done now.

    An import that a stop interrupted goes on where it was, once `recover` has found that nobody works on it.
    """
    existing = _expect(api.get("/imports"), 200)["items"]
    if any(item["status"] == DONE for item in existing):
        return None
    for item in existing:
        if item["status"] == RUNNING:
            return _wait_for(api, item["import_id"], recover)
    return bring_in(api, content)


def bring_in(api: Api, content: bytes) -> dict[str, Any]:
    """Import these rows by the product's own import; the finished import."""
    made = _expect(api.post("/imports", {"kind": "portfolio"}), 201)
    sent = upload(made["upload"], content, PORTFOLIO.name)
    if sent.status not in (200, 201, 204):
        raise SampleFailed(f"The upload was refused: {sent.status} {sent.content!r}")
    _expect(api.post(f"/imports/{made['import_id']}/start"), 202)
    return _wait_for(api, made["import_id"])


def in_words(finished: dict[str, Any]) -> str:
    """Return what an import did."""
    counts = ", ".join(f"{finished[name]} {name}" for name in ("created", "adjusted", "unchanged", "rejected"))
    return f"  {finished['rows']} rows: {counts}"


def _wait_for(api: Api, import_id: str, recover: Callable[[], object] = lambda: None) -> dict[str, Any]:
    recover_at = time.monotonic()
    for found in _progress(api, import_id):
        if time.monotonic() >= recover_at:
            recover()
            recover_at = time.monotonic() + RECOVERY_INTERVAL_SECONDS
        if found["status"] == FAILED:
            raise SampleFailed(f"The import failed: {found}")
        if found["status"] == DONE:
            return found
    raise SampleFailed(f"The import was not finished after {PATIENCE} seconds.")


def _progress(api: Api, import_id: str) -> Iterator[dict[str, Any]]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        yield _expect(api.get(f"/imports/{import_id}"), 200)
        time.sleep(0.5)


def _expect(answer: Any, status: int) -> Any:
    if answer.status != status:
        raise SampleFailed(f"{answer.status} instead of {status}: {answer.content.decode(errors='replace')}")
    return answer.json()

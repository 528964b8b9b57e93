"""Asking the running stack for reports and downloading their files."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from infra.local.api import send

if TYPE_CHECKING:
    from infra.local.api import Api

PATIENCE = 120


@dataclass
class ReportDesk:
    """One caller's reports; what was asked for once is not made again."""

    api: Api
    _made: dict[str, dict[str, Any]] = field(default_factory=dict)

    def run(self, report: str, formats: list[str], **asked: Any) -> dict[str, Any]:
        """A run that is over, as the API shows it."""
        body = {"report": report, "formats": formats, **asked}
        existing = str(body)
        if existing not in self._made:
            accepted = self.api.post("/reports", body)
            assert accepted.status == 202, accepted.content
            self._made[existing] = self._over(accepted.json()["report_run_id"])
        return self._made[existing]

    def _over(self, run_id: str) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            run: dict[str, Any] = self.api.get(f"/reports/{run_id}").json()
            if run["status"] not in ("requested", "running"):
                return run
            time.sleep(0.3)
        raise AssertionError(f"{run_id} is not over after {PATIENCE} s.")

    def files(self, report: str, formats: list[str], **asked: Any) -> dict[str, bytes]:
        """The files of a run by format, downloaded by their links as anybody would who has them."""
        run = self.run(report, formats, **asked)
        assert run["status"] == "ready", run["reason"]
        found = {file["format"]: send("GET", file["download"]["url"]) for file in run["files"]}
        assert {name: answer.status for name, answer in found.items()} == dict.fromkeys(formats, 200)
        return {name: answer.content for name, answer in found.items()}

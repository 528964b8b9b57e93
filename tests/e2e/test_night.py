"""A night on the embedded stack: day 94 is pending, day 95 is earned, mailed once, and the mail's link has the file."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from infra.local.api import send
from infra.local.ports import free_port
from infra.local.sample import bring_in
from infra.local.settings import Sample, StackConfig
from tests.e2e.stack import ROOT, running

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.stack import EmbeddedStack

pytestmark = pytest.mark.stack

TODAY = date(2026, 11, 5)
COLUMNS = (ROOT / "sample/portfolio.csv").read_text().splitlines()[0]
DAYS = {"earns-tonight": 94, "still-tracking": 93}


def book() -> str:
    """Two accounts, one on day 94 and one on day 93."""
    rows = io.StringIO()
    writer = csv.DictWriter(rows, COLUMNS.split(","), lineterminator="\r\n")
    writer.writeheader()
    for username, days in DAYS.items():
        upgraded = TODAY - timedelta(days=days)
        writer.writerow(
            {
                "username": username,
                "organization": f"Org of {username}",
                "owner_email": f"{username}@example.com",
                "account_type": "managed",
                "billing_mode": "direct",
                "plan": "lite",
                "status": "O",
                "created_on": upgraded,
                "initial_upgrade_on": upgraded,
                "list_size": 0,
                "login_count": 0,
                "campaigns_sent": 0,
            }
        )
    return rows.getvalue()


def night(stack: EmbeddedStack) -> None:
    """What `make nightly` does."""
    where = {"PORT": str(stack.place.port), "DATA_DIR": str(stack.place.folder)}
    command = [sys.executable, "-m", "infra.local.nightly"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **where}, check=True, timeout=300)


def statuses(stack: EmbeddedStack) -> dict[str, str]:
    """The bonus status of each account, without reading one, which would settle it."""
    table = stack.aws("dynamodb").scan(TableName="partnerbook-local-accounts")["Items"]
    return {item["username"]["S"]: item["bonus_status"]["S"] for item in table}


def announcements(stack: EmbeddedStack) -> list[dict[str, Any]]:
    return [mail for mail in stack.mails() if "bonus" in mail["subject"].lower()]


def test_a_bonus_is_earned_on_day_95_and_mailed_once_with_a_link_to_the_file(tmp_path: Path) -> None:
    first_day = StackConfig(free_port(), tmp_path, TODAY.isoformat(), sample=Sample.NONE)
    with running(first_day) as stack:
        bring_in(stack.http("operator"), book().encode())
        night(stack)
        assert set(statuses(stack).values()) == {"tracking"}
        assert announcements(stack) == []
    with running(replace(first_day, today=(TODAY + timedelta(days=1)).isoformat())) as stack:
        night(stack)
        assert statuses(stack) == {"earns-tonight": "earned", "still-tracking": "tracking"}
        (mail,) = announcements(stack)
        assert "earns-tonight" in mail["text"]
        assert "still-tracking" not in mail["text"]
        assert "earns-tonight" in downloaded(mail, stack)
        before = stack.http("partner_admin").get("/bonuses").json()
        night(stack)
        assert stack.http("partner_admin").get("/bonuses").json() == before
        assert len(before["items"]) == 1
        assert len(announcements(stack)) == 1
        (latest, earlier) = stack.http("operator").get("/nightly-runs").json()["items"]
        assert (latest["partners"], latest["done"], latest["settled"], latest["bonuses"]) == (2, 2, 1, 1)
        assert (earlier["settled"], earlier["failures"], latest["failures"]) == (0, 0, 0)


def downloaded(mail: dict[str, Any], stack: EmbeddedStack) -> str:
    """The CSV that the mail links to."""
    existing = [send("GET", link) for link in re.findall(rf"{stack.info.api_url}/downloads/[\w-]+", mail["text"])]
    assert [item.status for item in existing] == [302, 302]
    files = [send("GET", item.headers["Location"]) for item in existing]
    (table,) = [file for file in files if file.headers["Content-Type"].startswith("text/csv")]
    return table.content.decode("utf-8-sig")

"""What the console weighs, what it reaches for, and whether 7,043 accounts stay light."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from gzip import compress, decompress
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from infra import console
from infra.local.api import send
from infra.package import ROOT

if TYPE_CHECKING:
    from tests.e2e.console.visitor import Visitor
    from tests.e2e.stack import EmbeddedStack

pytestmark = [pytest.mark.browser, pytest.mark.stack]

LIMIT_KB = 350
LONG_TASK_MS = 100
MOST_REQUESTS = 20
"""Of 200 accounts first, then of 500, status by status."""
WATCH = """
window.tasks = [];
new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => tasks.push(duration)))
  .observe({ type: 'longtask' });
"""


def built_files(*kinds: str) -> list[Path]:
    return [path for path in console.DIST.rglob("*") if path.suffix in kinds]


def test_all_scripts_and_styles_together_stay_under_350_kb_gzipped() -> None:
    size = sum(len(compress(path.read_bytes())) for path in built_files(".js", ".css"))
    print(f"\nconsole: {size / 1024:.1f} kB gzipped, JS and CSS, loaded at once or later")
    assert size / 1024 <= LIMIT_KB


def test_a_clean_copy_builds_by_itself_without_the_rest_of_the_repository(tmp_path: Path) -> None:
    """`npm run build` in a folder that holds what is committed under console/ and its libraries, and nothing else."""
    listed = subprocess.run(["git", "ls-files", "console"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.split():
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    (tmp_path / "console/node_modules").symlink_to(ROOT / "console/node_modules")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    build = ["npm", "run", "build", "--", "--logLevel", "warn"]
    where = tmp_path / "console"
    done = subprocess.run(
        build, cwd=where, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "console/dist/index.html").exists()


def test_the_page_has_no_inline_script_or_style_and_reaches_for_nobody_else(stack: EmbeddedStack) -> None:
    """The policy comes with the answer, as CloudFront adds it: a second one in the page could only differ from it."""
    page = unescape((console.DIST / "index.html").read_text())
    assert re.search(r"<style|<script(?![^>]*\bsrc=)| style=| on\w+=", page) is None
    assert "Content-Security-Policy" not in page
    policy = send("GET", stack.info.console_url).headers["Content-Security-Policy"]
    assert "script-src 'self'; style-src 'self'" in policy
    addresses = {
        found
        for path in built_files(".css", ".html")
        for found in re.findall(r"https?://[^\s\"'<>);]+", path.read_text())
    }
    assert addresses == set()


def test_seven_thousand_accounts_scroll_sort_and_filter_without_a_long_task(admin: Visitor) -> None:
    asked: list[str] = []
    admin.page.on("request", lambda request: asked.append(request.url) if "/v1/accounts?" in request.url else None)
    admin.menu("My accounts")
    admin.page.evaluate(WATCH)
    frame = admin.page.get_by_role("region", name="My accounts").first
    total = admin.stack.http("partner_admin").get("/summary").json()["total"]["total"]
    assert total >= 7_043
    everything = admin.page.locator("main").get_by_text(f"{total:,} accounts", exact=True)
    for _ in range(300):
        frame.evaluate("element => { element.scrollTop = element.scrollHeight }")
        admin.page.wait_for_timeout(100)
        if everything.count():
            break
    expect(everything).to_be_visible()
    assert len(asked) <= MOST_REQUESTS, asked
    for step in range(40):
        frame.evaluate("(element, top) => { element.scrollTop = top }", step * 9_000)
        admin.page.wait_for_timeout(40)
    admin.page.get_by_role("columnheader").get_by_role("button", name="List size").click()
    admin.settled()
    admin.choose("Plan", "Premium")
    admin.settled()
    tasks = admin.page.evaluate("tasks")
    print(f"\nlongest task while scrolling, sorting and filtering: {max(tasks, default=0):.0f} ms of {len(tasks)}")
    assert max(tasks, default=0) <= LONG_TASK_MS


def test_the_whole_book_takes_eight_requests_and_a_megabyte(stack: EmbeddedStack) -> None:
    api, path = stack.http("partner_viewer"), "/accounts?limit=1000"
    sizes: list[int] = []
    accounts: set[str] = set()
    cursor = ""
    while True:
        answer = api.get(f"{path}{cursor}", Accept_Encoding="gzip")
        assert answer.status == 200, answer.content
        sizes.append(len(answer.content))
        page = json.loads(decompress(answer.content))
        accounts |= {item["account_id"] for item in page["items"]}
        if "next" not in page:
            break
        cursor = f"&cursor={page['next']}"
    print(f"\nthe whole book: {len(sizes)} requests, {sum(sizes) / 1000:.0f} kB")
    assert len(accounts) >= 7_043
    assert len(sizes) <= 8
    assert sum(sizes) <= 1_000_000

"""Every command of docs/api.md runs on the embedded stack, in its order, and prints what the page says."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest

from tests.e2e.stack import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.stack import EmbeddedStack

pytestmark = pytest.mark.stack

PAGE = (ROOT / "docs/api.md").read_text()
BLOCK = re.compile(r"^```sh\n(?P<commands>.*?)^```$(?:\n\n```text\n(?P<printed>.*?)^```$)?", re.MULTILINE | re.DOTALL)
END = "-- end of block --"


def stack_file(stack: EmbeddedStack) -> str:
    """Return stack.json with the second partner's admin first: others count the first partner's accounts."""
    admin = stack.info.user("partner_admin", second=True)
    info = replace(stack.info, partner_id=str(admin.partner_id), users=(admin, *stack.info.users))
    return json.dumps(asdict(info))


def test_every_command_of_the_page_prints_what_the_page_says(stack: EmbeddedStack, tmp_path: Path) -> None:
    blocks = list(BLOCK.finditer(PAGE))
    assert len(blocks) == len(re.findall(r"^```\w", PAGE, re.MULTILINE)) - sum(bool(item["printed"]) for item in blocks)
    (tmp_path / "stack.json").write_text(stack_file(stack))
    once = secrets.token_hex(4)
    script = "set -euo pipefail\n" + "".join(f"{block['commands']}\necho '{END}'\n" for block in blocks)
    # Names and keys of this run alone, so that a stack that runs already can take the page again.
    for name in ("ada_lovelace", "first-account", "first-report", "second-report"):
        script = script.replace(name, f"{name}-{once}")
    environment = {**os.environ, "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [part.strip() for part in done.stdout.split(END)[:-1]] == [
        (block["printed"] or "").strip() for block in blocks
    ]

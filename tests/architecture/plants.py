"""What CONTRIBUTING counts: a dummy report, filter and field as edits of a copy of the tree, and a probe of each."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = ("chalicelib", "tests/fakes", "tests/unit/reports", "tests/unit/api")
COPIED_FILES = ("app.py", "tests/factories.py", "tests/api_client.py")


@dataclass(frozen=True, slots=True)
class Plant:
    """Something new: the files it touches, and code that fails unless it works."""

    probe: str
    new: dict[str, str] = field(default_factory=dict)
    """New files, with their content."""
    after: dict[str, dict[str, str]] = field(default_factory=dict)
    """By file: what stands behind which line, or behind which part of one."""
    copied_lines: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """By file: every line that begins with the first of the names stands there once more, with these replacements."""

    @property
    def files(self) -> set[str]:
        """Every file that is touched."""
        return {*self.new, *self.after, *self.copied_lines}


def copy_of_the_tree(folder: Path) -> Path:
    """Copy what the probes run."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in COPIED_FILES:
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def plant(what: Plant, folder: Path) -> None:
    """Make the edits in a copy."""
    for name, text in what.new.items():
        (folder / name).write_text(text)
    for name, pairs in what.copied_lines.items():
        _copy_lines(folder / name, pairs)
    for name, inserts in what.after.items():
        _insert(folder / name, inserts)


def _insert(path: Path, inserts: dict[str, str]) -> None:
    text = path.read_text()
    for anchor, inserted in inserts.items():
        assert text.count(anchor) == 1, f"{path.name} has {text.count(anchor)} times: {anchor}"
        text = text.replace(anchor, anchor + inserted)
    path.write_text(text)


def _copy_lines(path: Path, pairs: tuple[tuple[str, str], ...]) -> None:
    begins = re.compile(rf'\s*"?{pairs[0][0]}\b')
    lines = []
    for line in path.read_text().splitlines():
        lines.append(line)
        if begins.match(line):
            lines.append(_replaced(line, pairs))
    path.write_text("\n".join(lines) + "\n")


def _replaced(line: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        line = line.replace(old, new)
    return line


def run(probe: str, folder: Path) -> str:
    """Run a probe in a copy; what went wrong, empty if nothing did."""
    command = [sys.executable, "-W", "error", "-c", PREAMBLE + probe]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else ""


PREAMBLE = """
import sys
from pathlib import Path
sys.path.insert(0, ".")
import chalicelib
assert Path(chalicelib.__file__).is_relative_to(Path.cwd())
from dataclasses import replace
from chalicelib import bootstrap
from chalicelib.domain.accounts.accounts import Activity
from chalicelib.domain.accounts.query import AccountQuery
from tests.unit.reports.portfolio_of import ACME, ADMIN, account, ports_with
from tests.factories import a_person
from tests.api_client import ApiClient
from chalicelib.domain.access import Role
ports = ports_with(account(1), account(2, activity=Activity(login_count=5)))
ports.book.put(a_person("admin", ACME, Role.PARTNER_ADMIN, "admin@example.com", ports.now))
bootstrap.container = lambda: ports
from app import app
api = ApiClient(app, "admin")

def made(**body):
    from chalicelib.services.report_runs.worker import make
    reply = api.post("/reports", {"formats": ["csv"], **body}, key=str(len(ports.files.kept)))
    assert reply.status == 202, reply.text
    run = make(ports, ACME, reply.json["report_run_id"])
    assert run.status.value == "ready", run.reason
    return ports.files.kept[run.files[0].key].decode("utf-8-sig").splitlines()
"""

REPORT = Plant(
    new={
        "chalicelib/reports/types/names.py": '''"""Names: one row an account."""

from chalicelib.reports.report import Report, Sheet
from chalicelib.reports.table import Column


def read(data, context):
    return data.accounts.rows(context.partner_id, context.filters, ("username",))


def rows(batch, context):
    return [tuple(row) for row in batch]


REPORT = Report(code="names", title="Names", sheet=Sheet((Column("Username"),), rows), read=read)
'''
    },
    after={
        "chalicelib/reports/catalogue.py": {
            "    managed_account_details,\n": "    names,\n",
            "        managed_account_details.REPORT,\n": "        names.REPORT,\n",
        }
    },
    probe="""
assert made(report="names") == ["Username", "account.1", "account.2"]
reply = api.post("/reports", {"report": "names", "formats": ["pdf", "html", "xls", "xlsx"]}, key="all")
assert reply.status == 202, reply.text
""",
)

FILTER = Plant(
    after={
        "chalicelib/domain/accounts/query.py": {
            "    never_logged_in: bool = False\n": "    logins_min: int | None = None\n",
            "            and not (self.never_logged_in and activity.login_count)\n": (
                "            and _within(activity.login_count, self.logins_min, None)\n"
            ),
        },
        "chalicelib/api/accounts/filters.py": {
            "    never_logged_in: bool | UnsetType = UNSET\n": "    logins_min: Size | UnsetType = UNSET\n"
        },
        "chalicelib/api/report_runs/report_runs.py": {
            "    never_logged_in: bool | UnsetType = UNSET\n": "    logins_min: Size | UnsetType = UNSET\n"
        },
        "chalicelib/storage/stores/account_filter.py": {
            "        (Accounts.list_size, query.list_size_min, query.list_size_max),\n": (
                "        (Accounts.login_count, query.logins_min, None),\n"
            )
        },
        "chalicelib/reports/types/managed_account_details.py": {
            '            "never_logged_in",\n': '            "logins_min",\n'
        },
    },
    probe="""
from chalicelib.storage.stores.account_filter import key_query
assert "login_count" not in repr(key_query(ACME, AccountQuery()))
assert "login_count >= {'N': '3'}" in repr(key_query(ACME, AccountQuery(logins_min=3)))
reply = api.get("/accounts?logins_min=3")
assert [item["username"] for item in reply.json["items"]] == ["account.2"], reply.text
assert len(made(report="portfolio", filters={"logins_min": 3})) == 2
assert len(made(report="managed-account-details", account_status="O", filters={"logins_min": 3})) == 2
""",
)

WEBSITE = (
    ("website", "nickname"),
    ("Website", "PartnerAccountId"),
    ("WEBSITE", "PARTNER_ACCOUNT_ID"),
)
FIELD = Plant(
    copied_lines={
        "chalicelib/domain/accounts/accounts.py": WEBSITE,
        "chalicelib/domain/accounts/profiles.py": WEBSITE,
        "chalicelib/services/accounts/accounts.py": WEBSITE,
        "chalicelib/api/accounts/accounts.py": WEBSITE,
        "chalicelib/api/accounts/views.py": WEBSITE,
        "chalicelib/api/accounts/presenting.py": WEBSITE,
        "chalicelib/storage/stores/accounts_table.py": WEBSITE,
    },
    after={"chalicelib/storage/stores/accounts.py": {"organization website ": "nickname "}},
    probe="""
from chalicelib.storage.stores.accounts import ACCOUNT
from chalicelib.storage.stores.accounts_table import Accounts
assert "nickname" in Accounts.get_attributes()
body = {"username": "new.account", "organization": "New", "owner": {"first_name": "A", "last_name": "B",
        "email": "a@example.org", "phone": ""}, "plan": "trial", "nickname": "Newt"}
reply = api.post("/accounts", body, key="k-1")
assert reply.status == 201 and reply.json["nickname"] == "Newt", reply.text
path = f"/accounts/{reply.json['account_id']}"
reply = api.using(If_Match=reply.headers["ETag"]).call("PATCH", path, {"nickname": "Newton"})
assert reply.status == 200 and api.get(path).json["nickname"] == "Newton", reply.text
account = ports.accounts.get(ACME, reply.json["account_id"])
assert ACCOUNT.attributes(account)["nickname"] == "Newton"
""",
)

"""What CONTRIBUTING counts: a dummy of each kind, as edits of a copy of the tree, and a probe that it works."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = ("chalicelib", "tests/fakes", "tests/unit/reports", "tests/unit/api")
COPIED_FILES = (
    "app.py",
    "pyproject.toml",
    "tests/factories.py",
    "tests/api_client.py",
    "tests/tables.py",
    "infra/__init__.py",
    "infra/fragments.py",
    "infra/tables.py",
    "infra/template/tables.yaml",
)


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
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
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
            '    never_logged_in: Annotated[bool, Rule("activity.login_count", asked=_none_at_all)] = False\n': (
                '    logins_min: Annotated[int | None, Rule("activity.login_count", Comparison.AT_LEAST)] = None\n'
            ),
        },
        "chalicelib/api/accounts/filters.py": {
            "    never_logged_in: bool | UnsetType = UNSET\n": "    logins_min: Size | UnsetType = UNSET\n"
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

MAIL = Plant(
    after={
        "chalicelib/domain/mail/deliveries.py": {
            '    RECIPIENT_CONFIRMATION = "recipient_confirmation"\n': '    WELCOME = "welcome"\n'
        },
        "chalicelib/domain/mail/email_messages.py": {
            "    works_until: datetime\n": "\n\n@dataclass(frozen=True)\nclass Welcome:\n    partner: str\n",
            "| TeamInvitation | PermissionAsked | RecipientConfirmation": " | Welcome",
        },
        "chalicelib/services/mail/email_messages.py": {
            "import Mail, PermissionAsked, RecipientConfirmation, TeamInvitation": ", Welcome",
            "    return Written(address, content, writes=(Insert(issued.link),))\n": """

def _welcome(_, partner, delivery, at):
    return Written(delivery.address, Welcome(partner=partner.name))
""",
            "    DeliveryKind.RECIPIENT_CONFIRMATION: _confirmation,\n": "    DeliveryKind.WELCOME: _welcome,\n",
        },
        "chalicelib/notifications/templates/messages.py": {
            "    ReportReady,\n    TeamInvitation,\n": "    Welcome,\n",
            'WHOEVER = "Whoever has such a link can download the file, so pass it on with care."\n': """

def _welcome(content, places):
    return Draft(subject=f"Welcome to {content.partner}", preview="", blocks=(), why="You joined.")
""",
            "    RecipientConfirmation: _recipient_confirmation,\n": "    Welcome: _welcome,\n",
        },
    },
    probe="""
from chalicelib.domain.mail.deliveries import DeliveryKind, queued
from chalicelib.notifications.templates.messages import BaseUrls, draft
from chalicelib.services.mail.send_worker import deliver
delivery = queued(DeliveryKind.WELCOME, ACME, ports.now, address="ada@example.com")
ports.book.put(delivery)
assert deliver(ports, ACME, delivery.delivery_id).status.value == "sent"
(mail,) = ports.mailer.sent
assert draft(mail.content, BaseUrls("a", "b", "c")).subject == "Welcome to Acme Agency"
assert [item["kind"] for item in api.get("/deliveries").json["items"]] == ["welcome"]
""",
)

RESOURCE = Plant(
    new={
        "chalicelib/domain/notes.py": '''"""Notes of a partner."""

from dataclasses import dataclass
from typing import Protocol

from chalicelib.domain.kernel.clock import HasClock


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note."""

    partner_id: str
    note_id: str
    text: str


class NoteStore(Protocol):
    """Notes of one partner."""

    def page(self, partner_id, after, limit): ...


class HasNotes(HasClock, Protocol):
    """Notes."""

    @property
    def notes(self) -> NoteStore: ...
''',
        "chalicelib/services/notes.py": '''"""Notes: writes them and lists them."""

from chalicelib.domain.audit import entry
from chalicelib.domain.changes import Change, Insert
from chalicelib.domain.kernel import ids
from chalicelib.domain.notes import Note


def create(ports, actor, text):
    """Write a note."""
    at = ports.clock()
    note = Note(partner_id=actor.partner_id, note_id=ids.ordered_id("note", at), text=text)
    return Change((Insert(note), Insert(entry(actor, at, "note.created", after=note))), note)


def page(ports, actor, after, limit):
    """List notes."""
    return ports.notes.page(actor.partner_id, after, limit)
''',
        "chalicelib/storage/stores/notes.py": '''"""Notes on DynamoDB."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.notes import Note
from chalicelib.storage.dynamo.mapper import dataclass_mapper
from chalicelib.storage.dynamo.query import KeyQuery


class Notes(Model):
    """Notes of a partner."""

    class Meta:
        table_name = "notes"

    partner_id = UnicodeAttribute(hash_key=True)
    note_id = UnicodeAttribute(range_key=True)
    text = UnicodeAttribute()


NOTE = dataclass_mapper(Note, Notes)


class DynamoNotes:
    """A NoteStore on DynamoDB."""

    def __init__(self, reader):
        self._reader = reader

    def page(self, partner_id, after, limit):
        """Return the oldest first."""
        return self._reader.page(NOTE, KeyQuery(table=Notes, partition=partner_id).after(after), limit)
''',
        "chalicelib/api/notes.py": '''"""Notes: writing and listing them."""

from __future__ import annotations

from chalicelib.api.http.answer import Answer
from chalicelib.api.http.blueprint import Blueprint
from chalicelib.api.http.cursors import Next, PageQuery, next_cursor, start_after
from chalicelib.api.http.operation import Body, NoQuery, View
from chalicelib.api.http.request import Request
from chalicelib.api.http.text_fields import Greeting
from chalicelib.services import notes
from msgspec import UNSET

blueprint = Blueprint(__name__)


class NewNote(Body):
    text: Greeting


class NoteView(View):
    note_id: str
    text: str


class NoteList(View):
    items: list[NoteView]
    next: Next = UNSET


@blueprint.operation("create_note", "POST /notes", status=201)
def create_note(request: Request[NewNote, NoQuery]) -> Answer[NoteView]:
    """Write a note."""
    return request.execute(
        lambda: notes.create(request.ports, request.actor, request.body.text),
        lambda note: Answer(NoteView(note_id=note.note_id, text=note.text)),
    )


@blueprint.operation("list_notes", "GET /notes")
def list_notes(request: Request[None, PageQuery]) -> NoteList:
    """List notes."""
    query, partner_id = request.query, request.partner.partner_id
    page = notes.page(request.ports, request.actor, start_after(query, partner_id), query.limit)
    items = [NoteView(note_id=note.note_id, text=note.text) for note in page.items]
    return NoteList(items=items, next=next_cursor(query, partner_id, page.next))
''',
    },
    after={
        "pyproject.toml": {'"access | service_requests': " | notes"},
        "chalicelib/domain/access.py": {
            '    "list_service_requests": READERS,\n': '    "create_note": EDITORS,\n    "list_notes": READERS,\n'
        },
        "chalicelib/api/routes.py": {'    "/service-requests": "service_requests",\n': '    "/notes": "notes",\n'},
        "chalicelib/bootstrap.py": {
            "    HasServiceRequests,\n": "    HasNotes,\n",
            "from chalicelib.domain.service_requests import HasServiceRequests\n": (
                "from chalicelib.domain.notes import HasNotes\n"
            ),
            "    service_requests: Stored[DynamoServiceRequests] = "
            'Stored("service_requests.DynamoServiceRequests")\n': (
                '    notes: Stored[DynamoNotes] = Stored("notes.DynamoNotes")\n'
            ),
            "    from chalicelib.storage.stores.service_requests import DynamoServiceRequests\n": (
                "    from chalicelib.storage.stores.notes import DynamoNotes\n"
            ),
        },
        "infra/template/tables.yaml": {
            "          KeySchema: [{AttributeName: status, KeyType: HASH}, "
            "{AttributeName: service_request_id, KeyType: RANGE}]\n"
            "          Projection: {ProjectionType: ALL}\n": """
  NotesTable:
    <<: *table
    Properties:
      <<: *guarded
      TableName: !Sub partnerbook-${Stage}-notes
      AttributeDefinitions:
        - {AttributeName: partner_id, AttributeType: S}
        - {AttributeName: note_id, AttributeType: S}
      KeySchema: [{AttributeName: partner_id, KeyType: HASH}, {AttributeName: note_id, KeyType: RANGE}]
"""
        },
    },
    probe="""
import os
from moto import mock_aws
from chalicelib.config import Settings
from chalicelib.domain.changes import Change, Insert
from chalicelib.domain.partners.partners import Partner
from infra import fragments
from infra.tables import models
from tests.tables import make_tables
assert "NotesTable" in fragments.read(Path("infra/template/tables.yaml"))["Resources"]
assert "notes" in [table.Meta.table_name for table in models()]
os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
os.environ.pop("AWS_ENDPOINT_URL", None)
with mock_aws():
    container = bootstrap.Container(Settings(table_prefix="planted-"))
    make_tables(container)
    people = (ports.partners.get(ACME), a_person("admin", ACME, Role.PARTNER_ADMIN, "admin@example.com", ports.now))
    container.transaction_writer.write(Change(tuple(map(Insert, people)), None))
    bootstrap.container = lambda: container
    reply = api.post("/notes", {"text": "Call back"}, key="note")
    assert reply.status == 201, reply.text
    assert api.get("/notes").json["items"] == [reply.json]
""",
)

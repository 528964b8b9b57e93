"""Nothing that a function can do escapes the derivation: planted calls are found, what cannot be followed is told."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from infra.permissions.derivation import Needs, derive
from infra.permissions.program import NotDerivable
from tests.access.derived import ROOT, needs

pytestmark = pytest.mark.slow

PLANTED = (
    ("services/mail/recovery.py", "_recovered", "if stale.attempts > 99: ports.suppressions.among(('key',))"),
    (
        "services/imports/imports.py",
        "preview",
        "if not import_id: ports.files.create(ports.imports.get('p', 'i').folder + import_id, 'text/plain')",
    ),
    ("reports/types/cancels_and_move_outs.py", "read", "if not context.partner_id: data.departures.of_account('a')"),
    ("jobs/nightly.py", "nightly", "if ports.clock().year > 9000: ports.delivery_queue.send_all(())"),
    (
        "services/mail/send_worker.py",
        "deliver",
        """from chalicelib.domain.changes import Change, Remove
try: partner_id.encode()
except UnicodeError:
    gone = [ports.deliveries.get(partner_id, '')]
    ports.transaction_writer.write(Change(tuple(map(Remove, gone)), None))""",
    ),
    (
        "notifications/identity.py",
        "end_sessions",
        "if not subject: self._client.admin_delete_user(UserPoolId=self._pool_id, Username=subject)",
    ),
)
"""Each in a branch that nobody ever comes by: a file, a function, and what it does besides."""
FOUND = {
    ("sweeper", "dynamodb:BatchGetItem", "SuppressionsTable", "chalicelib/storage/stores/suppressions.py"),
    ("api", "s3:AbortMultipartUpload", "${FilesBucket.Arn}/imports/*", "chalicelib/storage/s3/multipart.py"),
    (
        "report_worker",
        "dynamodb:Query",
        "${DeparturesTable.Arn}/index/by_account",
        "chalicelib/storage/stores/departures.py",
    ),
    ("nightly", "sqs:SendMessage", "DeliveryQueue", "chalicelib/jobs/nightly.py"),
    ("delivery_worker", "dynamodb:DeleteItem", "DeliveriesTable", "chalicelib/services/mail/send_worker.py"),
    ("sweeper", "cognito-idp:AdminDeleteUser", "UserPool", "chalicelib/notifications/identity.py"),
    ("api", "cognito-idp:AdminDeleteUser", "UserPool", "chalicelib/notifications/identity.py"),
}
NOT_TO_BE_FOLLOWED = (
    (
        "jobs/nightly.py",
        "nightly",
        """from typing import Any
from chalicelib.domain.changes import Insert
thing: Any = ports
print(Insert(thing))""",
    ),
    ("jobs/sweeper.py", "sweeper", "from typing import Any\nthing: Any = ports.usernames\nthing.find_many(())"),
    ("storage/s3/files.py", "look_up", "self._client.get_object_tagging(Bucket=self._bucket, Key=key)"),
    ("services/report_runs/downloads.py", "follow", "ports.files.delete_all(token)"),
)
TOLD = (
    "of no known kind",
    "find_many is asked of something without a type",
    "which permission get_object_tagging takes",
    "which folder this file is in",
)


def planted(folder: Path, plants: tuple[tuple[str, str, str], ...]) -> Path:
    """A copy of the tree with these statements at the beginning of these functions."""
    shutil.copytree(ROOT / "chalicelib", folder / "chalicelib", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "infra/template", folder / "infra/template")
    for path, function, statements in plants:
        file = folder / "chalicelib" / path
        lines = file.read_text().splitlines()
        nodes = (item for item in ast.walk(ast.parse("\n".join(lines))) if isinstance(item, ast.FunctionDef))
        docstring = next(node for node in nodes if node.name == function).body[0]
        indent = " " * docstring.col_offset
        lines[docstring.end_lineno or 0 : docstring.end_lineno] = [indent + line for line in statements.splitlines()]
        file.write_text("\n".join(lines))
    return folder


def flat(derived: Needs) -> set[tuple[str, str, str, str]]:
    return {
        (function, *permission, need.place.path)
        for function, needed in derived.items()
        for permission, need in needed.items()
    }


def test_calls_planted_in_rare_branches_are_found_and_nothing_else(tmp_path: Path) -> None:
    existing = {row[:3] for row in flat(needs())}
    assert {row for row in flat(derive(planted(tmp_path, PLANTED))) if row[:3] not in existing} == FOUND


def test_what_cannot_be_followed_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(NotDerivable) as reported:
        derive(planted(tmp_path, NOT_TO_BE_FOLLOWED))
    lines = str(reported.value).splitlines()
    assert len(lines) == len(NOT_TO_BE_FOLLOWED)
    for (path, _, _), problem in zip(NOT_TO_BE_FOLLOWED, TOLD, strict=True):
        assert any(line.startswith(f"chalicelib/{path}:") and problem in line for line in lines), lines


def test_every_need_has_its_place_in_the_code() -> None:
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in {row[3] for row in flat(needs())}}
    places = [need.place for needed in needs().values() for need in needed.values()]
    assert [place for place in places if not 0 < place.line <= lengths[place.path]] == []


@pytest.mark.parametrize(
    ("function", "action", "resource"),
    [
        ("report_worker", "dynamodb:Query", "${BonusesTable.Arn}/index/by_partner"),
        ("api", "dynamodb:UpdateItem", "DeparturesTable"),
        ("api", "dynamodb:UpdateItem", "RequestsTable"),
        ("report_worker", "sqs:SendMessage", "SettlementQueue"),
        pytest.param(
            "report_worker", "s3:GetObject", "${FilesBucket.Arn}/reports/*", marks=pytest.mark.aws("R7"), id="R7"
        ),
    ],
)
def test_what_is_done_seldom_is_derived(function: str, action: str, resource: str) -> None:
    """A moved account in a tracker, one that is erased, a key used after its window, an account that is set aside, and
    an answer of S3 that was lost: each failed in production while a tour through the product passed."""
    assert (action, resource) in needs()[function]

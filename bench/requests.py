"""What the HTTP edge costs: CPU of one request through the Lambda handler, against bare Chalice with the same calls.

`python -m bench.requests` prints for each request the milliseconds of both and their ratio, at most 1.5. The bare side
is a Chalice route that makes the very AWS calls that ours made, by botocore as it comes, and answers what they gave.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.canned_dynamodb import serving
from bench.results import at_most, report, reported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chalice.app import Chalice

    from bench.results import Result
    from chalicelib.storage.dynamo.connection import Connection

ROUNDS = 15
REPEATS = 40
LIMIT = 1.5
NOW = datetime(2026, 11, 5, 12, tzinfo=UTC)
PARTNER = "prt_00000000000000000000000000"
Calls = list[tuple[str, dict[str, Any]]]


def entities() -> tuple[Any, Any, list[Any]]:
    """A member, its partner, and fifty accounts."""
    from chalicelib.domain.access import Role
    from chalicelib.domain.accounts.accounts import Account, AccountType, Activity, BillingMode, Owner, Status
    from chalicelib.domain.accounts.plans import Plan
    from chalicelib.domain.partners.members import Member
    from chalicelib.domain.partners.partners import Partner, PartnerSettings

    member = Member(
        subject="ann", partner_id=PARTNER, role=Role.PARTNER_ADMIN, email="a@b.example", name="A", since=NOW
    )
    partner = Partner(
        partner_id=PARTNER,
        name="Acme",
        created_at=NOW,
        settings=PartnerSettings(recipients=("a@b.example",)),
        settled_on=date.max,
    )
    account = {
        "partner_id": PARTNER,
        "owner": Owner(first_name="Ada", last_name="Lovelace", email="ada@engines.example", phone="+44 20 7946 0000"),
        "account_type": AccountType.MANAGED,
        "billing_mode": BillingMode.SINGLE_BILL,
        "plan": Plan.STANDARD,
        "status": Status.OPEN,
        "created_on": NOW.date(),
        "initial_upgrade_on": NOW.date(),
        "activity": Activity(list_size=1200, login_count=31, last_login_on=NOW.date(), campaigns_sent=9, as_of=NOW),
    }
    accounts = [
        Account(account_id=f"acct_{n:026}", username=f"account_{n}", organization=f"Firm {n}", **account)  # type: ignore[arg-type]
        for n in range(50)
    ]
    return member, partner, accounts


def audit_entries() -> list[Any]:
    """Fifty entries of the audit trail."""
    from chalicelib.domain.access import Role
    from chalicelib.domain.audit import AuditEntry, AuditKind, FieldChange

    changes = (FieldChange("organization", "Firm 1", "Firm 2"),)
    return [
        AuditEntry(
            audit_id=f"aud_{n:026}",
            partner_id=PARTNER,
            at=NOW,
            kind=AuditKind.ACCOUNT_CREATED,
            subject="ann",
            role=Role.PARTNER_ADMIN,
            account_id=f"acct_{n:026}",
            changes=changes,
        )
        for n in range(50)
    ]


def answers(connection: Connection) -> dict[str, Any]:
    """What DynamoDB says to each call."""
    from chalicelib.storage.transactions.registry import mapper_of

    def item(entity: Any) -> tuple[str, dict[str, Any]]:
        mapper = mapper_of(entity)
        connection.bind(mapper.table)
        return mapper.table.Meta.table_name, mapper.table(**mapper.stored(entity)).serialize()

    member, partner, accounts = entities()
    items = [item(entry) for entry in (member, partner, accounts[0])]
    listed = [item(account)[1] for account in accounts]
    page = {"Items": listed, "Count": 50, "ScannedCount": 50}
    audited = [item(entry) for entry in audit_entries()]
    found_audit = {"Items": [entry for _, entry in audited], "Count": 50, "ScannedCount": 50}
    found = {f"GetItem {table}": {"Item": element} for table, element in items}
    none_left = {"Items": [], "Count": 0, "ScannedCount": 0}
    found |= {f"Query {items[0][0]}": {"Items": [items[0][1]], "Count": 1, "ScannedCount": 1}}
    found |= {f"Query {audited[0][0]}": found_audit}
    return {**found, f"Query {items[2][0]}": page, f"Query {items[2][0].replace('accounts', 'departures')}": none_left}


def recorded(client: Any, request: Callable[[], Any]) -> Calls:
    """The AWS calls that a request makes."""
    calls: Calls = []

    def note(params: dict[str, Any], model: Any, **_: Any) -> None:
        calls.append((model.name, json.loads(json.dumps(params))))

    client.meta.events.register("before-parameter-build.dynamodb", note)
    request()
    client.meta.events.unregister("before-parameter-build.dynamodb", note)
    return calls


def bare(address: str, calls: Calls) -> Chalice:
    """A Chalice app with one route that makes these calls."""
    import botocore.session
    from chalice.app import Chalice

    app = Chalice("bare", configure_logs=False)
    client = botocore.session.get_session().create_client("dynamodb", "us-east-1", endpoint_url=address)
    methods = {name: getattr(client, _snake(name)) for name, _ in calls}

    @app.route("/bare")
    def view() -> Any:
        *_, last = [methods[name](**params) for name, params in calls]
        return last.get("Items") or last.get("Item") or {}

    return app


def _snake(name: str) -> str:
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_")


def milliseconds(request: Callable[[], Any]) -> float:
    """CPU of one request, over some."""
    gc.collect()
    started = time.process_time()
    for _ in range(REPEATS):
        request()
    return (time.process_time() - started) * 1000 / REPEATS


def compared(ours: Callable[[], Any], theirs: Callable[[], Any]) -> tuple[float, float]:
    """The least of both, taken in turns: whatever else runs on the machine only adds."""
    rounds = [(milliseconds(ours), milliseconds(theirs)) for _ in range(ROUNDS)]
    return min(item for item, _ in rounds), min(item for _, item in rounds)


@contextmanager
def quiet() -> Iterator[None]:
    """With the log written, but nowhere."""
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        yield


def main() -> int:
    """Measure and print; fails above the limit."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ |= {"PARTNER_RATE": "1000000", "PARTNER_BURST": "1000000"}
    from chalicelib import bootstrap

    container = bootstrap.container()
    assert isinstance(container, bootstrap.Container)
    connection = container._connection  # noqa: SLF001 the calls are noted on its client
    with serving(answers(connection)) as address, quiet():
        os.environ["AWS_ENDPOINT_URL"] = address
        results = [item for request in REQUESTS for item in measured(address, connection.client, *request)]
    return report("requests", results)


REQUESTS = (
    ("account", "GET", f"/accounts/acct_{0:026}"),
    ("activate_add_on", "PUT", f"/accounts/acct_{0:026}/add-ons/sms"),
    ("account_page", "GET", "/accounts?limit=50"),
    ("audit_page", "GET", "/audit?limit=50"),
)


def measured(address: str, client: Any, name: str, method: str, path: str) -> Iterator[Result]:
    """Compare one request."""
    from app import app
    from tests.api_client import ApiClient

    event = ApiClient(app, "ann").event(method, path)
    answer = app(event, None)
    calls = recorded(client, lambda: app(event, None))
    plain = bare(address, calls)
    asked = ApiClient(plain).event("GET", "/bare")
    assert answer["statusCode"] == plain(asked, None)["statusCode"] == 200, answer
    ours, theirs = compared(lambda: app(event, None), lambda: plain(asked, None))
    yield reported(f"requests.{name}.cpu", ours, "ms")
    yield reported(f"requests.{name}.bare_cpu", theirs, "ms")
    yield reported(f"requests.{name}.aws_calls", len(calls), "calls")
    yield at_most(f"requests.{name}", ours / theirs, "x bare", LIMIT)


if __name__ == "__main__":
    sys.exit(main())

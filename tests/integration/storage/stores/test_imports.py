"""Imports are kept as they are, found by who must find them, and a whole one runs on DynamoDB."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.bootstrap import Container, Ports
from chalicelib.domain.access import Actor, Role
from chalicelib.domain.accounts.query import AccountQuery
from chalicelib.domain.changes import Change, Insert, Remove, Replace
from chalicelib.domain.imports.columns import ImportKind
from chalicelib.domain.imports.dates import DateFormat
from chalicelib.domain.imports.imports import (
    Import,
    ImportCounts,
    ImportStatus,
    ImportTurn,
    Offset,
    Rejections,
    Understood,
    Upload,
)
from chalicelib.domain.imports.transitions import acquired, done, progressed, requested, started, validated
from chalicelib.domain.kernel import ids
from chalicelib.domain.kernel.errors import Conflict, NotFound, StaleVersion
from chalicelib.services.imports import imports
from chalicelib.services.imports.worker import run
from chalicelib.services.rate_limiter import RateLimiter
from chalicelib.services.transactions import retry_on_conflict
from tests.factories import NOON, a_partner, an_operator
from tests.fakes import FakePorts
from tests.unit.domain.imports.portfolio_rows import CANCELLED, OPEN
from tests.unit.services.imports.importing import as_file, result


def an_import(partner_id: str, seconds: int = 0) -> Import:
    actor = Actor("operator", Role.OPERATOR, partner_id)
    return requested(actor, ImportKind.PORTFOLIO, NOON + timedelta(seconds=seconds))


def insert(ports: Ports, *entities: Any) -> None:
    ports.transaction_writer.write(Change(tuple(map(Insert, entities)), None))


def move_on(ports: Ports, current: Import, now: Import) -> Import:
    return ports.transaction_writer.write(Change((Replace(current, now),), now))


def test_an_import_comes_back_as_it_was_written_at_every_step(ports: Ports, partner_id: str) -> None:
    item = an_import(partner_id)
    insert(ports, item)
    assert ports.imports.get(partner_id, item.import_id) == item
    counts = ImportCounts(rows=10, created=4, adjusted=3, unchanged=2, rejected=1)
    rejections = Rejections(3, "7,ünï,plan,“gold” is none\r\n")
    for step in (
        lambda current: started(current, Upload(1_234, '"etag"'), NOON, DateFormat.MONTH_FIRST),
        lambda current: acquired(current, NOON),
        lambda current: validated(current, 99, Understood("semicolon", "UTF-8", ("username",)), NOON),
        lambda current: progressed(current, Offset(567, 12), counts, rejections, NOON),
        lambda current: progressed(current, Offset(568, 13), counts, Rejections(4), NOON),
        lambda current: done(current, NOON + timedelta(microseconds=1)),
    ):
        item = move_on(ports, item, step(item))
        assert ports.imports.get(partner_id, item.import_id) == item


def test_a_step_from_what_is_no_longer_so_is_refused(ports: Ports, partner_id: str) -> None:
    item = an_import(partner_id)
    insert(ports, item)
    move_on(ports, item, acquired(item, NOON))
    with pytest.raises(StaleVersion):
        move_on(ports, item, acquired(item, NOON))


def test_a_partner_has_one_turn(ports: Ports, partner_id: str) -> None:
    turn = ImportTurn(partner_id, "imp_1")
    insert(ports, turn)
    with pytest.raises(Conflict):
        insert(ports, replace(turn, import_id="imp_2"))
    insert(ports, ImportTurn(ids.random_id("prt"), "imp_3"))
    ports.transaction_writer.write(Change((Remove(turn),), None))
    insert(ports, replace(turn, import_id="imp_2"))


def test_a_turn_is_no_import(ports: Ports, partner_id: str) -> None:
    made = [an_import(partner_id, seconds) for seconds in range(3)]
    insert(ports, ImportTurn(partner_id, made[0].import_id), *made)
    assert list(ports.imports.page(partner_id, None, 10).items) == made[::-1]
    for name in ("#turn", "turn", "imp_", ""):
        with pytest.raises(NotFound):
            ports.imports.get(partner_id, name)


def test_imports_are_listed_the_newest_first_page_by_page(ports: Ports, partner_id: str) -> None:
    made = [an_import(partner_id, seconds) for seconds in range(5)]
    insert(ports, *made, an_import(ids.random_id("prt")))
    first = ports.imports.page(partner_id, None, 3)
    assert list(first.items) == made[:1:-1]
    second = ports.imports.page(partner_id, first.next, 3)
    assert (list(second.items), second.next) == (made[1::-1], None)
    assert ports.imports.page(partner_id, "~", 9).items == tuple(made[::-1])
    assert ports.imports.page(partner_id, "#turn", 9).items == ()


def test_an_unknown_import_and_another_partners_are_not_found_alike(ports: Ports, partner_id: str) -> None:
    item = an_import(partner_id)
    insert(ports, item)
    with pytest.raises(NotFound) as unknown:
        ports.imports.get(partner_id, an_import(partner_id).import_id)
    with pytest.raises(NotFound) as foreign:
        ports.imports.get(ids.random_id("prt"), item.import_id)
    assert unknown.value.detail == foreign.value.detail


def test_only_those_that_run_are_found_as_running(ports: Ports, partner_id: str) -> None:
    made = [an_import(partner_id, seconds) for seconds in range(3)]
    insert(ports, *made)
    later, sooner = (move_on(ports, made[n], started(made[n], Upload(1, "t"), made[2 - n].created_at)) for n in (0, 2))
    mine = [item for item in ports.imports.running(200) if item.partner_id == partner_id]
    assert mine == [sooner, later]
    move_on(ports, sooner, done(sooner, NOON))
    assert [item for item in ports.imports.running(200) if item.partner_id == partner_id] == [later]


class HalfFake(FakePorts):
    """Files, queue and clock in memory, the book on DynamoDB."""

    def __init__(self, dynamo: Container) -> None:
        super().__init__()
        for name in (
            "transaction_writer",
            "accounts",
            "usernames",
            "counters",
            "partners",
            "bonuses",
            "departures",
            "audit",
            "imports",
        ):
            setattr(self, name, getattr(dynamo, name))


def test_an_import_on_dynamodb_writes_all_that_belongs_to_its_rows(dynamo: Container, partner_id: str) -> None:
    ports = HalfFake(dynamo)
    actor = Actor("operator", Role.OPERATOR, partner_id)
    ports.book.put(an_operator(subject=actor.subject))
    insert(ports, a_partner(partner_id=partner_id))  # type: ignore[arg-type]
    mark = partner_id[-8:].lower()
    rows = [{**OPEN, "username": f"{mark}-{n:03}"} for n in range(40)]
    rows += [{**CANCELLED, "username": f"{mark}-gone-{n}", "add_ons": "sms"} for n in range(5)]
    rows += [{**OPEN, "username": f"{mark}-bad", "plan": "gold"}, rows[0]]
    for expected in (
        ImportCounts(rows=47, created=40, adjusted=5, rejected=2),
        ImportCounts(rows=47, unchanged=45, rejected=2),
    ):
        made = retry_on_conflict(ports.transaction_writer, lambda: imports.request(ports, actor, ImportKind.PORTFOLIO))  # type: ignore[arg-type]
        ports.files.kept[made.upload_key] = as_file(rows)
        retry_on_conflict(ports.transaction_writer, lambda made=made: imports.start(ports, actor, made.import_id))  # type: ignore[arg-type]
        ended = run(ports, partner_id, made.import_id, RateLimiter(0))  # type: ignore[arg-type]
        assert ended is not None
        assert (ended.status, ended.counts) == (ImportStatus.DONE, expected)
        assert [line["line"] for line in result(ports, ended)] == ["47", "48"]
        assert ports.imports.get(partner_id, made.import_id) == ended
    assert ports.counters.summary(partner_id).of() == 45
    assert len(list(ports.bonuses.of_partner(partner_id))) == 45
    assert len(ports.accounts.page(partner_id, AccountQuery(), None, 100).items) == 45
    assert len(list(ports.departures.between(partner_id, NOON.date() - timedelta(90), NOON.date()))) == 5

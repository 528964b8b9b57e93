"""Restoring tables under new names and switching to them (docs/aws.md, row W13)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra import restore, restored_tables, stack
from infra.rehearsal.session import Session

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
AT = "2026-11-05T09:30:00Z"
SET = "20261105t093000z-"
LIVE, RESTORED = "partnerbook-prod-accounts", f"partnerbook-prod-{SET}accounts"
pytestmark = pytest.mark.aws("W13")


@pytest.fixture(autouse=True)
def deployed(deploying: Any, session: Session) -> None:
    deploying("prod")
    session.client("dynamodb").items[LIVE] = 7043


def run(session: Session, **environment: str) -> None:
    restore.main({"STAGE": "prod", **environment}, NOW, session.account(), pause=0)


def tables(session: Session) -> dict[str, Any]:
    return {resource.physical_id: resource for resource in session.world.resources.values() if "Table" in resource.kind}


def in_use(session: Session) -> set[str]:
    api = next(resource for resource in session.world.resources.values() if resource.logical_id == "APIHandler")
    return {api.properties["Environment"]["Variables"]["TABLE_PREFIX"]}


def test_every_table_of_the_stack_is_restored_and_guarded_as_its_source(session: Session) -> None:
    before = set(tables(session))
    run(session, AT=AT)
    made = {name: table for name, table in tables(session).items() if name not in before}
    assert {name.replace(SET, "") for name in made} == before
    for name, table in made.items():
        source = tables(session)[name.replace(SET, "")].properties
        for guard in ("DeletionProtectionEnabled", "PointInTimeRecoverySpecification", "TimeToLiveSpecification"):
            assert table.properties.get(guard) == source.get(guard), (name, guard)


def test_a_restore_changes_nothing_of_the_stage(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    run(session, AT=AT)
    assert in_use(session) == {"partnerbook-prod-"}
    out = capsys.readouterr().out
    assert f"{RESTORED}: 7043 items; {LIVE} has 7043 now" in out
    assert f"make restore STAGE=prod SWITCH={SET}" in out


def test_one_parameter_switches_the_stage_and_switches_it_back(session: Session) -> None:
    run(session, AT=AT)
    run(session, SWITCH=SET)
    assert in_use(session) == {f"partnerbook-prod-{SET}"}
    role = next(resource for resource in session.world.resources.values() if resource.logical_id == "ApiHandlerRole")
    assert f"table/{RESTORED}" in str(role.properties)
    assert f"table/{LIVE}'" not in str(role.properties)
    alarms = [resource for resource in session.world.resources.values() if resource.kind == "AWS::CloudWatch::Alarm"]
    stats = [
        m["MetricStat"]["Metric"] for alarm in alarms for m in alarm.properties.get("Metrics", []) if "MetricStat" in m
    ]
    watched = {d["Value"] for stat in stats for d in stat["Dimensions"] if d["Name"] == "TableName"}
    assert RESTORED in watched
    assert LIVE not in watched
    assert LIVE not in watched
    run(session, SWITCH="own")
    assert in_use(session) == {"partnerbook-prod-"}


def test_nothing_is_ever_deleted(session: Session) -> None:
    before = set(tables(session))
    run(session, AT=AT)
    run(session, SWITCH=SET)
    assert before < set(tables(session))


def test_tables_of_a_stage_whose_name_begins_alike_are_left_alone(session: Session, deploying: Any) -> None:
    deploying("production")
    run(session, AT=AT)
    assert not [name for name in tables(session) if name.startswith("partnerbook-production") and SET in name]


def test_no_more_restores_run_at_once_than_dynamodb_allows(session: Session) -> None:
    session.client("dynamodb").at_once = 4
    run(session, AT=AT)
    assert RESTORED in tables(session)


def test_a_restore_that_was_cut_off_goes_on_where_it_was(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restored_tables, "guard", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        run(session, AT=AT)
    monkeypatch.undo()
    with pytest.raises(SystemExit, match="is not ready: run make restore with the same AT again"):
        run(session, SWITCH=SET)
    assert in_use(session) == {"partnerbook-prod-"}
    run(session, AT=AT)
    run(session, SWITCH=SET)


def test_a_set_that_lacks_a_table_is_not_switched_to(session: Session) -> None:
    run(session, AT=AT)
    del session.world.resources[f"AWS::DynamoDB::Table|eu-central-1|{RESTORED}"]
    with pytest.raises(SystemExit, match=f"^Nothing was switched.\n- The table set {SET} has no table {RESTORED}"):
        run(session, SWITCH=SET)
    assert in_use(session) == {"partnerbook-prod-"}


def test_nobody_writes_while_the_stage_switches_and_everybody_may_afterwards(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(session, AT=AT)
    functions = session.client("lambda")
    kept = next(
        resource.physical_id for resource in session.world.resources.values() if resource.logical_id == "Nightly"
    )
    functions.reserved[kept] = 3
    seen = []
    monkeypatch.setattr(stack.Stack, "change", lambda *_: seen.append(dict(functions.reserved)))
    run(session, SWITCH=SET)
    assert len(seen[0]) >= 10
    assert set(seen[0].values()) == {0}
    assert functions.reserved == {kept: 3}


def test_a_switch_that_fails_leaves_the_old_set_and_lets_them_write_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(session, AT=AT)

    def broken(*_: Any) -> None:
        raise stack.StackFailed("partnerbook-prod: UPDATE_ROLLBACK_COMPLETE")

    monkeypatch.setattr(stack.Stack, "change", broken)
    with pytest.raises(stack.StackFailed):
        run(session, SWITCH=SET)
    assert session.client("lambda").reserved == {}
    assert in_use(session) == {"partnerbook-prod-"}


def test_a_table_without_recovery_stops_the_restore_before_it_begins(session: Session) -> None:
    tables(session)[LIVE].properties["PointInTimeRecoverySpecification"] = {}
    before = set(tables(session))
    with pytest.raises(SystemExit, match=f"^Nothing was restored.\n- {LIVE} has no point-in-time recovery"):
        run(session, AT=AT)
    assert set(tables(session)) == before


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"AT": "yesterday"}, "AT=yesterday is not a time"),
        ({"AT": "2026-11-05T09:30:00"}, "AT=2026-11-05T09:30:00 has no time zone"),
        ({"AT": "2027-01-01T00:00:00Z"}, "is in the future"),
        ({"AT": "2026-01-01T00:00:00Z"}, "choose AT in there"),
        ({}, "either AT or SWITCH"),
        ({"AT": AT, "SWITCH": SET}, "either AT or SWITCH"),
        ({"STAGE": "", "AT": AT}, "Set STAGE"),
        ({"STAGE": "none", "AT": AT}, "There is no stack partnerbook-none"),
        ({"SWITCH": "nothing-"}, "The table set nothing- has no table"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(environment: dict[str, str], sentence: str, session: Session) -> None:
    with pytest.raises(SystemExit, match=sentence):
        run(session, **environment)
    assert not [name for name in tables(session) if SET in name]


def test_the_requests_are_those_that_dynamodb_takes() -> None:
    """The stub checks no request's form; botocore and moto do."""
    with mock_aws():
        dynamodb = boto3.client(
            "dynamodb", region_name="eu-central-1", aws_access_key_id="t", aws_secret_access_key="t"
        )
        dynamodb.create_table(
            TableName="live",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        dynamodb.update_continuous_backups(
            TableName="live", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
        dynamodb.update_time_to_live(
            TableName="live", TimeToLiveSpecification={"Enabled": True, "AttributeName": "ttl"}
        )
        dynamodb.put_item(TableName="live", Item={"id": {"S": "1"}})
        restored_tables.restore(dynamodb, [("live", "again")], datetime.now(UTC), pause=0)
        restored_tables.guard(dynamodb, "live", "again", pause=0)
        assert restored_tables.compared(dynamodb, "live", "again") == "1 items; live has 1 now"
        assert restored_tables.unready(dynamodb, ["again"]) == []

"""Restores tables to a second under new names, waits as long as it takes, and sets what a restore does not bring.

DynamoDB restores keys, indexes and encryption; point-in-time recovery, time to live and deletion protection have to be
set again (API reference of RestoreTableToPointInTime: "You must manually set up the following on the restored table").
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from datetime import datetime

Pairs = list[tuple[str, str]]
PASSING = (
    "LimitExceededException",
    "ContinuousBackupsUnavailableException",
    "ResourceInUseException",
    "ThrottlingException",
)
"""DynamoDB takes no more right now: at most 50 restores run at once, and a new table is not ready for each setting."""
SAME = ("KeySchema", "AttributeDefinitions")


def refusals(dynamodb: Any, sources: list[str], at: datetime) -> list[str]:
    """Say which tables cannot be put back to this second; nothing is restored if there is one."""
    return [sentence for source in sources if (sentence := _refusal(dynamodb, source, at))]


def _refusal(dynamodb: Any, source: str, at: datetime) -> str:
    described = dynamodb.describe_continuous_backups(TableName=source)["ContinuousBackupsDescription"]
    recovery = described.get("PointInTimeRecoveryDescription", {})
    if recovery.get("PointInTimeRecoveryStatus") != "ENABLED":
        return f"{source} has no point-in-time recovery. Restore it from a backup, or switch recovery on for next time."
    earliest, latest = recovery["EarliestRestorableDateTime"], recovery["LatestRestorableDateTime"]
    if not earliest <= at <= latest:
        return (
            f"{source} can be put back to between {earliest.isoformat()} and {latest.isoformat()}; choose AT in there."
        )
    return ""


def restore(dynamodb: Any, pairs: Pairs, at: datetime, pause: float) -> None:
    """Restore each source to its target and wait until all are active, without a limit of time.

    A target that is there already is one that an earlier run began: it is waited for and not restored again.
    """
    waiting = list(pairs)
    while waiting:
        waiting = [pair for pair in waiting if not _restored(dynamodb, *pair, at)]
        if waiting:
            time.sleep(pause)


def _restored(dynamodb: Any, source: str, target: str, at: datetime) -> bool:
    table = described(dynamodb, target)
    if not table:
        request = {"SourceTableName": source, "TargetTableName": target, "RestoreDateTime": at}
        _begin(dynamodb, request)
        return False
    return active(table)


def _begin(dynamodb: Any, request: dict[str, Any]) -> None:
    try:
        dynamodb.restore_table_to_point_in_time(**request)
    except ClientError as error:
        if error.response["Error"]["Code"] not in PASSING:
            raise


def described(dynamodb: Any, name: str) -> dict[str, Any]:
    """Return a table's description; empty if there is none."""
    try:
        table: dict[str, Any] = dynamodb.describe_table(TableName=name)["Table"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return {}
        raise
    return table


def active(table: dict[str, Any]) -> bool:
    """Tell whether a table and all its indexes can be used."""
    indexes = [index.get("IndexStatus", "ACTIVE") for index in table.get("GlobalSecondaryIndexes", [])]
    return {table.get("TableStatus"), *indexes} == {"ACTIVE"}


def guard(dynamodb: Any, source: str, target: str, pause: float) -> None:
    """Set recovery, the source's time to live, and deletion protection; wait until the table is active again."""
    recovery = {"PointInTimeRecoveryEnabled": True}
    _patiently(pause, dynamodb.update_continuous_backups, TableName=target, PointInTimeRecoverySpecification=recovery)
    living = _time_to_live(dynamodb, source)
    if living and living != _time_to_live(dynamodb, target):
        wanted = {"Enabled": True, "AttributeName": living}
        _patiently(pause, dynamodb.update_time_to_live, TableName=target, TimeToLiveSpecification=wanted)
    if not described(dynamodb, target).get("DeletionProtectionEnabled"):
        _patiently(pause, dynamodb.update_table, TableName=target, DeletionProtectionEnabled=True)
    while not active(described(dynamodb, target)):
        time.sleep(pause)


def _time_to_live(dynamodb: Any, name: str) -> str:
    reported = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    enabled = reported.get("TimeToLiveStatus") in ("ENABLED", "ENABLING")
    return str(reported.get("AttributeName", "")) if enabled else ""


def _patiently(pause: float, call: Any, **request: Any) -> None:
    while True:
        try:
            call(**request)
        except ClientError as error:
            if error.response["Error"]["Code"] not in PASSING:
                raise
            time.sleep(pause)
        else:
            return


def compared(dynamodb: Any, source: str, target: str) -> str:
    """Count a restored table's items beside its source's; exits if its keys are not the source's.

    They are counted: a table's own ItemCount is brought up to date about every six hours.
    """
    of_source, of_target = described(dynamodb, source), described(dynamodb, target)
    if any(_sorted(of_source[name]) != _sorted(of_target[name]) for name in SAME):
        raise SystemExit(f"{target} does not have the keys of {source}. Do not switch to it.")
    before, now = count(dynamodb, target), count(dynamodb, source)
    warning = "   (none were there at that second)" if now and not before else ""
    return f"{before} items; {source} has {now} now{warning}"


def _sorted(part: list[dict[str, str]]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(item.items()) for item in part)


def count(dynamodb: Any, name: str) -> int:
    """Count a table's items."""
    pages = dynamodb.get_paginator("scan").paginate(TableName=name, Select="COUNT")
    return sum(int(page["Count"]) for page in pages)


def unready(dynamodb: Any, names: list[str]) -> list[str]:
    """Say which tables are not ready to be used: not active, without recovery or without deletion protection."""
    return [sentence for name in names if (sentence := _unready(dynamodb, name))]


def _unready(dynamodb: Any, name: str) -> str:
    table = described(dynamodb, name)
    recovery = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    status = recovery.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus")
    if not active(table) or status != "ENABLED" or not table.get("DeletionProtectionEnabled"):
        return f"{name} is not ready: run make restore with the same AT again, which finishes what is missing."
    return ""

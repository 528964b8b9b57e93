"""Stands in for DynamoDB's client: tables take their time, and come back from a restore without their guards."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from infra.rehearsal.services import refuse
from infra.rehearsal.world import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.rehearsal.services import Facts
    from infra.rehearsal.world import World

KIND = "AWS::DynamoDB::Table"
AT_ONCE = 50
LOOKS_UNTIL_ACTIVE = 3
GUARDS = ("DeletionProtectionEnabled", "PointInTimeRecoverySpecification", "TimeToLiveSpecification")
EARLIEST, LATEST = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 29, tzinfo=UTC)


@dataclass
class DynamoDB:
    """One region's tables."""

    world: World
    facts: Facts
    region: str
    items: dict[str, int] = field(default_factory=dict)
    creating: dict[str, int] = field(default_factory=dict)
    at_once: int = AT_ONCE

    def describe_table(self, *, TableName: str) -> dict[str, Any]:  # noqa: N803
        """Return a table; one that is being made is active only after a while."""
        properties = self._table(TableName).properties
        left = self.creating.get(TableName, 0)
        if left:
            self.creating[TableName] = left - 1
        status = "CREATING" if left else "ACTIVE"
        indexes = [{**item, "IndexStatus": status} for item in properties.get("GlobalSecondaryIndexes", [])]
        return {"Table": {**properties, "TableStatus": status, "GlobalSecondaryIndexes": indexes}}

    def describe_continuous_backups(self, *, TableName: str) -> dict[str, Any]:  # noqa: N803
        """Tell whether a table can be put back, and to when."""
        wanted = self._table(TableName).properties.get("PointInTimeRecoverySpecification", {})
        enabled = wanted.get("PointInTimeRecoveryEnabled", False)
        reported: dict[str, Any] = {"PointInTimeRecoveryStatus": "ENABLED" if enabled else "DISABLED"}
        if enabled:
            reported |= {"EarliestRestorableDateTime": EARLIEST, "LatestRestorableDateTime": LATEST}
        return {"ContinuousBackupsDescription": {"PointInTimeRecoveryDescription": reported}}

    def restore_table_to_point_in_time(self, **request: Any) -> None:
        """Begin a restore; so many may run at once."""
        if sum(1 for left in self.creating.values() if left) >= self.at_once:
            refuse("LimitExceededException")
        source, target = self._table(request["SourceTableName"]), request["TargetTableName"]
        if self.world.find(KIND, target, self.region):
            refuse("TableAlreadyExistsException")
        properties = {**copy.deepcopy(source.properties), "TableName": target}
        for guard in GUARDS:
            properties.pop(guard, None)
        self.world.create(Resource(KIND, "", target, properties, self.region, ""))
        self.creating[target] = LOOKS_UNTIL_ACTIVE
        self.items[target] = self.items.get(source.physical_id, 0)

    def update_continuous_backups(self, *, TableName: str, PointInTimeRecoverySpecification: Any) -> None:  # noqa: N803
        """Switch recovery."""
        self._set(TableName, "PointInTimeRecoverySpecification", PointInTimeRecoverySpecification)

    def describe_time_to_live(self, *, TableName: str) -> dict[str, Any]:  # noqa: N803
        """Return a table's time to live."""
        wanted = self._table(TableName).properties.get("TimeToLiveSpecification", {})
        name = {"AttributeName": wanted["AttributeName"]} if wanted else {}
        status = "ENABLED" if wanted.get("Enabled") else "DISABLED"
        return {"TimeToLiveDescription": {"TimeToLiveStatus": status, **name}}

    def update_time_to_live(self, *, TableName: str, TimeToLiveSpecification: Any) -> None:  # noqa: N803
        """Set it."""
        self._set(TableName, "TimeToLiveSpecification", TimeToLiveSpecification)

    def update_table(self, *, TableName: str, DeletionProtectionEnabled: bool) -> None:  # noqa: N803
        """Protect a table."""
        self._set(TableName, "DeletionProtectionEnabled", DeletionProtectionEnabled)

    def get_paginator(self, _: str) -> DynamoDB:
        """Return the scan's pages."""
        return self

    def paginate(self, *, TableName: str, Select: str) -> Iterator[dict[str, int]]:  # noqa: N803, ARG002
        """Yield one page that counts all."""
        yield {"Count": self.items.get(TableName, 0)}

    def _set(self, name: str, key: str, value: Any) -> None:
        table = self._table(name)
        if self.creating.get(name):
            refuse("ResourceInUseException", "Attempt to change a resource which is still in use")
        table.properties[key] = value

    def _table(self, name: str) -> Resource:
        return self.world.find(KIND, name, self.region) or refuse("ResourceNotFoundException")

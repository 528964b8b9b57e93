"""The tables that the template makes are those that the models describe: keys, indexes, and what is cleared away."""

from __future__ import annotations

from typing import Any

import pytest
from pynamodb.models import Model

from chalicelib.domain.accounts.accounts import Owner
from chalicelib.storage.dynamo.connection import logical_name
from chalicelib.storage.stores.accounts_table import NARROWED_BY
from chalicelib.storage.transactions.registry import mapper_of_type
from infra.tables import mappers, models
from tests.architecture.template_reading import of_type

Keys = list[tuple[str, str]]
TABLES = models()
MAPPERS = mappers()


def made(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The template's tables by the end of their names, such as `report-runs`."""
    tables = of_type(template, "DynamoDB::Table").values()
    return {table["TableName"]["Fn::Sub"].removeprefix("partnerbook-${Stage}-"): table for table in tables}


def keys(described: dict[str, Any]) -> Keys:
    """A key schema from the template."""
    return [(item["AttributeName"], item["KeyType"]) for item in described["KeySchema"]]


def model_keys(attributes: dict[str, Any]) -> Keys:
    """A key schema from a model or from one of its indexes."""
    partition = [(attribute.attr_name, "HASH") for attribute in attributes.values() if attribute.is_hash_key]
    return partition + [(attribute.attr_name, "RANGE") for attribute in attributes.values() if attribute.is_range_key]


def test_there_is_a_model_for_each_table_and_a_table_for_each_model(template: dict[str, Any]) -> None:
    assert set(made(template)) == set(map(logical_name, TABLES))


@pytest.mark.parametrize("table", TABLES, ids=logical_name)
def test_a_model_has_its_tables_keys_and_indexes(template: dict[str, Any], table: type[Model]) -> None:
    described = made(template)[logical_name(table)]
    assert model_keys(dict(table.get_attributes())) == keys(described)
    indexes = {item["IndexName"]: keys(item) for item in described.get("GlobalSecondaryIndexes", [])}
    assert {name: model_keys(index.Meta.attributes) for name, index in table._indexes.items()} == indexes


@pytest.mark.parametrize("table", TABLES, ids=logical_name)
def test_what_has_a_time_to_live_is_cleared_away_and_nothing_else_is(
    template: dict[str, Any], table: type[Model]
) -> None:
    cleared = made(template)[logical_name(table)].get("TimeToLiveSpecification")
    wanted = {"AttributeName": "ttl", "Enabled": True} if "ttl" in table.get_attributes() else None
    assert cleared == wanted


ORDERING = {"by_created", "by_list_size", "by_last_login", "by_trial_end", "by_first_payment"}


ADDED_UP = {"unpaid": ["amount", "currency"]}
"""Indexes that are read for their sums."""


def test_an_index_projects_all_of_its_item_or_what_it_is_read_for(template: dict[str, Any]) -> None:
    """Rows read from an index are made into whole things, but where they only order (decision 50) or add up (51)."""
    for described in made(template).values():
        for index in described.get("GlobalSecondaryIndexes", []):
            name = index["IndexName"]
            read = NARROWED_BY if name in ORDERING else ADDED_UP.get(name)
            wanted = {"ProjectionType": "INCLUDE", "NonKeyAttributes": read} if read else {"ProjectionType": "ALL"}
            assert index["Projection"] == wanted


def test_each_mapper_is_found_by_the_kind_of_thing_and_has_a_table() -> None:
    """A store's file is named as that of the thing it stores, so that nothing lists the mappers."""
    assert [mapper for mapper in MAPPERS if mapper_of_type(mapper.entity_type) is not mapper] == []
    assert {mapper.table for mapper in MAPPERS} <= set(TABLES)


def test_a_thing_without_a_mapper_is_refused_by_name() -> None:
    with pytest.raises(LookupError, match="has no mapper of Owner"):
        mapper_of_type(Owner)

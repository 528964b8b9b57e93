"""Query pages become typed rows, all of them and once, whatever the network does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import msgspec
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from moto import mock_aws

from chalicelib.storage.dynamo.page_reader import IncompleteAnswerError, PageReader
from tests.integration.storage.dynamo.query_server import Answer, Script, page, serving, throttled


class Account(msgspec.Struct):
    account_id: str
    list_size: int | None
    add_ons: frozenset[str] = frozenset()


QUERY = {
    "TableName": "accounts",
    "KeyConditionExpression": "#partner = :partner",
    "ExpressionAttributeNames": {"#partner": "partner_id"},
    "ExpressionAttributeValues": {":partner": {"S": "p1"}},
}
FIRST = {"account_id": {"S": "a1"}, "list_size": {"N": "5"}, "add_ons": {"SS": ["sms", "seo"]}}
SECOND = {"account_id": {"S": "a2"}}
KEY = {"partner_id": {"S": "p1"}, "account_id": {"S": "a1"}}
ROW_1 = Account("a1", 5, frozenset({"sms", "seo"}))
ROW_2 = Account("a2", None)


def client(url: str | None, retries: str = "standard") -> Any:
    config = Config(retries={"mode": retries, "total_max_attempts": 3}, read_timeout=5)
    return boto3.client(
        "dynamodb",
        region_name="eu-west-1",
        endpoint_url=url,
        aws_access_key_id="x",
        aws_secret_access_key="x",
        config=config,
    )


@contextmanager
def answering(*answers: Answer, retries: str = "standard") -> Iterator[tuple[PageReader, Script]]:
    with serving(*answers) as script:
        dynamodb = client(script.url, retries)
        yield PageReader(dynamodb), script
        dynamodb.close()


@pytest.fixture(params=["standard", "legacy"])
def retries(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("time.sleep", lambda _: None)
    return str(request.param)


def all_rows(reader: PageReader) -> list[Account]:
    return [row for found in reader.pages(QUERY, Account) for row in found.rows]


def test_all_pages_are_read_in_order_each_from_where_the_one_before_it_ended() -> None:
    with answering(page([FIRST], KEY), page([SECOND])) as (reader, script):
        assert all_rows(reader) == [ROW_1, ROW_2]
        assert [request.get("ExclusiveStartKey") for request in script.requests] == [None, KEY]


def test_only_the_columns_of_the_row_type_are_asked_for() -> None:
    with answering(page([])) as (reader, script):
        assert all_rows(reader) == []
        [request] = script.requests
        asked = [request["ExpressionAttributeNames"][place] for place in request["ProjectionExpression"].split(", ")]
        assert asked == ["account_id", "list_size", "add_ons"]
        assert request["ExpressionAttributeNames"]["#partner"] == "partner_id"


def test_a_single_page_says_how_much_was_looked_at_and_where_to_go_on() -> None:
    with answering(page([FIRST], KEY, ScannedCount=7)) as (reader, script):
        found = reader.page(QUERY, Account, start_key=KEY, limit=50)
        assert (found.rows, found.scanned, found.next_key) == ([ROW_1], 7, KEY)
        assert script.requests[0]["Limit"] == 50
        assert script.requests[0]["ExclusiveStartKey"] == KEY


def test_throttling_is_waited_out(retries: str) -> None:
    with answering(throttled(), page([FIRST], KEY), throttled(), page([SECOND]), retries=retries) as (reader, _):
        assert all_rows(reader) == [ROW_1, ROW_2]


def test_throttling_that_does_not_end_is_an_error_and_never_a_shorter_report(retries: str) -> None:
    with (
        answering(page([FIRST], KEY), *[throttled()] * 3, retries=retries) as (reader, _),
        pytest.raises(ClientError, match="ProvisionedThroughputExceeded"),
    ):
        all_rows(reader)


def test_a_connection_lost_in_the_middle_of_a_page_is_read_again(retries: str) -> None:
    lost = Answer(page([SECOND]).body, cut=True)
    with answering(page([FIRST], KEY), lost, page([SECOND]), retries=retries) as (reader, script):
        assert all_rows(reader) == [ROW_1, ROW_2]
        assert len(script.requests) == 3


@pytest.mark.parametrize("broken", [b"{", b"\xff\xfe", b'{"Items": 5}', b'{"Items": [{"account_id": {"N": "1"}}]}'])
def test_an_answer_broken_on_its_way_is_read_again(broken: bytes, retries: str) -> None:
    good = page([FIRST])
    with answering(Answer(broken, checksum_of=good.body), good, retries=retries) as (reader, script):
        assert all_rows(reader) == [ROW_1]
        assert len(script.requests) == 2


def test_an_answer_broken_without_a_checksum_to_tell_is_an_error() -> None:
    with answering(Answer(b"{")) as (reader, _), pytest.raises(IncompleteAnswerError):
        all_rows(reader)


@pytest.mark.parametrize(
    "item",
    [
        {"account_id": {"N": "5"}},
        {"account_id": {"NULL": True}},
        {"account_id": {"S": "a"}, "list_size": {"N": "5.5"}},
        {"list_size": {"N": "5"}},
    ],
)
def test_an_item_that_is_not_what_the_row_type_says_is_an_error(item: dict[str, Any]) -> None:
    with answering(page([item])) as (reader, _), pytest.raises(msgspec.ValidationError):
        all_rows(reader)


def test_a_good_status_without_rows_is_an_error() -> None:
    with answering(Answer(b'{"Count": 0, "ScannedCount": 0}')) as (reader, _), pytest.raises(msgspec.ValidationError):
        all_rows(reader)


def test_an_answer_that_holds_fewer_rows_than_it_counts_is_an_error() -> None:
    with answering(page([FIRST], Count=2)) as (reader, _), pytest.raises(IncompleteAnswerError):
        all_rows(reader)


def test_other_queries_on_the_same_client_are_answered_as_ever() -> None:
    with serving(page([FIRST])) as script:
        dynamodb = client(script.url)
        PageReader(dynamodb)
        assert dynamodb.query(TableName="accounts", KeyConditionExpression="x = y")["Items"] == [
            {**FIRST, "add_ons": {"SS": ["sms", "seo"]}}
        ]
        dynamodb.close()


def test_the_next_page_is_on_its_way_while_one_is_worked_on_and_no_more_than_that() -> None:
    with answering(page([FIRST], KEY), page([FIRST], KEY), page([SECOND])) as (reader, script):
        pages = reader.pages(QUERY, Account)
        next(pages)
        for _ in range(500):
            if len(script.requests) == 2:
                break
            threading.Event().wait(0.01)
        threading.Event().wait(0.05)
        assert len(script.requests) == 2
        pages.close()  # type: ignore[attr-defined]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("next-page")]


def test_rows_are_the_same_as_botocore_reads_them_from_a_real_table() -> None:
    with mock_aws():
        dynamodb = client(None)
        dynamodb.create_table(
            TableName="accounts",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": "S"} for name in ("partner_id", "account_id", "list_sort_key")
            ],
            KeySchema=[
                {"AttributeName": "partner_id", "KeyType": "HASH"},
                {"AttributeName": "account_id", "KeyType": "RANGE"},
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "by_list_order",
                    "KeySchema": [
                        {"AttributeName": "partner_id", "KeyType": "HASH"},
                        {"AttributeName": "list_sort_key", "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "ALL"},
                }
            ],
        )
        for number in range(25):
            item = {
                "partner_id": "p1",
                "account_id": f"a{number:02}",
                "list_sort_key": f"O#{99 - number}",
                "o": "Ωλ😀\t\"'",
            }
            dynamodb.put_item(
                TableName="accounts",
                Item={**{k: {"S": v} for k, v in item.items()}, "list_size": {"N": str(number * 10**9)}},
            )
        query = {**QUERY, "IndexName": "by_list_order", "Limit": 10}
        rows = [row for found in PageReader(dynamodb).pages(query, Account) for row in found.rows]
        plain = dynamodb.query(**{**QUERY, "IndexName": "by_list_order"})["Items"]
        assert [(row.account_id, row.list_size) for row in rows] == [
            (item["account_id"]["S"], int(item["list_size"]["N"])) for item in plain
        ]
        assert len(rows) == 25
        dynamodb.close()

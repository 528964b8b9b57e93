"""Writes down what each function asks of AWS: as the permissions it takes, and by which keys it reads and writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import botocore.client
import pytest
from boto3.dynamodb.types import TypeDeserializer

from chalicelib.storage.dynamo.connection import logical_name
from chalicelib.storage.s3.files import S3Files
from infra.permissions.requests_to_aws import is_unsigned
from infra.tables import models

API = "api"
NAMES = {logical_name(table): table for table in models()}
QUEUES = {
    "reports": "ReportQueue",
    "imports": "ImportQueue",
    "operations": "BulkQueue",
    "settles": "SettlementQueue",
    "deliverys": "DeliveryQueue",
    "settlements": "SettlementQueue",
    "deliveries": "DeliveryQueue",
    "bounces": "BounceQueue",
}
TRANSACTED = {
    "Put": ("PutItem", "Item"),
    "Update": ("UpdateItem", "Key"),
    "Delete": ("DeleteItem", "Key"),
    "ConditionCheck": ("ConditionCheckItem", "Key"),
}
S3_ACTIONS = {
    "HeadObject": "GetObject", "GetObject": "GetObject", "PutObject": "PutObject",
    "CreateMultipartUpload": "PutObject", "UploadPart": "PutObject", "CompleteMultipartUpload": "PutObject",
    "AbortMultipartUpload": "AbortMultipartUpload", "DeleteObjects": "DeleteObject", "ListObjectsV2": "ListBucket",
}  # fmt: skip

Permission = tuple[str, str]
"""An action and the resource of the template that it is done to."""


@dataclass(frozen=True)
class Touch:
    """One item or partition that a function read or wrote."""

    function: str
    partner_id: str
    """For whom."""
    operation: str
    table: str
    attribute: str
    key: str
    """The value of the partition key."""


class Recorder:
    """Listens to every client of this process."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.used: dict[str, set[Permission]] = {}
        self.touched: set[Touch] = set()
        self.function, self.partner_id, self.operation = API, "", ""
        self._paused = False
        call = botocore.client.BaseClient._make_api_call
        sign, form = S3Files.download_url, S3Files.upload_form

        def calling(client: Any, operation: str, params: dict[str, Any]) -> Any:
            self._note(client.meta.service_model.service_name, operation, params)
            return call(client, operation, params)

        def signing(files: S3Files, key: str, *rest: Any, **named: Any) -> Any:
            self._use("s3:GetObject", _folder(key))
            return sign(files, key, *rest, **named)

        def forming(files: S3Files, key: str, *rest: Any) -> Any:
            self._use("s3:PutObject", _folder(key))
            return form(files, key, *rest)

        patch.setattr(botocore.client.BaseClient, "_make_api_call", calling)
        patch.setattr(S3Files, "download_url", signing)
        patch.setattr(S3Files, "upload_form", forming)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """A block whose calls are the test's own."""
        self._paused = True
        yield
        self._paused = False

    @contextmanager
    def running(self, function: str, partner_id: str, operation: str = "") -> Iterator[None]:
        """A block in which this function works for this partner."""
        self.function, self.partner_id, self.operation = function, partner_id, operation
        try:
            yield
        finally:
            self.function, self.partner_id, self.operation = API, "", ""

    def _use(self, action: str, resource: str) -> None:
        if not self._paused and self.operation:
            self.used.setdefault(self.function, set()).add((action, resource))

    def _note(self, service: str, operation: str, params: dict[str, Any]) -> None:
        if service == "dynamodb":
            self._note_items(operation, params)
        elif service == "s3":
            resource = _folder(params["Key"]) if "Key" in params else "FilesBucket"
            if operation == "DeleteObjects":
                resource = _folder(params["Delete"]["Objects"][0]["Key"])
            self._use(f"s3:{S3_ACTIONS.get(operation, operation)}", resource)
        elif service == "sqs":
            queue = QUEUES[params["QueueUrl"].rpartition("-")[2]] if "QueueUrl" in params else ""
            self._use(f"sqs:{operation.removesuffix('Batch')}", queue)
        elif not is_unsigned(service, operation):
            self._use(f"{service}:{operation}", "UserPool" if service == "cognito-idp" else "MailFrom")

    def _note_items(self, operation: str, params: dict[str, Any]) -> None:
        if operation == "TransactWriteItems":
            self._note_transaction(params["TransactItems"])
        elif operation == "BatchGetItem":
            for table, asked in params["RequestItems"].items():
                for key in asked["Keys"]:
                    self._touch(operation, table, key)
        elif operation == "Query":
            self._touch_partition(params)
        else:
            self._touch(operation, params["TableName"], params.get("Key") or params.get("Item") or {})

    def _note_transaction(self, items: list[dict[str, Any]]) -> None:
        for kind, asked in (pair for entry in items for pair in entry.items()):
            action, key = TRANSACTED[kind]
            self._touch(action, asked["TableName"], asked[key])

    def _touch_partition(self, params: dict[str, Any]) -> None:
        table = NAMES[params["TableName"].removeprefix(_prefix(params["TableName"]))]
        index = params.get("IndexName")
        names, values = params["ExpressionAttributeNames"], params["ExpressionAttributeValues"]
        schema = table._indexes[index].Meta.attributes if index else table.get_attributes()
        hash_key = next(item.attr_name for item in schema.values() if item.is_hash_key)
        word = next(word for word, name in names.items() if name == hash_key)
        value = params["KeyConditionExpression"].split(f"{word} = ")[1].split()[0].rstrip(")")
        self._record(
            "Query", table, hash_key, values[value], f"${{{_resource(table)}.Arn}}/index/{index}" if index else None
        )

    def _touch(self, action: str, name: str, item: dict[str, Any]) -> None:
        table = NAMES[name.removeprefix(_prefix(name))]
        hash_key = next(
            get_attribute.attr_name for get_attribute in table.get_attributes().values() if get_attribute.is_hash_key
        )
        self._record(action, table, hash_key, item.get(hash_key), None)

    def _record(self, action: str, table: Any, attribute: str, value: Any, index: str | None) -> None:
        self._use(f"dynamodb:{action}", index or _resource(table))
        if value is not None and not self._paused:
            key = str(TypeDeserializer().deserialize(value))
            name = logical_name(table)
            self.touched.add(Touch(self.function, self.partner_id, self.operation, name, attribute, key))


def _prefix(table: str) -> str:
    return next(table.removesuffix(name) for name in sorted(NAMES, key=len, reverse=True) if table.endswith(f"-{name}"))


def _resource(table: Any) -> str:
    """The template's name of a table, such as `ReportRunsTable`."""
    assert table in NAMES.values()
    return "".join(word.title() for word in logical_name(table).split("-")) + "Table"


def _folder(key: str) -> str:
    return f"${{FilesBucket.Arn}}/{key.split('/')[0]}/*"

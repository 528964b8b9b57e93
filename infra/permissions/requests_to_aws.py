"""Knows which permission each call of a botocore client takes."""

from __future__ import annotations

from functools import cache

from botocore import xform_name
from botocore.loaders import Loader

from infra.permissions.graph import OBJECT

S3_ACTIONS = {
    "head_object": "GetObject",
    "get_object": "GetObject",
    "put_object": "PutObject",
    "create_multipart_upload": "PutObject",
    "upload_part": "PutObject",
    "complete_multipart_upload": "PutObject",
    "abort_multipart_upload": "AbortMultipartUpload",
    "delete_object": "DeleteObject",
    "delete_objects": "DeleteObject",
    "generate_presigned_post": "PutObject",
    "list_objects_v2": "ListBucket",
}
"""Service Authorization Reference, "Actions defined by Amazon S3"; a presigned request takes what it asks for."""
TELLS_MISSING = frozenset(("head_object", "get_object"))
"""Of a missing object S3 says that it is missing to who may list the bucket, to others that it is forbidden (API
reference of HeadObject and GetObject, "Permissions")."""
INDIRECT = frozenset(("generate_presigned_url", "get_paginator", "get_waiter"))
"""Methods of a client whose first argument names the operation."""
RESOURCES = {"cognito-idp": "UserPool", "ses": "MailFrom"}
BUCKET = "FilesBucket"
HANDLED = frozenset(("dynamodb", "sqs"))
"""Services whose calls stand behind what is known by its use: the reader, the transaction writer, a queue's port."""


@cache
def operations(services: frozenset[str]) -> dict[str, set[str]]:
    """Methods of these services' clients, each with the services that have it."""
    found: dict[str, set[str]] = {}
    for service in services:
        for name in Loader().load_service_model(service, "service-2")["operations"]:
            found.setdefault(xform_name(name), set()).add(service)
    if "s3" in services:
        found["generate_presigned_post"] = {"s3"}
    return found


def permissions(service: str, method: str, *, presigned: bool = False) -> list[tuple[str, str]]:
    """Return what a call takes, each with its resource; `KeyError` for one that nobody has looked up yet."""
    if service != "s3":
        name = next(item for item in _names(service) if xform_name(item) == method)
        if is_unsigned(service, name):
            return []
        return [(f"{service}:{name}", RESOURCES[service])]
    action = S3_ACTIONS[method]
    found = [(f"s3:{action}", BUCKET if action == "ListBucket" else OBJECT)]
    return [*found, ("s3:ListBucket", BUCKET)] if method in TELLS_MISSING and not presigned else found


def _names(service: str) -> list[str]:
    return list(Loader().load_service_model(service, "service-2")["operations"])


@cache
def is_unsigned(service: str, name: str) -> bool:
    """Tell whether AWS asks for no signature, and so for no permission: an operation of authtype `none`."""
    declared: str | None = Loader().load_service_model(service, "service-2")["operations"][name].get("authtype")
    return declared == "none"

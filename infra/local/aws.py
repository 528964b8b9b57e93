"""Clients of the emulator, as the account's root."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from infra.local.settings import REGION

if TYPE_CHECKING:
    from infra.local.settings import StackConfig

CONFIG = Config(retries={"max_attempts": 2, "mode": "standard"}, connect_timeout=5, read_timeout=60)


@lru_cache(maxsize=1)
def _session() -> Any:
    return boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION)


@lru_cache(maxsize=64)
def client(place: StackConfig, service: str) -> Any:
    """Return a client of one service of this stack's emulator; made once, so that not many leave connections open."""
    return _session().client(service, endpoint_url=place.endpoint, config=CONFIG)

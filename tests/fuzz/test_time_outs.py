"""A caller is answered, and not cut off: whatever a call to AWS waits for, it gives up before the function ends."""

from __future__ import annotations

import json
from pathlib import Path

from chalicelib import bootstrap
from chalicelib.storage.dynamo import connection

CONFIG = Path(__file__).parents[2] / ".chalice/config.json"
GATEWAY_SECONDS = 29


def test_all_attempts_of_a_call_together_take_less_than_the_api_may() -> None:
    functions = json.loads(CONFIG.read_text())["stages"]["package"]["lambda_functions"]
    longest = functions["api_handler"]["lambda_timeout"]
    for item in (bootstrap, connection):
        assert (item.CONNECT_SECONDS + item.READ_SECONDS) * item.ATTEMPTS < longest < GATEWAY_SECONDS

"""The container: every port is there, each of the kind it is said to be, and none is loaded before it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.bootstrap import Container, Stored
from chalicelib.config import Settings

STORES = [name for name, entry in vars(Container).items() if isinstance(entry, Stored)]
LOADED = """
import sys
from chalicelib.bootstrap import Container
from chalicelib.config import Settings
Container(Settings()).usernames
print(*(name for name in sys.modules if name.startswith("chalicelib.storage.stores.")))
"""


@pytest.mark.parametrize("name", STORES)
def test_a_store_is_of_the_kind_it_is_said_to_be_and_made_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    container = Container(Settings())
    store = getattr(container, name)
    assert Container.__annotations__[name] == f"Stored[{type(store).__name__}]"
    assert getattr(container, name) is store


def test_a_store_is_loaded_alone() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=root, capture_output=True, text=True, check=True)
    tables = {item.rpartition(".")[2] for item in done.stdout.split()}
    assert tables == {"usernames"}

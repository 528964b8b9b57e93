"""The bill of materials has the license of each package and the hashes of the lock, also of what Chalice adds."""

from __future__ import annotations

import pytest

from infra.sbom import licensed, locked
from tests.architecture.test_dependencies import HASHES, shipped


@pytest.mark.parametrize("name", shipped())
def test_every_package_of_the_zip_has_its_license_in_the_bill(name: str) -> None:
    made = licensed({"name": name, "version": "1", "description": "requirements line 1"})
    (license_,) = made["licenses"]
    assert license_.get("expression") or license_["license"]["name"] != "unknown"
    assert "description" not in made


def test_what_chalice_adds_is_in_the_bill_with_its_hashes() -> None:
    lines = locked("chalice")
    assert lines.startswith("chalice==")
    assert HASHES.search(lines.replace("\\\n", "").rstrip())

"""docs/personal-data.md names every place that can hold something of a person: a new one fails until it is judged."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from pynamodb.models import Model

from chalicelib.domain.accounts.accounts import Owner
from chalicelib.domain.audit import PERSONAL, UNTOLD, differences
from chalicelib.domain.sms.form import RegistrationForm
from chalicelib.storage.dynamo.connection import logical_name
from infra.tables import models
from tests.architecture.template_reading import of_type

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "personal-data.md").read_text()
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
NO_TEXT_OF_A_PERSON = {"business_type", "opt_in_type", "use_case", "state"}
"""Choices of the SMS form, of which the trail may tell."""


def part(heading: str) -> str:
    return PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("table", models(), ids=logical_name)
def test_every_attribute_is_judged_once(table: type[Model]) -> None:
    section = SECTIONS[logical_name(table)]
    cells = re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)
    plain = section.partition("Nothing personal:")[2]
    named = Counter(re.findall(r"`([a-z_]+)`", " ".join([*cells, plain])))
    assert set(named) == set(table.get_attributes())
    assert {name for name, times in named.items() if times > 1} == set()


def test_no_table_is_named_that_is_not_there() -> None:
    assert set(SECTIONS) == set(map(logical_name, models()))


def test_every_personal_thing_has_an_end_or_says_that_it_is_kept() -> None:
    rows = re.findall(r"^\| `.*$", PAGE, re.MULTILINE)
    assert len(rows) > 40
    assert [row for row in rows if not row.rstrip(" |").rpartition("|")[2].strip()] == []


def test_every_folder_of_the_bucket_is_named(template: dict[str, Any]) -> None:
    rules = template["Resources"]["FilesBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    folders = {rule["Prefix"] for rule in rules if "Prefix" in rule}
    assert set(re.findall(r"^\| `(\w+/)`", part("Files"), re.MULTILINE)) == folders


def test_every_queue_is_named(template: dict[str, Any]) -> None:
    names = (str(item["QueueName"]["Fn::Sub"]) for item in of_type(template, "SQS::Queue").values())
    queues = {name.removeprefix("partnerbook-${Stage}-").removesuffix("-dlq") for name in names}
    cells = re.findall(r"^\| (`[^|]*) \|", part("Queues"), re.MULTILINE)
    assert set(re.findall(r"`([\w-]+)`", " ".join(cells))) == queues


@pytest.mark.parametrize("kind", [Owner, RegistrationForm])
def test_the_trail_tells_no_value_of_a_persons_fields(kind: Any) -> None:
    texts = [field.name for field in fields(kind) if field.name not in NO_TEXT_OF_A_PERSON]
    assert set(texts) <= PERSONAL | UNTOLD
    reported = differences(kind(), kind(**dict.fromkeys(texts, "zerlinda")))
    assert len(reported) == len(texts)
    assert "zerlinda" not in str(reported)

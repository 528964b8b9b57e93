"""The console's fields have the lengths and forms of the product's own rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.kernel import field_rules
from chalicelib.domain.kernel.text_rules import TextRule
from chalicelib.domain.kernel.usernames import PATTERN
from chalicelib.domain.sms.form import STATES

CONSOLE = Path(__file__).parents[2] / "console" / "src"
FIELD = re.compile(r"<TextField\b(?P<props>.*?)/>", re.DOTALL)
NAME = re.compile(r"""name="([a-z_.]+)"|field\('([a-z_]+)'\)""")
RULES: dict[str, TextRule] = {
    "username": field_rules.USERNAME,
    "organization": field_rules.ORGANIZATION,
    "website": field_rules.WEBSITE,
    "owner.first_name": field_rules.OWNER_NAME,
    "owner.last_name": field_rules.OWNER_NAME,
    "owner.email": field_rules.EMAIL,
    "owner.phone": field_rules.PHONE,
    "partner_account_id": field_rules.PARTNER_ACCOUNT_ID,
    "brief": field_rules.BRIEF,
    "greeting": field_rules.GREETING,
    "logo_url": field_rules.LOGO_URL,
    "slug": field_rules.SLUG,
}
LENGTHS = {"username": 50, "slug": 40}
"""Of fields whose rule is a pattern."""


def fields() -> dict[str, str]:
    """The text fields of the console that have a rule here, by name: what each is declared with."""
    found: dict[str, str] = {}
    for path in CONSOLE.rglob("*.tsx"):
        for field in FIELD.finditer(path.read_text("utf-8")):
            name = NAME.search(field["props"])
            if name and (name[1] or name[2]) in RULES and "{...field" not in field["props"]:
                found[name[1] or name[2]] = field["props"]
    return found


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_field_takes_as_much_as_its_rule(name: str) -> None:
    props: Any = fields().get(name, "")
    (length,) = re.findall(r"maxLength=\{(\d+)\}", props)
    assert int(length) == RULES[name].schema.get("maxLength", LENGTHS.get(name))


def test_the_states_to_choose_from_are_those_that_are_taken() -> None:
    source = (CONSOLE / "text" / "en" / "us-states.ts").read_text("utf-8")
    listed = re.findall(r"(?<=['|])([A-Z]{2}) [A-Z]", source)
    assert set(listed) == STATES


def test_the_rules_of_an_import_file_stand_in_the_api_alone() -> None:
    """The console shows the API's preview: a check of its own would know the columns and rules a second time."""
    sources = "".join(path.read_text("utf-8") for path in (CONSOLE / "imports").glob("*.ts*"))
    assert PATTERN.pattern not in sources
    assert "owner_first_name" not in sources

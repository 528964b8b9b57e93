"""An audit tells known vulnerabilities from lists that could not be reached, and ignores nothing for ever."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from typing import Any

import pytest

from infra.advisories import Exemption, Finding, exemptions, of_npm, of_pip, open_findings
from infra.audit import IGNORED, report

DAY = date(2026, 11, 29)
KNOWN = Finding("requirements.txt", "urllib3 2.0.0", frozenset(("PYSEC-2023-1", "CVE-2023-43804")), "2.0.6")
EXEMPTION = Exemption("CVE-2023-43804", "No cookie is ever sent.", DAY)
PIP: dict[str, Any] = {
    "dependencies": [
        {
            "name": "urllib3",
            "version": "2.0.0",
            "vulns": [{"id": "PYSEC-2023-1", "fix_versions": ["2.0.6"], "aliases": ["CVE-2023-43804"]}],
        },
        {"name": "idna", "version": "3.20", "vulns": []},
        {"name": "cffi", "skip_reason": "Dependency not found on PyPI and could not be audited: cffi (2.1.1)"},
    ],
    "fixes": [],
}
NPM: dict[str, Any] = {
    "auditReportVersion": 2,
    "vulnerabilities": {
        "braces": {
            "name": "braces",
            "via": [{"source": 1098094, "url": "https://github.com/advisories/GHSA-grv7-fg5c-xmjg", "range": "<3.0.3"}],
            "fixAvailable": {"name": "micromatch", "version": "4.0.8"},
        },
        "micromatch": {"name": "micromatch", "via": ["braces"], "fixAvailable": True},
    },
    "metadata": {"dependencies": {"total": 412}},
}
"""As pip-audit 2.10 and npm 11 print it."""


def test_what_pip_audit_finds_is_told_and_what_it_could_not_look_up_is_not_called_good() -> None:
    audited = of_pip("requirements.txt", json.dumps(PIP), "")
    assert audited.findings == (KNOWN,)
    assert audited.packages == 2
    assert "1 of 3 packages (cffi" in audited.unreachable


def test_what_npm_finds_is_told_once_where_it_is() -> None:
    audited = of_npm("package-lock.json", json.dumps(NPM), "")
    ids = frozenset(("GHSA-grv7-fg5c-xmjg", "1098094"))
    assert audited.findings == (Finding("package-lock.json", "braces <3.0.3", ids, "micromatch 4.0.8"),)
    assert (audited.packages, audited.unreachable) == (412, "")


@pytest.mark.parametrize(
    ("output", "errors", "reported"),
    [
        ('{"message": "405 Method Not Allowed - POST …"}', "npm error audit endpoint returned an error", "405 Method"),
        ("", "npm error network getaddrinfo ENOTFOUND", "getaddrinfo"),
        ("", "", "it said nothing"),
    ],
)
def test_lists_that_cannot_be_reached_are_told(output: str, errors: str, reported: str) -> None:
    for audited in (of_npm("package-lock.json", output, errors), of_pip("requirements.txt", output, errors or output)):
        assert audited.unreachable
        assert (audited.packages, audited.findings) == (0, ())
    assert reported in of_npm("package-lock.json", output, errors).unreachable


def test_a_known_vulnerability_fails_by_any_of_its_names_until_it_is_ignored(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert report([KNOWN], [], DAY, 3) == 1
    assert "urllib3 2.0.0: CVE-2023-43804, PYSEC-2023-1; fixed in 2.0.6" in capsys.readouterr().out
    assert report([KNOWN], [EXEMPTION], DAY, 3) == 0
    assert report([], [], DAY, 3) == 0


def test_an_exemption_that_has_ended_fails_and_covers_nothing() -> None:
    after = date(2026, 11, 30)
    assert open_findings([KNOWN], [EXEMPTION], after) == [KNOWN]
    assert report([], [EXEMPTION], after, 3) == 1


@pytest.mark.parametrize("left_out", ["id", "reason", "until"])
def test_an_exemption_without_a_reason_or_an_end_is_refused(left_out: str) -> None:
    whole = {"id": "GHSA-1", "reason": "Not used.", "until": DAY}
    assert exemptions({"ignore": [whole]})
    with pytest.raises(ValueError, match="has an id, a reason and a day"):
        exemptions({"ignore": [{**whole, left_out: ""}]})


def test_the_list_of_exemptions_can_be_read() -> None:
    assert isinstance(exemptions(tomllib.loads(IGNORED.read_text())), list)

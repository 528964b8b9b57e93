"""Reads what pip-audit and npm audit say, and what is ignored for a reason and until a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Finding:
    """A known vulnerability of a locked package."""

    source: str
    package: str
    ids: frozenset[str]
    """All the names it goes by."""
    fixed_in: str = ""

    def __str__(self) -> str:
        fix = f"; fixed in {self.fixed_in}" if self.fixed_in else ""
        return f"{self.source}: {self.package}: {', '.join(sorted(self.ids))}{fix}"


@dataclass(frozen=True, slots=True)
class Audited:
    """What came of auditing one lock file."""

    source: str
    packages: int = 0
    """How many could be looked up."""
    findings: tuple[Finding, ...] = ()
    unreachable: str = ""
    """Why some or all could not be looked up."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A known vulnerability that does not concern this product, for now."""

    id: str
    reason: str
    until: date

    def ended(self, day: date) -> bool:
        """Whether it has to be looked at anew."""
        return day > self.until

    def __str__(self) -> str:
        return f"{self.id} was to be ignored until {self.until}: look at it anew. The reason was: {self.reason}"


def exemptions(content: dict[str, Any]) -> list[Exemption]:
    """The exemptions in audit-ignore.toml; raises `ValueError` for one without an id, a reason or an end."""
    found = [Exemption(each.get("id"), each.get("reason"), each.get("until")) for each in content.get("ignore", ())]
    for each in found:
        if not (each.id and str(each.reason or "").strip() and type(each.until) is date):
            raise ValueError(
                f"An exemption has an id, a reason and a day `until` which it stands, such as 2027-01-31: {each}"
            )
    return found


def open_findings(findings: Iterable[Finding], ignored: Iterable[Exemption], day: date) -> list[Finding]:
    """Those that no exemption covers on this day."""
    covered = {each.id for each in ignored if not each.ended(day)}
    return [each for each in findings if not each.ids & covered]


def of_pip(source: str, output: str, errors: str) -> Audited:
    """What pip-audit says of a lock file; a package that it could not look up is not one without vulnerabilities."""
    try:
        listed = json.loads(output)["dependencies"]
    except (ValueError, KeyError):
        return Audited(source, unreachable=_last_line(errors or output))
    skipped = [each["name"] for each in listed if "skip_reason" in each]
    findings = tuple(
        Finding(source, f"{each['name']} {each['version']}", frozenset((known["id"], *known.get("aliases", ()))),
                ", ".join(known.get("fix_versions", ())))
        for each in listed
        for known in each.get("vulns", ())
    )  # fmt: skip
    told = f"no advisories to be had of {len(skipped)} of {len(listed)} packages ({', '.join(skipped[:3])} …)"
    return Audited(source, len(listed) - len(skipped), findings, told if skipped else "")


def of_npm(source: str, output: str, errors: str) -> Audited:
    """What npm audit says of its lock file."""
    try:
        said = json.loads(output)
        packages = said["metadata"]["dependencies"]["total"]
    except (ValueError, KeyError):
        return Audited(source, unreachable=_refusal(output) or _last_line(errors or output))
    findings = (finding for each in said["vulnerabilities"].values() for finding in _of_npm_package(source, each))
    return Audited(source, packages, tuple(findings))


def _of_npm_package(source: str, package: dict[str, Any]) -> Iterator[Finding]:
    """What is not only known of something that it stands on, which is told there."""
    fix = package.get("fixAvailable")
    fixed = f"{fix['name']} {fix['version']}" if isinstance(fix, dict) else "a later version" if fix else ""
    for via in package["via"]:
        if isinstance(via, dict):
            ids = frozenset((via["url"].rpartition("/")[2], str(via["source"])))
            yield Finding(source, f"{package['name']} {via['range']}", ids, fixed)


def _refusal(output: str) -> str:
    """Why the registry gave nothing, in npm's own words."""
    try:
        return str(json.loads(output)["message"])
    except (ValueError, KeyError):
        return ""


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"

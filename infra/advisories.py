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
        """Tell whether it has to be looked at anew."""
        return day > self.until

    def __str__(self) -> str:
        return f"{self.id} was to be ignored until {self.until}: look at it anew. The reason was: {self.reason}"


def exemptions(content: dict[str, Any]) -> list[Exemption]:
    """Return the exemptions in audit-ignore.toml; raises `ValueError` for one without an id, a reason or an end."""
    found = [Exemption(entry.get("id"), entry.get("reason"), entry.get("until")) for entry in content.get("ignore", ())]
    for item in found:
        if not (item.id and str(item.reason or "").strip() and type(item.until) is date):
            raise ValueError(
                f"An exemption has an id, a reason and a day `until` which it stands, such as 2027-01-31: {item}"
            )
    return found


def open_findings(findings: Iterable[Finding], ignored: Iterable[Exemption], day: date) -> list[Finding]:
    """Return those that no exemption covers on this day."""
    covered = {item.id for item in ignored if not item.ended(day)}
    return [finding for finding in findings if not finding.ids & covered]


def of_pip(source: str, output: str, errors: str) -> Audited:
    """Return what pip-audit says of a lock file; a package that it could not look up is not one without
    vulnerabilities.
    """
    try:
        listed = json.loads(output)["dependencies"]
    except (ValueError, KeyError):
        return Audited(source, unreachable=_last_line(errors or output))
    skipped = [item["name"] for item in listed if "skip_reason" in item]
    findings = tuple(
        Finding(source, f"{item['name']} {item['version']}", frozenset((existing["id"], *existing.get("aliases", ()))),
                ", ".join(existing.get("fix_versions", ())))
        for item in listed
        for existing in item.get("vulns", ())
    )  # fmt: skip
    reported = f"no advisories to be had of {len(skipped)} of {len(listed)} packages ({', '.join(skipped[:3])} …)"
    return Audited(source, len(listed) - len(skipped), findings, reported if skipped else "")


def of_npm(source: str, output: str, errors: str) -> Audited:
    """Return what npm audit says of its lock file."""
    try:
        text = json.loads(output)
        packages = text["metadata"]["dependencies"]["total"]
    except (ValueError, KeyError):
        return Audited(source, unreachable=_refusal(output) or _last_line(errors or output))
    findings = (finding for item in text["vulnerabilities"].values() for finding in _of_npm_package(source, item))
    return Audited(source, packages, tuple(findings))


def _of_npm_package(source: str, package: dict[str, Any]) -> Iterator[Finding]:
    """Yield what is not only known of something that it stands on, which is told there."""
    fix = package.get("fixAvailable")
    fixed = f"{fix['name']} {fix['version']}" if isinstance(fix, dict) else "a later version" if fix else ""
    for via in package["via"]:
        if isinstance(via, dict):
            ids = frozenset((via["url"].rpartition("/")[2], str(via["source"])))
            yield Finding(source, f"{package['name']} {via['range']}", ids, fixed)


def _refusal(output: str) -> str:
    """Return why the registry gave nothing, in npm's own words."""
    try:
        return str(json.loads(output)["message"])
    except (ValueError, KeyError):
        return ""


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"

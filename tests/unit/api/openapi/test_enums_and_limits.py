"""What a value may be stands in the OpenAPI document, from the one place that also refuses the others by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.audit import AuditKind
from chalicelib.domain.mail.deliveries import DeliveryKind
from chalicelib.domain.partners import rules
from chalicelib.domain.report_runs.report_schedules import MONTH_DAYS, WEEKDAYS
from chalicelib.reports.catalogue import REPORTS
from chalicelib.reports.formats import CONTACTS, FORMATS
from infra.openapi.document import document, operations
from infra.package import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chalice.app import Chalice

    from tests.api_client import ApiClient

FORMAT_NAMES = (*FORMATS, CONTACTS.name)
TERMS: dict[str, range] = {
    "trial_days": rules.TRIAL_DAYS,
    "permission_days": rules.PERMISSION_DAYS,
    "daily_mail_budget": rules.DAILY_MAIL_BUDGET,
    "trial_account_limit": rules.TRIAL_ACCOUNT_LIMIT,
}
SETTINGS: dict[str, range] = {"report_retention_days": rules.RETENTION_DAYS, "link_days": rules.LINK_DAYS}


@pytest.fixture(scope="module")
def schemas(app: Chalice) -> dict[str, Any]:
    components: dict[str, Any] = document(operations(app.routes))["components"]["schemas"]
    return components


def values(schema: dict[str, Any], schemas: dict[str, Any]) -> list[str]:
    """Return what a property may be, whether it stands there, in a list's items, or in a schema of its own."""
    for item in (schema, *schema.get("anyOf", ()), schema.get("items", {})):
        named = schemas[item["$ref"].rpartition("/")[2]] if "$ref" in item else item
        if "enum" in named:
            return sorted(named["enum"])
    return []


@pytest.mark.parametrize(
    ("names", "field", "allowed"),
    [
        ("NewReportRun NewReportSchedule ReportScheduleChange ReportRunView ReportScheduleView", "report", REPORTS),
        (
            "NewReportRun NewReportSchedule ReportScheduleChange ReportRunView ReportScheduleView",
            "formats",
            FORMAT_NAMES,
        ),
        ("ReportFileView", "format", FORMAT_NAMES),
        ("SettingsChange SettingsView", "tracker_formats", rules.TRACKER_FORMATS),
        ("TimingBody TimingView", "weekday", WEEKDAYS),
        ("DeliveryView", "kind", [kind.value for kind in DeliveryKind]),
        ("AuditEntryView", "kind", [kind.value for kind in AuditKind]),
    ],
)
def test_what_is_one_of_a_few_words_is_an_enum(
    schemas: dict[str, Any], names: str, field: str, allowed: Iterable[str]
) -> None:
    for name in names.split():
        assert values(schemas[name]["properties"][field], schemas) == sorted(allowed), name


@pytest.mark.parametrize(
    ("method", "path", "body", "valid"),
    [
        ("GET", "/audit?kind=account.made", None, [kind.value for kind in AuditKind]),
        ("GET", "/deliveries?kind=report", None, [kind.value for kind in DeliveryKind]),
        ("POST", "/reports", {"report": "all", "formats": ["csv"]}, list(REPORTS)),
        ("POST", "/reports", {"report": "all-accounts-summary", "formats": ["doc"]}, list(FORMATS)),
        (
            "POST",
            "/report-schedules",
            {
                "report": "all-accounts-summary",
                "formats": ["csv"],
                "timing": {"frequency": "weekly", "weekday": "Monday"},
            },
            list(WEEKDAYS),
        ),
    ],
)
def test_a_word_that_is_none_of_them_is_refused_with_those_there_are(
    admin: ApiClient, method: str, path: str, body: Any, valid: list[str]
) -> None:
    reply = admin.using(Idempotency_Key="k-1").call(method, path, body)
    assert (reply.status, reply.code) == (422, "invalid")
    assert [word for word in valid if word not in reply.json["errors"][0]["detail"]] == []


def test_a_number_has_one_limit_in_schema_and_rule(schemas: dict[str, Any]) -> None:
    bounds = [("TermsBody", name, allowed) for name, allowed in TERMS.items()]
    bounds += [("SettingsChange", name, allowed) for name, allowed in SETTINGS.items()]
    bounds += [("BonusTerms", "amount", rules.BONUS_AMOUNT), ("TimingBody", "day", MONTH_DAYS)]
    for name, field, allowed in bounds:
        schema = schemas[name]["properties"][field]
        number = next(item for item in (*schema.get("anyOf", ()), schema) if item.get("type") == "integer")
        assert (number["minimum"], number["maximum"]) == (allowed.start, allowed.stop - 1), field


@pytest.mark.parametrize(("field", "allowed"), TERMS.items())
def test_a_term_beyond_its_limit_is_refused_with_the_limit(
    caller: Callable[[str], ApiClient], field: str, allowed: range
) -> None:
    for wrong in (allowed.start - 1, allowed.stop, 10**30):
        reply = caller("operator").post(
            "/partners", {"name": "Bright Harbor", "terms": {field: wrong}}, key=f"k-{wrong}"
        )
        assert (reply.status, reply.pointers) == (422, [f"/terms/{field}"])
        if wrong < 10**20:
            assert f"from {allowed.start} to {allowed.stop - 1}" in reply.json["errors"][0]["detail"]


def test_the_console_offers_the_same_limits() -> None:
    form = (ROOT / "console/src/partners/terms.tsx").read_text()
    fields = dict(re.findall(r'<Limit\s+name="(\w+)"\s+min=\{[\d_]+\}\s+max=\{([\d_]+)\}', form))
    assert {name: int(most) for name, most in fields.items()} == {
        name: allowed.stop - 1 for name, allowed in TERMS.items()
    }

"""What stands on a partner's desk after some days of work, so that every page has something to show."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from infra.local.api import Answer, upload
from tests.e2e.console.nightly_runs import let_pass
from tests.e2e.report_desk import ReportDesk

if TYPE_CHECKING:
    from infra.local.api import Api
    from tests.e2e.stack import EmbeddedStack

PATIENCE = 60
IMPORT = (
    "username,organization,owner_first_name,owner_last_name,owner_email,partner_account_id\r\n"
    "0002-orfbo,Client 0002-ORFBO,Orfbo,2,0002-orfbo@example.com,\r\n"
    "bad name!,Lantern Books,Lou,Lantern,lou@lantern.example,\r\n"
    "quarry_cafe,Quarry Café,Quentin,Quarry,not an address,\r\n"
)
REGISTRATION = {
    "legal_business_name": "Quayside Bakery Inc.",
    "business_type": "private_profit",
    "ein": "123456789",
    "street": "1 Quay Street",
    "city": "Portland",
    "state": "ME",
    "zip_code": "04101",
    "website": "https://quayside.example",
    "privacy_policy_url": "https://quayside.example/privacy",
    "terms_url": "https://quayside.example/terms",
    "contact_name": "Kim Own",
    "contact_phone": "+1 207 555 0100",
    "contact_email": "kim@quayside.example",
    "opt_in_type": "web_form",
    "use_case": "marketing",
    "sample_message": "Quayside: fresh bread at 7. Reply STOP to opt out.",
    "sender_name": "Quayside",
}


@dataclass(frozen=True)
class Furniture:
    """Where to find what has an address of its own."""

    single_bill: str
    direct: str
    referred: str
    cancelled: str
    registering: str
    report_run: str = ""
    finished_import: str = ""
    partner: str = ""
    waiting_service: str = ""
    bulk_operation: str = ""


def furnish(stack: EmbeddedStack) -> Furniture:
    """Work some days, unless that was done before on this stack; and tell where things are."""
    admin, operator = stack.http("partner_admin"), stack.http("operator")
    existing = Furniture(
        single_bill=first(admin, "q=0014-bmaqu"),
        direct=first(admin, "status=O&account_type=managed&billing_mode=direct"),
        referred=first(admin, "status=O&account_type=referred"),
        cancelled=first(admin, "status=C&account_type=managed"),
        registering=first(admin, "q=0016-qljis"),
    )
    if not done(admin.get("/report-schedules"))["items"]:
        work(admin, operator, existing)
        let_pass(stack)
    return replace(
        existing,
        report_run=newest(admin, "/reports", "report_run_id", report="all-accounts-summary"),
        partner=stack.info.partner_id,
        waiting_service=newest(admin, "/service-requests", "service_request_id", status="requested"),
        bulk_operation=str(done(admin.get("/bulk-operations"))["items"][-1]["bulk_operation_id"]),
        finished_import=newest(admin, "/imports", "import_id", kind="managed-accounts"),
    )


def work(admin: Api, operator: Api, existing: Furniture) -> None:
    """An invite, a schedule, requests for services, a registration to review, an import, a report with its mail."""
    change(
        admin, "PUT", "/invite", {"slug": "harbour-lane-agency", "greeting": "Come aboard: the first mail is on us."}
    )
    ask_for_services(admin, operator, existing)
    change(admin, "PUT", f"/accounts/{existing.registering}/sms-registration", REGISTRATION)
    done(admin.post(f"/accounts/{existing.registering}/sms-registration/submission"))
    bring_in(admin)
    change_in_bulk(admin, existing)
    formats = ["pdf", "html", "csv", "xls", "xlsx"]
    ReportDesk(admin).run("all-accounts-summary", formats, email_to=["ada@example.com"])
    weekly = {"frequency": "weekly", "weekday": "monday", "hour": 7}
    schedule = {"report": "cancels-and-move-outs", "formats": ["pdf", "csv"], "timing": weekly}
    done(admin.post("/report-schedules", {**schedule, "email_to": ["ada@example.com"]}))


def change_in_bulk(admin: Api, existing: Furniture) -> None:
    """An add-on that one account does not have anyway, and that two others are refused."""
    accounts = [existing.single_bill, existing.direct, existing.referred]
    asked = {"operation": "deactivate_add_on", "arguments": {"add_on": "newsletter_archive"}, "accounts": accounts}
    path = f"/bulk-operations/{done(admin.post('/bulk-operations', asked))['bulk_operation_id']}"
    deadline = time.monotonic() + PATIENCE
    while done(admin.get(path))["status"] == "running":
        assert time.monotonic() < deadline, "The bulk operation does not end."
        time.sleep(0.3)


def newest(api: Api, path: str, key: str, **wanted: str) -> str:
    """The id of the newest one of this kind."""
    rows = done(api.get(path))["items"]
    return str(next(row[key] for row in rows if wanted.items() <= row.items()))


def done(answer: Answer) -> Any:
    """What was answered, which must be a success."""
    assert answer.status < 300, answer.content
    return answer.json() if answer.content else None


def change(api: Api, method: str, path: str, body: dict[str, Any]) -> None:
    """Write over what is there, having read it."""
    existing = api.get(path).headers.get("ETag")
    done(api.request(method, path, body, **({"If_Match": existing} if existing else {})))


def first(admin: Api, filters: str) -> str:
    """The first account that matches."""
    return str(done(admin.get(f"/accounts?limit=1&{filters}"))["items"][0]["account_id"])


def ask_for_services(admin: Api, operator: Api, existing: Furniture) -> None:
    """One request that has been quoted and priced, and one that nobody has looked at."""
    asked = {"account_id": existing.single_bill, "kind": "campaign_creation", "brief": "Three mails.", "budget": 50_000}
    path = f"/service-requests/{done(admin.post('/service-requests', asked))['service_request_id']}"
    change(operator, "PATCH", path, {"quote": 30_000})
    change(admin, "PATCH", path, {"price": 45_000})
    done(admin.post("/service-requests", {**asked, "account_id": existing.direct, "kind": "template_design"}))


def bring_in(admin: Api) -> None:
    """An import with a row that is there already and two that are refused."""
    made = done(admin.post("/imports", {"kind": "managed-accounts"}))
    path = f"/imports/{made['import_id']}"
    assert upload(made["upload"], IMPORT.encode()).status < 300
    done(admin.post(f"{path}/start"))
    deadline = time.monotonic() + PATIENCE
    while done(admin.get(path))["status"] != "done":
        assert time.monotonic() < deadline, "The import is not over."
        time.sleep(0.3)

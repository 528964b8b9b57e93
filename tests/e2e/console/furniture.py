"""What stands on a partner's desk after some days of work, so that every page has something to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infra.local.api import Answer, upload
from tests.e2e.report_desk import ReportDesk

if TYPE_CHECKING:
    from infra.local.api import Api
    from tests.e2e.stack import EmbeddedStack

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
    report_run: str
    finished_import: str


def furnish(stack: EmbeddedStack) -> Furniture:
    """A report with its mail, a schedule, an invite, a request for services, an import, a registration to review."""
    admin, operator = stack.http("partner_admin"), stack.http("operator")
    change(
        admin,
        "PUT",
        "/invite",
        {"slug": "harbour-lane-agency", "greeting": "Come aboard: the first campaign is on us."},
    )
    weekly = {"frequency": "weekly", "weekday": "monday", "hour": 7}
    done(
        admin.post(
            "/report-schedules", {"report": "cancels-and-move-outs", "formats": ["pdf", "csv"], "timing": weekly}
        )
    )
    single_bill = first(admin, "q=0014-bmaqu")
    direct = first(admin, "status=O&account_type=managed&billing_mode=direct")
    ask_for_services(admin, operator, single_bill, direct)
    registering = first(admin, "q=0016-qljis")
    change(admin, "PUT", f"/accounts/{registering}/sms-registration", REGISTRATION)
    done(admin.post(f"/accounts/{registering}/sms-registration/submission"))
    return Furniture(
        single_bill=single_bill,
        direct=direct,
        referred=first(admin, "status=O&account_type=referred"),
        cancelled=first(admin, "status=C&account_type=managed"),
        registering=registering,
        report_run=report_run(admin),
        finished_import=finished_import(admin),
    )


def done(answer: Answer) -> Any:
    """What was answered, which must be a success."""
    assert answer.status < 300, answer.content
    return answer.json() if answer.content else None


def change(api: Api, method: str, path: str, body: dict[str, Any]) -> None:
    """Write over what is there, having read it."""
    known = api.get(path).headers.get("ETag")
    done(api.request(method, path, body, **({"If_Match": known} if known else {})))


def first(admin: Api, filters: str) -> str:
    """The first account that matches."""
    return str(done(admin.get(f"/accounts?limit=1&{filters}"))["items"][0]["account_id"])


def ask_for_services(admin: Api, operator: Api, account_id: str, another: str) -> None:
    """One request that has been quoted and priced, and one that nobody has looked at."""
    asked = {
        "account_id": account_id,
        "kind": "campaign_creation",
        "brief": "Three mails for spring.",
        "budget": 50_000,
    }
    path = f"/service-requests/{done(admin.post('/service-requests', asked))['service_request_id']}"
    change(operator, "PATCH", path, {"quote": 30_000})
    change(admin, "PATCH", path, {"price": 45_000})
    done(admin.post("/service-requests", {**asked, "account_id": another, "kind": "template_design"}))


def report_run(admin: Api) -> str:
    """A report that has been made and mailed."""
    formats = ["pdf", "html", "csv", "xls", "xlsx"]
    made = ReportDesk(admin).run("all-accounts-summary", formats, email_to=["ada@example.com"])
    return str(made["report_run_id"])


def finished_import(admin: Api) -> str:
    """An import with a row that is there already and two that are refused."""
    made = done(admin.post("/imports", {"kind": "managed-accounts"}))
    path = f"/imports/{made['import_id']}"
    assert upload(made["upload"], IMPORT.encode()).status < 300
    done(admin.post(f"{path}/start"))
    return str(made["import_id"])

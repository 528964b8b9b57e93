"""Leaves on a partner's desk what months of work leave there, all of it through the product's own API."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from infra.local.api import Api, must
from infra.local.sample import SampleFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


PATIENCE = 300
EVERY_FORMAT = ["pdf", "html", "csv", "xls", "xlsx"]
RECIPIENT = "reports@example.com"


@dataclass(frozen=True, slots=True)
class Desk:
    """The program as the people at one partner's account see it."""

    admin: Api
    operator: Api
    platform: Api
    today: date
    other_partner_id: str
    """The partner that accounts come from and go to."""
    other_operator: Api
    """The operator, acting for that one."""

    def accounts(self, filters: str, number: int) -> list[dict[str, Any]]:
        """Return so many accounts that match."""
        found: list[dict[str, Any]] = must(self.admin.get(f"/accounts?limit={number}&{filters}"))["items"]
        return found

    def for_client(self, account: dict[str, Any]) -> dict[str, str]:
        """Return the header with which the platform acts for this account's client."""
        return {"Acting_For": account["username"]}


def path_of(account: dict[str, Any]) -> str:
    """Return the account's address."""
    return f"/accounts/{account['account_id']}"


def write_over(api: Api, method: str, path: str, body: dict[str, Any]) -> Any:
    """Change what is there, having read it."""
    found = api.get(path)
    must(found)
    tag = found.headers.get("ETag")
    return must(api.request(method, path, body, **({"If_Match": tag} if tag else {})))


def holds(desk: Desk) -> None:
    """Place holds: balances that are due, and accounts that compliance looks at."""
    for hold, filters, number in (
        ("balance_due", "status=O&account_type=managed&billing_mode=direct", 9),
        ("balance_due", "status=O&account_type=referred&plan=premium", 4),
        ("compliance", "status=O&account_type=managed&plan=standard&billing_mode=direct", 3),
    ):
        for account in desk.accounts(f"{filters}&list_size_min=1", number):
            must(desk.operator.put(f"{path_of(account)}/holds/{hold}"))


def cancellations(desk: Desk) -> None:
    """Cancel accounts as of a coming day, and withdraw some of that."""
    reasons = ("doing_it_in_house", "cost_too_high", "too_difficult_to_use", "poor_results")
    for number, account in enumerate(desk.accounts("status=O&account_type=managed&plan=lite&list_size_min=10", 9)):
        leaves_on = (desk.today + timedelta(5 + 3 * number)).isoformat()
        body = {"reason": reasons[number % len(reasons)], "effective_on": leaves_on}
        must(desk.admin.put(f"{path_of(account)}/cancellation", body))
        if number % 3 == 0:
            must(desk.admin.delete(f"{path_of(account)}/cancellation"))


def permissions(desk: Desk) -> None:
    """Ask clients of referred accounts to manage them: some have answered, one request was withdrawn."""
    for number, account in enumerate(desk.accounts("status=O&account_type=referred&list_size_min=50", 10)):
        path = f"{path_of(account)}/permission-request"
        must(desk.admin.put(path))
        if number < 5:
            approved = {"approved": number % 5 not in (1, 3)}
            must(desk.platform.put(f"{path}/answer", approved, **desk.for_client(account)))
        elif number == 5:
            must(desk.admin.delete(path))


def moves(desk: Desk) -> None:
    """Move accounts out to the other partner and in from it."""
    own_id = must(desk.admin.get("/me"))["partner"]["partner_id"]
    out = desk.accounts("status=O&account_type=managed&billing_mode=direct&plan=standard&never_sent_campaign=true", 2)
    back = must(desk.other_operator.get("/accounts?limit=3&status=O&account_type=managed&billing_mode=direct"))["items"]
    for account in out:
        _move(desk.operator, desk, account, desk.other_partner_id)
    for account in back:
        _move(desk.other_operator, desk, account, own_id)


def _move(operator: Api, desk: Desk, account: dict[str, Any], to_partner_id: str) -> None:
    consent = {"given_by": "The owner", "given_at": f"{desk.today}T00:00:00Z", "evidence": "Letter of the owner"}
    must(
        operator.post(
            f"{path_of(account)}/moves", {"to_partner_id": to_partner_id, "qualifies": False, "consent": consent}
        )
    )


QUOTED: tuple[tuple[str, ...], ...] = (
    (),
    (),
    ("quote",),
    ("quote", "accepted"),
    ("quote", "declined"),
    ("quote", "accepted", "in_progress"),
    ("quote", "accepted", "in_progress", "done"),
    ("withdrawn",),
)
"""How far each request for a service has come."""
BRIEFS = (
    ("campaign_creation", "Three mails for the spring season: two offers and a story about the team."),
    ("template_design", "A template in our colors, with room for two photographs."),
    ("automation_setup", "A welcome series for people who join at the counter."),
    ("list_migration", "Our list is in a spreadsheet with 4,000 rows; half have no first name."),
    ("consulting", "An hour about what to send in January."),
    ("social_media", "Six posts that go with the December mailing."),
)


def services(desk: Desk) -> None:
    """Ask for professional services, and bring each as far as it is to be."""
    accounts = desk.accounts("status=O&account_type=managed&list_size_min=100", len(QUOTED))
    for number, (account, steps) in enumerate(zip(accounts, QUOTED, strict=False)):
        kind, brief = BRIEFS[number % len(BRIEFS)]
        asked = {"account_id": account["account_id"], "kind": kind, "brief": brief, "budget": 40_000 + 5_000 * number}
        request = must(desk.admin.post("/service-requests", asked))
        path = f"/service-requests/{request['service_request_id']}"
        for step in steps:
            _take(desk, path, step, 30_000 + 4_500 * number)


def _take(desk: Desk, path: str, step: str, quote: int) -> None:
    if step == "quote":
        write_over(desk.operator, "PATCH", path, {"quote": quote})
        write_over(desk.admin, "PATCH", path, {"price": quote * 3 // 2})
        return
    who = desk.operator if step in ("in_progress", "done") else desk.admin
    write_over(who, "PATCH", path, {"status": step})


def invite(desk: Desk) -> None:
    """Set up the invite page; people look at it, and a few sign up."""
    greeting = "Come aboard: we set up your first mailing with you."
    write_over(desk.admin, "PUT", "/invite", {"slug": "harbour-lane-agency", "greeting": greeting})
    public = Api(desk.admin.url)
    for _ in range(40):
        must(public.post("/invites/harbour-lane-agency/visits"))
    for number, name in enumerate(("Tern Island Kayaks", "Bellwether Books", "Nonna’s Table", "Halyard Rigging")):
        slug = name.lower().replace("’", "").replace(" ", "-")
        owner = {"email": f"owner@{slug}.example", "first_name": "Sam", "last_name": name.split()[0].rstrip("’s")}
        body = {"username": f"{slug}-{number + 1}", "organization": name, "owner": owner}
        must(desk.platform.post("/invites/harbour-lane-agency/sign-ups", body))


def team(desk: Desk) -> None:
    """Invite a colleague who has not answered yet."""
    must(desk.admin.post("/team", {"email": "noor@example.com", "name": "Noor Pier", "role": "partner_manager"}))


def reports(desk: Desk) -> None:
    """Run every report once, and schedule two."""
    runs = [
        {"report": "all-accounts-summary", "formats": EVERY_FORMAT},
        {"report": "managed-account-details", "formats": ["pdf", "xlsx", "contacts"], "account_status": "T"},
        {"report": "new-account-bonus-tracker", "formats": ["pdf", "xlsx"]},
        {"report": "cancels-and-move-outs", "formats": ["pdf", "html"], "email_to": [RECIPIENT]},
        {"report": "portfolio", "formats": ["csv"]},
    ]
    weekly = {"frequency": "weekly", "weekday": "monday", "hour": 7}
    monthly = {"frequency": "monthly", "day": 1, "hour": 6}
    for run in runs:
        must(desk.admin.post("/reports", run))
    for report, timing in (("new-account-bonus-tracker", weekly), ("all-accounts-summary", monthly)):
        must(
            desk.admin.post(
                "/report-schedules",
                {"report": report, "formats": ["pdf", "csv"], "timing": timing, "email_to": [RECIPIENT]},
            )
        )


def reports_ready(desk: Desk) -> None:
    """Wait until they are made."""
    for _ in _until(PATIENCE):
        states = {run["status"] for run in must(desk.admin.get("/reports"))["items"]}
        if not states & {"requested", "running"}:
            return
    raise SampleFailed(f"The demonstration's reports are not ready after {PATIENCE} seconds.")


def _until(seconds: float) -> Iterator[float]:
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        yield left
        time.sleep(0.5)


STEPS: tuple[Callable[[Desk], None], ...] = (
    holds,
    cancellations,
    permissions,
    moves,
    services,
    invite,
    team,
    reports,
    reports_ready,
)
"""What is done on a first start, in this order; `sms` comes beside it."""

"""A tour through the product: every operation succeeds at least once, for one partner, as its people would use it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from chalicelib.domain.access import Role
from chalicelib.domain.accounts.management_requests import DAYS_TO_ASK_AGAIN
from chalicelib.domain.mail.email_messages import RecipientConfirmation, TeamInvitation
from tests.access.product import CONSOLE, WORKERS, subject_of
from tests.api_client import ApiClient
from tests.unit.domain.imports.portfolio_rows import CANCELLED, OPEN
from tests.unit.jobs.events import sqs_event
from tests.unit.services.imports.importing import as_file

if TYPE_CHECKING:
    from chalicelib.api.http.operation import Operation
    from tests.access.product import Product
    from tests.api_client import ApiClient, Reply

ADMIN, MANAGER, VIEWER = Role.PARTNER_ADMIN, Role.PARTNER_MANAGER, Role.PARTNER_VIEWER
OPERATOR, PLATFORM = Role.OPERATOR, Role.PLATFORM
SMS_FORM = {
    "legal_business_name": "Ada Lovelace Bakery Inc", "business_type": "private_profit", "ein": "123456789",
    "street": "1 Main Street", "city": "Boston", "state": "MA", "zip_code": "02108",
    "website": "https://bakery.example", "privacy_policy_url": "https://bakery.example/privacy",
    "terms_url": "https://bakery.example/terms", "contact_name": "Ada Lovelace", "contact_phone": "+1 617 555 0100",
    "contact_email": "ada@bakery.example", "opt_in_type": "web_form", "use_case": "marketing",
    "sample_message": "Fresh bread at eight. Reply STOP to end.", "sender_name": "Ada Bakery",
}  # fmt: skip
KINDS = ("trial", "earning", "leaving", "asked")
LONG_ENOUGH = 100
"""Days in which a trial ends, a bonus is earned, a request for permission expires, and report files are cleared."""
HALF_AN_HOUR = 1 / 48
MORE_THAN_AT_ONCE = 11
"""Accounts that are due: more than a reader settles by itself."""


@dataclass(frozen=True)
class Call:
    """A request that succeeded: who asked for what, and which of its words are ids."""

    operation: str
    role: Role
    method: str
    path: str
    """With its names in braces, such as `/accounts/{account_id}`."""
    names: dict[str, str]
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def target(self) -> str:
        """The path and query as they were sent."""
        return self.path.format(**self.names) + ("?" + urlencode(self.query) if self.query else "")


@dataclass
class Tour:
    """One partner's tour; `mark` keeps names that must be unique apart from those of other tours."""

    product: Product
    partner_id: str
    other_partner_id: str
    mark: str
    calls: list[Call] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)
    """Ids of things that are there when the tour is over, by the name that paths have for them."""

    def take(self) -> Tour:
        """Go all the way."""
        for part in (
            *(self.looking_around, self.accounts, self.add_ons, self.registration, self.life, self.referral),
            *(self.sessions, self.signing_in, self.activity, self.services, self.team, self.partners, self.importing),
            *(
                self.reporting,
                self.scheduling,
                self.nightly_runs,
                self.losses,
                self.reporting,
                self.mailing,
                self.leaving,
            ),
            *(self.lists,),
        ):
            part()
        return self

    def call(
        self,
        role: Role | None,
        method: str,
        path: str,
        body: Any = None,
        version: int | None = None,
        subject: str = "",
        **headers: str,
    ) -> Reply:
        """A request that must succeed; what stands in braces in the path comes from what was made."""
        operation, names = self._served(method, path)
        query = dict(parse_qsl(urlsplit(path).query.format(**self.made)))
        if version is not None:
            headers["If_Match"] = f'"{version}"'
        if operation.needs_key:
            headers["Idempotency_Key"] = f"{self.mark}-{len(self.calls)}"
        reported = {name.replace("_", "-"): value for name, value in headers.items()}
        call = Call(operation.name, role or VIEWER, method, operation.path, names, query, body, reported)
        with self.product.working_for(self.partner_id, operation.name):
            client = ApiClient(self.product.app, subject) if subject else self._client(role)
            reply = client.using(**headers).call(method, call.target, body)
        assert reply.status < 400, (method, path, reply.status, reply.text)
        self.calls.append(call)
        return reply

    def _client(self, role: Role | None) -> ApiClient:
        return self.product.caller(role, self.partner_id) if role else self.product.anyone()

    def _served(self, method: str, path: str) -> tuple[Operation, dict[str, str]]:
        resource, names = self.product.anyone()._resource(path.partition("?")[0])
        operation: Operation = self.product.app.routes[resource][method].view_function.operation  # type: ignore[attr-defined]
        return operation, {name: self.made.get(word[1:-1], word) for name, word in names.items()}

    def an_account(self, name: str, plan: str = "standard", **other: Any) -> str:
        """Create an account; gives its id."""
        body = {
            "username": f"{name}-{self.mark}",
            "organization": f"{name.title()} Bakery",
            "owner": {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@bakery.example", "phone": "+1 55501"},
            "plan": plan,
            **other,
        }
        return str(self.call(MANAGER, "POST", "/accounts", body).json["account_id"])

    def looking_around(self) -> None:
        for path in ("/health", "/openapi.json"):
            self.call(None, "GET", path)
        for role in (ADMIN, OPERATOR, PLATFORM):
            self.call(role, "GET", "/me")
        self.call(VIEWER, "GET", "/imports/template")

    def accounts(self) -> None:
        self.made["account_id"] = self.an_account("first")
        self.made["username"] = f"first-{self.mark}"
        self.call(MANAGER, "PATCH", "/accounts/{account_id}", {"website": "https://bakery.example"}, version=1)
        self.call(VIEWER, "GET", "/accounts/{account_id}")

    def add_ons(self) -> None:
        for add_on in ("sms", "seo"):
            self.call(MANAGER, "PUT", f"/accounts/{{account_id}}/add-ons/{add_on}")
        self.call(MANAGER, "DELETE", "/accounts/{account_id}/add-ons/seo")

    def registration(self) -> None:
        path = "/accounts/{account_id}/sms-registration"
        version = self.call(VIEWER, "GET", path).json["version"]
        self.call(MANAGER, "PUT", path, SMS_FORM, version=version)
        self.call(MANAGER, "POST", f"{path}/submission")
        self.call(OPERATOR, "GET", "/sms-registrations")
        self.call(OPERATOR, "GET", "/queues")
        self.call(OPERATOR, "GET", "/account-search?q=bakery")
        self.call(OPERATOR, "GET", "/partner-overviews")
        self.call(OPERATOR, "GET", "/waiting-service-requests")
        for state in ("in_review", "approved"):
            self.call(OPERATOR, "POST", f"{path}/review", {"status": state})

    def life(self) -> None:
        self.call(MANAGER, "PUT", "/accounts/{account_id}/plan", {"plan": "premium"})
        self.call(MANAGER, "PUT", "/accounts/{account_id}/billing-mode", {"billing_mode": "direct"})
        later = {"reason": "cost_too_high", "effective_on": "2099-01-01"}
        self.call(MANAGER, "PUT", "/accounts/{account_id}/cancellation", later)
        self.call(MANAGER, "DELETE", "/accounts/{account_id}/cancellation")
        self.call(OPERATOR, "PUT", "/accounts/{account_id}/holds/balance_due")
        self.call(OPERATOR, "DELETE", "/accounts/{account_id}/holds/balance_due")

    def referral(self) -> None:
        self.made["slug"] = f"invite-{self.mark}"
        invite = {"slug": self.made["slug"], "greeting": "Welcome!", "logo_url": "https://bakery.example/logo.png"}
        self.call(MANAGER, "PUT", "/invite", invite, version=self.call(VIEWER, "GET", "/invite").json["version"])
        self.call(None, "GET", "/invites/{slug}")
        self.call(None, "POST", "/invites/{slug}/visits")
        client = {
            "username": f"client-{self.mark}",
            "organization": "Client Ltd",
            "owner": {"email": "c@client.example"},
        }
        signed_up = self.call(PLATFORM, "POST", "/invites/{slug}/sign-ups", client).json
        self.made["account_id"], first = signed_up["account_id"], self.made["account_id"]
        self.call(MANAGER, "PUT", "/accounts/{account_id}/permission-request")
        self.product.work()
        self.call(MANAGER, "DELETE", "/accounts/{account_id}/permission-request")
        self.product.outside.later(DAYS_TO_ASK_AGAIN)
        self.call(MANAGER, "PUT", "/accounts/{account_id}/permission-request")
        answer = "/accounts/{account_id}/permission-request/answer"
        self.call(PLATFORM, "PUT", answer, {"approved": True}, Acting_For=client["username"])
        self.call(MANAGER, "PUT", "/accounts/{account_id}/account-type", {"account_type": "referred"})
        for path in ("/accounts/{account_id}", "/accounts/{account_id}/sms-registration"):
            self.call(PLATFORM, "GET", path, Acting_For=client["username"])
        self.made["referred_id"], self.made["account_id"] = signed_up["account_id"], first

    def sessions(self) -> None:
        """A session that is renewed twice and ended, and all that are left."""
        page = {"Origin": CONSOLE, "Cookie": ""}
        signed_in = iter(range(9))

        def call(method: str, path: str, body: Any = None) -> None:
            role = VIEWER if path == "/sessions" else None
            reply = self.call(role, method, path, body, **page)
            page["Cookie"] = reply.headers.get("Set-Cookie", "").partition(";")[0]

        def begin() -> None:
            mine = subject_of(VIEWER, self.partner_id)
            call("POST", "/sessions", {"refresh_token": f"{mine}/{self.mark}{next(signed_in)}/0"})

        begin()
        call("POST", "/sessions/renewal", {})
        call("POST", "/sessions/renewal", {"idle_seconds": 60})
        call("DELETE", "/sessions/current")
        begin()
        self.call(VIEWER, "DELETE", "/sessions")

    def signing_in(self) -> None:
        token = self.call(MANAGER, "POST", "/accounts/{account_id}/sign-in-links").json["token"]
        self.call(PLATFORM, "POST", "/sign-in-links/redemptions", {"token": token})

    def activity(self) -> None:
        report = {
            "username": self.made["username"], "as_of": "2026-01-02T03:04:05Z", "list_size": 10, "login_count": 2,
            "campaigns_sent": 1, "last_login_on": "2026-01-01",
        }  # fmt: skip
        self.call(PLATFORM, "POST", "/activity", {"reports": [report]})

    def services(self) -> None:
        asked = {"account_id": self.made["account_id"], "kind": "template_design", "brief": "A spring template."}
        asked["kind"] = _kinds()[0]
        request = self.call(MANAGER, "POST", "/service-requests", asked).json
        self.made["service_request_id"] = request["service_request_id"]
        path = "/service-requests/{service_request_id}"
        self.call(OPERATOR, "PATCH", path, {"status": "quoted", "quote": 10_000}, version=request["version"])
        self.call(VIEWER, "GET", path)

    def _invite(self, new: dict[str, str]) -> None:
        self.made["invitation_id"] = self.call(ADMIN, "POST", "/team", new).json["invitation_id"]

    def _join(self, address: str) -> None:
        """The invited person follows the mailed link, signs in for the first time, and accepts."""
        self.product.work()
        letter = next(mail.content for _, mail in reversed(self.product.outside.mails()) if mail.to == address)
        assert isinstance(letter, TeamInvitation)
        body = {"token": letter.token}
        self.call(None, "POST", "/invitations/look-ups", body)
        self.call(None, "POST", "/invitations/sign-ins", body)
        subject = self.product.outside.subject_of(address)
        self.call(VIEWER, "POST", "/invitations/acceptances", body, subject=subject)

    def team(self) -> None:
        new = {"email": f"new-{self.mark}@example.com", "name": "Neu Person", "role": "partner_viewer"}
        self._invite(new)
        self.call(ADMIN, "POST", "/team/invitations/{invitation_id}/resend")
        self._join(new["email"])
        member = next(item for item in self.call(ADMIN, "GET", "/team").json["items"] if item["email"] == new["email"])
        self.made["member_id"] = member["member_id"]
        for role in ("partner_admin", "partner_viewer"):
            member = self.call(ADMIN, "PATCH", "/team/{member_id}", {"role": role}, version=member["version"]).json
        self.call(ADMIN, "DELETE", "/team/{member_id}")
        self.product.tick("sweeper")
        self._invite(new)
        self._join(new["email"])
        self._invite(new | {"email": f"never-{self.mark}@example.com"})
        self.call(ADMIN, "DELETE", "/team/invitations/{invitation_id}")
        self._invite(new | {"email": f"later-{self.mark}@example.com"})
        settings = self.call(VIEWER, "GET", "/settings").json
        change = {"recipients": [f"reports-{self.mark}@example.com"], "time_zone": "Europe/Berlin"}
        self.call(ADMIN, "PATCH", "/settings", change, version=settings["version"])
        self._confirm()

    def partners(self) -> None:
        self.call(OPERATOR, "POST", "/partners", {"name": f"New {self.mark}"})
        self.made["partner_id"] = self.partner_id
        partner = self.call(OPERATOR, "GET", "/partners/{partner_id}").json
        self.call(OPERATOR, "PATCH", "/partners/{partner_id}", {"name": "Renamed"}, version=partner["version"])
        self.call(OPERATOR, "GET", "/usernames/{username}")

    def importing(self) -> None:
        made = self.call(OPERATOR, "POST", "/imports", {"kind": "portfolio"}).json
        self.made["import_id"] = made["import_id"]
        good = {**OPEN, "username": f"import-{self.mark}"}
        gone = {**CANCELLED, "username": f"ended-{self.mark}"}
        bad = {**good, "username": "bad-plan", "plan": "gold"}
        self.product.outside.upload(made["upload"], as_file([good, gone, bad]))
        shown = self.call(OPERATOR, "GET", "/imports/{import_id}/preview").json
        assert [bool(row["problems"]) for row in shown["rows"]] == [False, False, True], shown
        self.call(OPERATOR, "POST", "/imports/{import_id}/start")
        self.product.work()
        ended = self.call(VIEWER, "GET", "/imports/{import_id}").json
        assert (ended["status"], ended["created"], ended["rejected"]) == ("done", 2, 1), ended

    def reporting(self) -> None:
        asked = {
            "report": "managed-account-details",
            "formats": ["csv", "html", "pdf", "xls", "xlsx"],
            "account_status": "O",
        }
        for _ in range(2):
            self.made["report_run_id"] = self.call(VIEWER, "POST", "/reports", asked).json["report_run_id"]
        self.product.work()
        run = self.call(VIEWER, "GET", "/reports/{report_run_id}").json
        assert run["status"] == "ready", run
        self.call(MANAGER, "DELETE", "/reports/{report_run_id}")
        self.made["report_run_id"] = self.calls[-2].names["report_run_id"]
        self.made["report_run_id"] = self.call(VIEWER, "POST", "/reports", asked).json["report_run_id"]
        self.product.work()

    def scheduling(self) -> None:
        """A report that the schedule runs, one that a person tries, and one that is taken away again."""
        new = {"report": "all-accounts-summary", "formats": ["csv"], "timing": {"frequency": "daily"}}
        for _ in range(2):
            schedule = self.call(MANAGER, "POST", "/report-schedules", new).json
            self.made["report_schedule_id"] = schedule["report_schedule_id"]
            self.call(VIEWER, "GET", "/report-schedules/{report_schedule_id}")
            timing = {"timing": {"frequency": "weekly", "weekday": "monday"}}
            self.call(MANAGER, "PATCH", "/report-schedules/{report_schedule_id}", timing, version=schedule["version"])
            self.call(MANAGER, "POST", "/report-schedules/{report_schedule_id}/runs")
            self.product.work()
        self.call(MANAGER, "DELETE", "/report-schedules/{report_schedule_id}")
        self.made["report_schedule_id"] = self.calls[-6].names["report_schedule_id"]
        self.product.outside.later(8)
        self.product.tick("scheduled_reports")
        self.product.work()

    def mailing(self) -> None:
        """A mail with links to files; one comes back, one recipient wants no more."""
        delivery = self.call(VIEWER, "GET", "/deliveries?limit=1").json["items"][0]
        self.made["delivery_id"] = delivery["delivery_id"]
        self.call(MANAGER, "POST", "/deliveries/{delivery_id}/resend")
        asked = {"report": "all-accounts-summary", "formats": ["csv"], "email_to": [f"reports-{self.mark}@example.com"]}
        kept, self.made["report_run_id"] = (
            self.made["report_run_id"],
            self.call(MANAGER, "POST", "/reports", asked).json["report_run_id"],
        )
        self.product.work()
        message_id, mail = self.product.outside.mails()[-1]
        self.made["token"] = mail.content.report.links[0].token
        for method in ("GET", "HEAD"):
            self.call(None, method, "/downloads/{token}")
        self.call(MANAGER, "DELETE", "/reports/{report_run_id}/links")
        self.made["report_run_id"] = kept
        self.made["token"] = next(
            item.unsubscribe_token for _, item in reversed(self.product.outside.mails()) if item.unsubscribe_token
        )
        for method in ("GET", "POST"):
            self.call(None, method, "/unsubscribes/{token}")
        self.call(ADMIN, "POST", "/recipient-confirmations", {"address": f"reports-{self.mark}@example.com"})
        self._confirm()
        self.product.run("bounce_worker", sqs_event(bounced(message_id, mail.to)), self.partner_id)
        self.call(VIEWER, "GET", "/deliveries")

    def _confirm(self) -> None:
        """The recipient outside the team follows the link that it was mailed last."""
        self.product.work()
        emails = [mail.content for _, mail in self.product.outside.mails()]
        self.made["token"] = next(email.token for email in reversed(emails) if isinstance(email, RecipientConfirmation))
        for method in ("GET", "POST"):
            self.call(None, method, "/recipient-confirmations/{token}")

    def nightly_runs(self) -> None:
        """What the calendar does to accounts of which the API, a report or the night hears first."""
        kept = self.made["account_id"]
        first = self._waiting_accounts("first")
        self.product.outside.later(LONG_ENOUGH)
        for self.made["account_id"] in first:
            self.call(VIEWER, "GET", "/accounts/{account_id}")
        self._waiting_accounts("second")
        self.product.outside.later(LONG_ENOUGH)
        self.call(VIEWER, "POST", "/reports", {"report": "new-account-bonus-tracker", "formats": ["csv"]})
        self.product.work()
        third = self._waiting_accounts("third")
        self.product.outside.later(LONG_ENOUGH)
        self._night()
        for self.made["account_id"] in third:
            self.call(VIEWER, "GET", "/accounts/{account_id}")
        for number in range(MORE_THAN_AT_ONCE):
            self.an_account(f"late{number:03}", plan="trial")
        self.product.outside.later(LONG_ENOUGH)
        self.call(VIEWER, "GET", "/summary")
        self.product.work()
        self.made["account_id"] = kept

    def _night(self) -> None:
        for _ in range(2):
            self.product.tick("nightly")
        self.product.work()
        self.product.tick("sweeper")
        self.product.work()
        assert self.call(OPERATOR, "GET", "/nightly-runs").json["items"]

    def losses(self) -> None:
        """Messages that never arrive are sent again by the sweeper; what waits too long is given up."""
        for days, patience in enumerate((HALF_AN_HOUR, 2)):
            self._lose(f"{self.mark}-{days}")
            self.product.outside.later(patience)
            self.product.tick("sweeper")
            assert self.product.work()

    def _lose(self, mark: str) -> None:
        asked = {"report": "all-accounts-summary", "formats": ["csv"], "email_to": [f"reports-{self.mark}@example.com"]}
        self.call(VIEWER, "POST", "/reports", asked)
        made = self.call(OPERATOR, "POST", "/imports", {"kind": "portfolio"}).json
        self.product.outside.upload(made["upload"], as_file([{**OPEN, "username": f"lost-{mark}"}]))
        kept, self.made["import_id"] = self.made["import_id"], made["import_id"]
        self.call(OPERATOR, "POST", "/imports/{import_id}/start")
        self.made["import_id"] = kept
        self.made["delivery_id"] = self.call(VIEWER, "GET", "/deliveries?limit=1").json["items"][0]["delivery_id"]
        self.call(MANAGER, "POST", "/deliveries/{delivery_id}/resend")
        for queue in WORKERS:
            self.product.outside.waiting(queue)

    def _waiting_accounts(self, name: str) -> list[str]:
        return [self._waiting(f"{name}-{kind}", kind) for kind in KINDS]

    def _waiting(self, name: str, kind: str) -> str:
        """An account that a day to come changes by itself."""
        self.made["account_id"] = account_id = self.an_account(name, plan="trial" if kind == "trial" else "lite")
        if kind == "leaving":
            self.call(MANAGER, "PUT", "/accounts/{account_id}/add-ons/sms")
            self.call(MANAGER, "PUT", "/accounts/{account_id}/sms-registration", SMS_FORM, version=0)
            later = {"reason": "poor_results", "effective_on": self._in_days(5)}
            self.call(MANAGER, "PUT", "/accounts/{account_id}/cancellation", later)
        if kind == "asked":
            self.call(MANAGER, "PUT", "/accounts/{account_id}/account-type", {"account_type": "referred"})
            self.call(MANAGER, "PUT", "/accounts/{account_id}/permission-request")
        return account_id

    def _in_days(self, days: int) -> str:
        return (self.product.ports.clock().date() + timedelta(days=days)).isoformat()

    def leaving(self) -> None:
        """Cancel, erase and move accounts that nothing else needs."""
        kept = self.made["account_id"]
        self.erasing()
        self.made["account_id"] = self.an_account("back")
        self.call(MANAGER, "PUT", "/accounts/{account_id}/cancellation", {"reason": "poor_results"})
        self.call(MANAGER, "PUT", "/accounts/{account_id}/plan", {"plan": "lite"})
        self.made["account_id"] = self.an_account("moved")
        consent = {"given_by": "Ada Lovelace", "given_at": "2026-01-02T03:04:05Z", "evidence": "Ticket 7"}
        move = {"to_partner_id": self.other_partner_id, "qualifies": True, "consent": consent}
        self.call(OPERATOR, "POST", "/accounts/{account_id}/moves", move)
        self.made["account_id"] = kept
        self.in_bulk()

    def in_bulk(self) -> None:
        """Every bulk operation, previewed and carried out, and one that is stopped; the last changes an account."""
        referred = self.an_account("bulk-referred")
        kept, self.made["account_id"] = self.made["account_id"], referred
        self.call(MANAGER, "PUT", "/accounts/{account_id}/account-type", {"account_type": "referred"})
        self.made["account_id"] = kept
        account, texting, paid = self.an_account("bulk"), self.an_account("bulk-sms"), {"reference": "May"}
        self.bulk(OPERATOR, "pay_bonuses", self.earned(), paid)
        bonus = self.calls[-1].body["accounts"][0]
        self.bulk(OPERATOR, "void_bonus_payments", bonus, paid)
        self.bulk(MANAGER, "request_permission", referred, {})
        self.bulk(MANAGER, "activate_add_on", texting, {"add_on": "sms"})
        self.bulk(MANAGER, "deactivate_add_on", texting, {"add_on": "sms"})
        self.bulk(MANAGER, "change_billing_mode", account, {"billing_mode": "direct"})
        self.bulk(MANAGER, "cancel", account, {"reason": "poor_results"})
        self.bulk(MANAGER, "change_plan", account, {"plan": "premium"})
        for ending in ("", "/results", "/results/csv"):
            self.call(VIEWER, "GET", "/bulk-operations/{bulk_operation_id}" + ending)
        found = {"filter": {"q": f"bulk-{self.mark}"}, "expected_count": 1}
        asked = {"operation": "change_plan", "arguments": {"plan": "lite"}, "accounts": found}
        stopped = self.call(MANAGER, "POST", "/bulk-operations", asked).json
        self.made["bulk_operation_id"] = stopped["bulk_operation_id"]
        self.call(MANAGER, "POST", "/bulk-operations/{bulk_operation_id}/stop")
        self.product.work()

    def bulk(self, role: Role, operation: str, account_id: str, arguments: dict[str, str]) -> None:
        """One change of one account by a bulk operation, after its preview."""
        asked = {"operation": operation, "arguments": arguments, "accounts": [account_id]}
        looked = self.call(role, "POST", "/bulk-operations", {**asked, "dry_run": True}).json
        made = self.call(role, "POST", "/bulk-operations", asked).json
        self.made["bulk_operation_id"] = made["bulk_operation_id"]
        self.product.work()
        with self.product.working_for(self.partner_id, "get_bulk_operation"):
            ended = self._client(VIEWER).get(f"/bulk-operations/{made['bulk_operation_id']}").json
        assert (looked["changed"], ended["changed"], ended["status"]) == (1, 1, "done"), (looked, ended)

    def erasing(self) -> None:
        """Erase a person that stands wherever one can."""
        address = f"gone-{self.mark}@client.example"
        self.made["account_id"] = self.an_account("gone", username=address, owner={"email": address})
        consent = {"given_by": "Gone", "given_at": "2026-01-02T03:04:05Z", "evidence": "Ticket 8"}
        terms = {"qualifies": True, "consent": consent}
        self.call(OPERATOR, "POST", "/accounts/{account_id}/moves", {**terms, "to_partner_id": self.other_partner_id})
        with self.product.working_for(self.other_partner_id, "move_account"):
            back = self.product.caller(OPERATOR, self.other_partner_id).using(Idempotency_Key=f"{self.mark}-back")
            path = f"/accounts/{self.made['account_id']}/moves"
            assert back.call("POST", path, {**terms, "to_partner_id": self.partner_id}).status == 200
        asked = {"account_id": self.made["account_id"], "kind": _kinds()[0], "brief": f"Call {address}."}
        self.call(MANAGER, "POST", "/service-requests", asked)
        report = {"report": "portfolio", "formats": ["csv"], "filters": {"q": address}}
        self.call(MANAGER, "POST", "/reports", report)
        self.call(MANAGER, "POST", "/report-schedules", {**report, "timing": {"frequency": "daily"}})
        self.product.work()
        self.call(MANAGER, "PUT", "/accounts/{account_id}/cancellation", {"reason": "poor_results"})
        self.call(OPERATOR, "POST", "/accounts/{account_id}/erasure")
        self.product.work()
        self.call(OPERATOR, "GET", "/accounts/{account_id}/erasure")

    def earned(self) -> str:
        """An account whose bonus is earned: of the imported ones, long upgraded."""
        bonuses = self.call(VIEWER, "GET", "/bonuses").json["items"]
        return str(next(bonus["account_id"] for bonus in bonuses if bonus["status"] == "earned"))

    def lists(self) -> None:
        for path in (
            *(
                "/accounts",
                "/accounts?q=first&status=O",
                "/summary",
                "/departures",
                "/departure-counts",
                "/bonuses",
                "/audit",
            ),
            *("/accounts?q=first", "/accounts?sort=-last_login_on", "/accounts?sort=organization"),
            *("/account-count", "/account-count?plan=lite", "/account-count?q=first"),
            *("/audit?account_id={account_id}", "/reports", "/imports", "/service-requests", "/team"),
            "/bulk-operations",
            *("/report-schedules", "/deliveries?report_run_id={report_run_id}"),
        ):
            self.call(VIEWER, "GET", path)
        self.call(OPERATOR, "GET", "/partners")


def bounced(message_id: str, address: str) -> dict[str, str]:
    """What SES says of a mail that came back for good."""
    reported = {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": address}]}
    mail = {"messageId": message_id, "timestamp": "2026-01-02T03:04:05.000Z"}
    return {"Message": json.dumps({"notificationType": "Bounce", "bounce": reported, "mail": mail})}


def _kinds() -> list[str]:
    from chalicelib.domain.service_requests import ServiceKind

    return [item.value for item in ServiceKind]

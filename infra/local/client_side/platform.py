"""What the stand-in asks of the API: as the platform, for one client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from infra.local.api import Api, must

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Client:
    """One account, as its client is known to the platform."""

    account_id: str
    partner_id: str
    username: str


@dataclass(frozen=True, slots=True)
class Platform:
    """The platform's side of the API."""

    api_url: str
    token: Callable[[str], str]
    """An access token for a role of the sample."""
    today: Callable[[], date]

    def _api(self, role: str, client: Client | None = None) -> Api:
        headers = {"Partner-Id": client.partner_id, "Acting-For": client.username} if client else {}
        return Api(self.api_url, self.token(role), headers)

    def invite(self, slug: str) -> dict[str, Any]:
        """Return what a visitor of an invite sees."""
        found: dict[str, Any] = must(Api(self.api_url).get(f"/invites/{slug}"))
        return found

    def count_visit(self, slug: str) -> None:
        """Tell that somebody looks at an invite."""
        must(Api(self.api_url).post(f"/invites/{slug}/visits"))

    def sign_up(self, slug: str, form: dict[str, str]) -> Client:
        """Make the account of who fills in the form of an invite."""
        owner = {name: form.get(name, "") for name in ("first_name", "last_name", "email")}
        body = {"username": form.get("username", ""), "organization": form.get("organization", ""), "owner": owner}
        made = must(self._api("platform").post(f"/invites/{slug}/sign-ups", body))
        return Client(made["account_id"], made["partner_id"], made["username"])

    def redeem(self, token: str) -> tuple[Client, str]:
        """Use a sign-in link up: whose account it opens, and the role of who opens it."""
        used = must(self._api("platform").post("/sign-in-links/redemptions", {"token": token}))
        return Client(used["account_id"], used["partner_id"], used["username"]), used["role"]

    def find(self, username: str) -> Client:
        """Return the client with this username: the platform knows its own, here an operator looks it up."""
        found = must(self._api("operator").get(f"/usernames/{username}"))
        return Client(found["account_id"], found["partner_id"], found["username"])

    def account(self, client: Client) -> dict[str, Any]:
        """Return the account as its client may see it."""
        found: dict[str, Any] = must(self._api("platform", client).get(f"/accounts/{client.account_id}"))
        return found

    def act(self, client: Client, form: dict[str, str]) -> str:
        """Do what a button of the client's page says; what was done, in a sentence."""
        api, path = self._api("platform", client), f"/accounts/{client.account_id}"
        match form.get("do"):
            case "answer":
                approved = form.get("approved") == "true"
                must(api.put(f"{path}/permission-request/answer", {"approved": approved}))
                return "You have let your partner manage this account." if approved else "You have declined."
            case "plan":
                must(api.put(f"{path}/plan", {"plan": form.get("plan", "")}))
                return f"The account has the plan {form.get('plan')} now."
            case "add-on":
                add_on, buys = form.get("add_on", ""), form.get("has") != "active"
                must(api.put(f"{path}/add-ons/{add_on}") if buys else api.delete(f"{path}/add-ons/{add_on}"))
                return f"{add_on.replace('_', ' ')} is {'active' if buys else 'off'} now."
            case "campaign":
                return self._send_campaign(client)
            case "cancel":
                must(api.put(f"{path}/cancellation", {"reason": form.get("reason", "")}))
                return "The account is canceled."
        return "Nothing was done."

    def _send_campaign(self, client: Client) -> str:
        """Report one login and one campaign more than before, on a list of at least ten."""
        activity, today = self.account(client)["activity"], self.today().isoformat()
        report = {
            "username": client.username,
            "as_of": f"{today}T{datetime.now(UTC):%H:%M:%S}Z",
            "list_size": max(10, activity["list_size"]),
            "login_count": activity["login_count"] + 1,
            "campaigns_sent": activity["campaigns_sent"] + 1,
            "last_login_on": today,
            "last_campaign_on": today,
        }
        outcome = must(self._api("platform", client).post("/activity", {"reports": [report]}))
        return f"A campaign was sent; the platform reported it: {outcome['items'][0]['outcome']}."

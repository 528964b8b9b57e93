"""What the reports must show of the sample, worked out from its CSV alone, without the product's code."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

PORTFOLIO = Path(__file__).parents[2] / "sample/portfolio.csv"
ADD_ONS = {"sms": "SMS", "seo": "SEO", "inbox_preview": "Inbox Preview", "newsletter_archive": "Newsletter Archive"}
Row = dict[str, str]


@dataclass(frozen=True)
class Sample:
    """The sample's rows as they are on a day."""

    rows: tuple[Row, ...]
    today: date

    def of(self, status: str, account_type: str) -> list[Row]:
        """The accounts of one status and type."""
        return [row for row in self.rows if (row["status"], row["account_type"]) == (status, account_type)]

    def summary(self) -> dict[str, tuple[int, int]]:
        """Managed and referred accounts by status."""
        counts = Counter((row["status"], row["account_type"]) for row in self.rows)
        return {status: (counts[status, "managed"], counts[status, "referred"]) for status in "OTEC"}

    def details(self, row: Row) -> dict[str, str]:
        """An open account's row in the details report, without its id."""
        return {
            "Partner account ID": row["partner_account_id"],
            "Username": row["username"],
            "Organization": row["organization"],
            "Owner": f"{row['owner_first_name']} {row['owner_last_name']}",
            "E-mail": row["owner_email"],
            "Status": row["status"],
            "Plan": row["plan"].capitalize(),
            "Billing mode": {"single_bill": "Single bill", "direct": "Direct"}[row["billing_mode"]],
            "Holds": "",
            "Created": row["created_on"],
            "Trial ends": row["trial_ends_on"],
            "First payment date": row["initial_upgrade_on"],
            "List size": row["list_size"],
            "Logins": row["login_count"],
            "Last login": row["last_login_on"],
            "Campaigns sent": row["campaigns_sent"],
            "Last campaign": row["last_campaign_on"],
            "Add-ons": _add_ons(row),
            "SMS registration": "Not started" if "sms" in row["add_ons"].split("|") else "",
        }

    def tracker(self, row: Row) -> dict[str, str]:
        """An account's row in the bonus tracker, without its reason."""
        upgraded, cancelled = _day(row["initial_upgrade_on"]), _day(row["cancelled_on"])
        status = self._bonus(upgraded, cancelled)
        since = (self.today - upgraded).days if upgraded else None
        left = max(0, 95 - since) if since is not None and status in ("Tracking", "Earned") else None
        return {
            "Username": row["username"],
            "Organization": row["organization"],
            "Account type": row["account_type"].capitalize(),
            "Initial upgrade": row["initial_upgrade_on"],
            "Days since": "" if since is None else str(since),
            "Days left": "" if left is None else str(left),
            "NAB status": status,
            "Earned on": str(upgraded + timedelta(95)) if upgraded and status == "Earned" else "",
        }

    def _bonus(self, upgraded: date | None, cancelled: date | None) -> str:
        if upgraded is None:
            return "Not started"
        if cancelled is not None and (cancelled - upgraded).days <= 94:
            return "Disqualified"
        return "Earned" if (self.today - upgraded).days >= 95 else "Tracking"

    def departures(self) -> list[dict[str, str]]:
        """Who left in the last ninety days."""
        gone = [(row, day) for row in self.rows if (day := _day(row["cancelled_on"]))]
        return [
            {
                "Username": row["username"],
                "Organization": row["organization"],
                "Account type": row["account_type"].capitalize(),
                "Event": "Cancellation",
                "Effective date": row["cancelled_on"],
                "Days ago": str((self.today - day).days),
                "Reason": row["cancel_reason"].replace("_", " ").capitalize(),
                "Plan at exit": row["plan"].capitalize(),
                "Days as a client": str((day - date.fromisoformat(row["created_on"])).days),
            }
            for row, day in gone
            if 0 <= (self.today - day).days <= 90
        ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _add_ons(row: Row) -> str:
    names = [name for code, name in ADD_ONS.items() if code in row["add_ons"].split("|")]
    if row["plan"] == "premium":
        names = [name for name in names if name != "Newsletter Archive"] + ["Newsletter Archive (included)"]
    return ", ".join(names)


def sample_on(today: date) -> Sample:
    """The sample with the trials that have ended by that day expired."""
    with PORTFOLIO.open(encoding="utf-8-sig", newline="") as file:
        rows = tuple(_settled(row, today) for row in csv.DictReader(file))
    return Sample(rows, today)


def _settled(row: Row, today: date) -> Row:
    ended = row["status"] == "T" and row["trial_ends_on"] <= today.isoformat()
    return {**row, "status": "E"} if ended else row

"""Brings SMS registrations into every status that they can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infra.local.api import must
from infra.local.demonstration.desk import Desk, path_of, write_over

if TYPE_CHECKING:
    from collections.abc import Sequence

REACHED: tuple[tuple[str, ...], ...] = (
    (),
    (),
    (),
    ("submitted",),
    ("submitted",),
    ("submitted", "in_review"),
    ("submitted", "in_review", "rejected"),
    ("submitted", "in_review", "rejected"),
    *[("submitted", "in_review", "approved")] * 8,
)
"""What was done with each form after it was written."""
REASON = "The sample message does not say how to stop getting messages."


def form(account: dict[str, Any]) -> dict[str, str]:
    """Return the form of an account, filled in."""
    name, own = account["organization"], account["username"]
    return {
        "legal_business_name": f"{name} LLC"[:80],
        "business_type": "private_profit",
        "ein": f"{sum(own.encode()) * 7919 % 900_000_000 + 100_000_000}",
        "street": "1 Quay Street",
        "city": "Portland",
        "state": "ME",
        "zip_code": "04101",
        "website": f"https://{own}.example",
        "privacy_policy_url": f"https://{own}.example/privacy",
        "terms_url": f"https://{own}.example/terms",
        "contact_name": "Kim Owner",
        "contact_phone": "+1 207 555 0100",
        "contact_email": f"office@{own}.example",
        "opt_in_type": "web_form",
        "use_case": "marketing",
        "sample_message": f"{name}: new this week, and 10% off on Friday. Reply STOP to opt out."[:160],
        "sender_name": "".join(filter(str.isalnum, own))[:11],
    }


def registrations(desk: Desk) -> None:
    """Fill in forms, submit them, and have them reviewed."""
    accounts = desk.accounts("status=O&account_type=managed&add_on=sms", len(REACHED))
    for account, steps in zip(accounts, REACHED, strict=False):
        path = f"{path_of(account)}/sms-registration"
        write_over(desk.admin, "PUT", path, form(account))
        _go_on(desk, path, steps)


def _go_on(desk: Desk, path: str, steps: Sequence[str]) -> None:
    for step in steps:
        if step == "submitted":
            must(desk.admin.post(f"{path}/submission"))
        else:
            reason = {"reason": REASON} if step == "rejected" else {}
            must(desk.operator.post(f"{path}/review", {"status": step, **reason}))

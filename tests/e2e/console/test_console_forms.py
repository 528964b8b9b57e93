"""Forms: what a colleague saved meanwhile is kept, what was typed is understood, and what is wrong is said in our words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.console.seed_data import change, done

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.console.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]

MARK = re.compile("Someone else changed this")


def test_d2_what_a_colleague_saved_first_is_not_overwritten_by_the_second_save(admin: Visitor) -> None:
    api = admin.stack.http("partner_admin")
    before = done(api.get("/settings"))
    kept, links, wanted = before["report_retention_days"] % 90 + 1, before["link_days"] % 28 + 1, 30
    admin.refused(412)
    expect(admin.page.locator("[name=link_days]")).to_have_value(str(before["link_days"]))
    change(api, "PATCH", "/settings", {"report_retention_days": kept, "link_days": links})
    admin.fill(link_days=str(wanted))
    admin.press("Save")
    admin.sees("Someone else saved changes while you were editing.")
    expect(admin.page.locator("[name=report_retention_days]")).to_have_value(str(kept))
    expect(admin.page.get_by_label("Report files are kept")).to_have_accessible_description(MARK)
    theirs = re.compile(f"changed this to “{links}”")
    expect(admin.page.get_by_label("Links in e-mails")).to_have_accessible_description(theirs)
    expect(admin.page.locator("[name=time_zone]")).not_to_have_accessible_description(MARK)
    admin.press("Save")
    admin.reported("The settings have been saved.")
    expect(admin.page.get_by_text(MARK)).to_have_count(0)
    saved = done(api.get("/settings"))
    assert (saved["report_retention_days"], saved["link_days"]) == (kept, wanted)


def test_d2_a_profile_and_the_terms_of_a_partner_take_what_a_colleague_saved(visit: Callable[..., Visitor]) -> None:
    admin = visit("partner_admin")
    api, operators = admin.stack.http("partner_admin"), admin.stack.http("operator")
    path = f"/accounts/{done(api.get('/accounts?limit=1&status=O&account_type=managed'))['items'][0]['account_id']}"
    admin.refused(412)
    admin.open(path)
    admin.press("Edit profile")
    change(api, "PATCH", path, {"owner": {"phone": "111-222-3333"}})
    admin.fill(partner_account_id="own-17")
    admin.press("Save")
    expect(admin.page.locator("[name='owner.phone']")).to_have_value(re.compile("111"))
    admin.press("Save")
    admin.reported("The profile has been saved.")
    assert "111" in done(api.get(path))["owner"]["phone"]

    operator = visit("operator", path="partners")
    operator.refused(412)
    partner = next(item for item in done(operators.get("/partners"))["items"] if item["name"] == "Quiet Street Studio")
    operator.row_menu("Quiet Street Studio", "Change terms")
    days = partner["terms"]["trial_days"] % 90 + 1
    path = f"/partners/{partner['partner_id']}"
    change(operators, "PATCH", path, {"terms": {**partner["terms"], "trial_days": days}})
    operator.fill(terms__permission_days="29")
    operator.press("Save")
    expect(operator.page.locator("[name='terms.trial_days']")).to_have_value(str(days))
    operator.press("Save")
    operator.reported("The partner has been saved.")
    assert done(operators.get(path))["terms"]["trial_days"] == days

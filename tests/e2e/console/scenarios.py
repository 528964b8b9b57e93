"""The list of all pages and overlays, by who sees them. A route that is missing here fails a test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.e2e.console.accessibility import WIDTHS, Sight

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.console.seed_data import Furniture
    from tests.e2e.console.visitor import Visitor

PANEL_WIDTH = 1440


def by_its_address(visitor: Visitor) -> None:
    """The address opens it."""
    visitor.page.get_by_role("dialog").wait_for()


def pressing(name: str, *more: str) -> Callable[[Visitor], None]:
    """Press these buttons, one after the other."""

    def opening(visitor: Visitor) -> None:
        for item in (name, *more):
            visitor.press(item)

    return opening


def previewed(visitor: Visitor) -> None:
    """Show the report on its page."""
    visitor.press("Preview")
    visitor.page.locator("iframe").scroll_into_view_if_needed()


def dropping(name: str) -> Callable[[Visitor], None]:
    """Open the drop-down of this name."""
    return lambda visitor: visitor.drop_down(name).click()


def choosing(action: str, row: str | re.Pattern[str] = "Account actions") -> Callable[[Visitor], None]:
    """Open a menu and choose an entry; without a row, the page's own menu."""

    def opening(visitor: Visitor) -> None:
        visitor.page.get_by_role("button", name=row).first.click()
        visitor.page.get_by_role("menuitem", name=action).click()

    return opening


def commanding(words: str) -> Callable[[Visitor], None]:
    """Open the command bar and type this."""

    def opening(visitor: Visitor) -> None:
        visitor.page.keyboard.press("Control+k")
        visitor.page.get_by_role("combobox", name="Go to, do").fill(words)
        visitor.page.get_by_role("option").filter(has_text=words).first.wait_for()
        visitor.settled()

    return opening


def asking_for_help(visitor: Visitor) -> None:
    """Press the key that lists the keys."""
    visitor.page.get_by_role("main").focus()
    visitor.page.keyboard.press("?")
    visitor.page.get_by_role("dialog").wait_for()


def pointing_at_a_bar(visitor: Visitor) -> None:
    """Reach a bar of the chart by the Tab key; on a narrow page it is a picture, with its figures beneath."""
    bars = visitor.page.get_by_role("group", name="By week").get_by_role("link")
    if bars.count():
        bars.first.focus()
        visitor.page.keyboard.press("Tab")
        visitor.page.get_by_role("tooltip").wait_for()


def beside_the_list(visitor: Visitor) -> None:
    """Open the first account beside the list, where the page is wide enough; at the other widths it is its page."""
    size = visitor.page.viewport_size
    if size and size["width"] >= WIDTHS[0]:
        visitor.page.set_viewport_size({"width": PANEL_WIDTH, "height": size["height"]})
    visitor.page.get_by_role("link", name="Client").first.click()
    visitor.settled()


def opened_menu(visitor: Visitor, row: str = "Actions for") -> None:
    """Open the menu of the first row."""
    visitor.page.get_by_role("button", name=row).first.click()


def ticked(visitor: Visitor) -> None:
    """Select the first account, and open what can be done with it."""
    visitor.page.get_by_role("checkbox", name=re.compile("^Select (?!all)")).first.check()
    visitor.page.get_by_role("region", name="1 selected").get_by_role("button", name="Change").click()


def previewed_change(visitor: Visitor) -> None:
    """Look at what a change of the first account would do."""
    ticked(visitor)
    visitor.choose("Add-on", "SEO")
    visitor.press("Preview")
    visitor.page.get_by_role("region", name="Preview").wait_for()


def paying(visitor: Visitor) -> None:
    """Select the first bonus, and open the question before it is paid."""
    visitor.page.get_by_role("checkbox", name=re.compile("^Select (?!all)")).first.check()
    visitor.press("Record payments")


def submitted_empty(visitor: Visitor) -> None:
    """A form with its refusals at their fields."""
    visitor.press("Create account")


def unrolled(visitor: Visitor) -> None:
    """The narrow page's menu, which the wide one always shows."""
    button = visitor.page.get_by_role("button", name="Open the menu")
    if button.is_visible():
        button.click()


def pages(existing: Furniture) -> list[Sight]:
    """What the menu leads to, and what lies behind it."""
    return [
        Sight("dashboard", "/"),
        Sight("accounts", "/accounts"),
        Sight("accounts-none-found", "/accounts?q=nothing-of-that-name"),
        Sight("new-account", "/accounts/new"),
        Sight("account", f"/accounts/{existing.single_bill}"),
        Sight("account-direct", f"/accounts/{existing.direct}", pictured=False),
        Sight("account-referred", f"/accounts/{existing.referred}"),
        Sight("account-cancelled", f"/accounts/{existing.cancelled}", pictured=False),
        Sight("sms-registration", f"/accounts/{existing.single_bill}/sms-registration"),
        Sight("sms-registration-submitted", f"/accounts/{existing.registering}/sms-registration", pictured=False),
        Sight("reports", "/reports"),
        Sight("report", f"/reports/{existing.report_run}"),
        Sight("report-preview", f"/reports/{existing.report_run}", previewed),
        Sight("schedules", "/reports/schedules"),
        Sight("deliveries", "/reports/deliveries"),
        Sight("bonuses", "/bonuses"),
        Sight("bonuses-earned", "/bonuses?nab_status=earned", pictured=False),
        Sight("departures", "/departures"),
        Sight("imports", "/imports"),
        Sight("import", f"/imports/{existing.finished_import}"),
        Sight("bulk-operations", "/bulk-operations"),
        Sight("bulk-operation", f"/bulk-operations/{existing.bulk_operation}"),
        Sight("invite", "/invite"),
        Sight("services", "/services"),
        Sight("team", "/team"),
        Sight("settings", "/settings"),
        Sight("history", "/audit"),
        Sight("profile", "/profile", pictured=False),
        Sight("missing", "/nothing-here"),
    ]


def overlays_of_lists() -> list[Sight]:
    """What opens over the list of accounts."""
    return [
        Sight("menu", "/accounts?status_group=trial", unrolled),
        Sight("account-menu", "/accounts?status_group=trial", opened_menu),
        Sight("status-drop-down", "/accounts?status_group=trial", dropping("Status"), pictured=False),
        Sight("more-filters", "/accounts?status_group=trial", pressing("More filters")),
        Sight("columns", "/accounts?status_group=trial", pressing("Columns"), pictured=False),
        Sight("account-panel", "/accounts?status_group=trial", beside_the_list, pictured=False),
        Sight("save-view", "/accounts?status_group=trial", pressing("Saved views", "Save view"), pictured=False),
        Sight("saved-views", "/accounts?status_group=trial", pressing("Saved views"), pictured=False),
        Sight("export", "/accounts?status_group=trial&open=export", by_its_address),
        Sight("bulk-change", "/accounts?status_group=expired&account_type=managed", ticked, pictured=False),
        Sight("bulk-preview", "/accounts?status_group=expired&account_type=managed", previewed_change, pictured=False),
        Sight("log-in", "/accounts?status_group=trial&account_type=managed", first_log_in, pictured=False),
    ]


def first_log_in(visitor: Visitor) -> None:
    """Ask for the sign-in link of the first account."""
    visitor.page.get_by_role("button", name=re.compile("^Log in: ")).first.click()
    visitor.sees("It works once")


def overlays_of_accounts(existing: Furniture) -> list[Sight]:
    """What opens over one account, and over the form of a new one."""
    account = f"/accounts/{existing.single_bill}"
    return [
        Sight("edit-profile", account, pressing("Edit profile"), pictured=False),
        Sight("change-plan", account, choosing("Change plan")),
        Sight("change-billing", account, choosing("Change billing"), pictured=False),
        Sight("cancel-account", account, choosing("Cancel account")),
        Sight("make-referred", account, choosing("Make it a referred account"), pictured=False),
        Sight("reactivate", f"/accounts/{existing.cancelled}", choosing("Reactivate account"), pictured=False),
        Sight("ask-permission", f"/accounts/{existing.referred}", choosing("Request permission"), pictured=False),
        Sight("deactivate-sms", f"/accounts/{existing.registering}", switching_sms, pictured=False),
        Sight("new-account-refused", "/accounts/new", submitted_empty, pictured=False),
    ]


def switching_sms(visitor: Visitor) -> None:
    """Ask to deactivate SMS where a registration would be lost."""
    visitor.section("Add-ons").locator("label").filter(has_text="SMS").first.click()


def overlays_of_the_desk(existing: Furniture) -> list[Sight]:
    """What opens over reports, schedules, services, team and imports."""
    report = f"/reports/{existing.report_run}"
    return [
        Sight("generate-report", "/reports?generate=managed-account-details", by_its_address),
        Sight("report-menu", "/reports", opened_menu, pictured=False),
        Sight("delete-report", report, pressing("Delete"), pictured=False),
        Sight("revoke-links", report, pressing("Revoke e-mailed links"), pictured=False),
        Sight("new-schedule", "/reports/schedules", pressing("New schedule")),
        Sight("edit-schedule", "/reports/schedules", choosing("Edit", re.compile("^Actions for")), pictured=False),
        Sight("delete-schedule", "/reports/schedules", choosing("Delete", re.compile("^Actions for")), pictured=False),
        Sight("ask-for-services", f"/services?account={existing.single_bill}", by_its_address),
        Sight("accept-quote", "/services", choosing("Accept the quote", re.compile("Client 0014")), pictured=False),
        Sight("service-price", "/services", choosing("Set your price", re.compile("Client 0014")), pictured=False),
        Sight("invite-someone", "/team", pressing("Invite someone"), pictured=False),
        Sight("change-role", "/team", choosing("Change role", "Actions for Max"), pictured=False),
        Sight("remove-member", "/team", choosing("Remove from the team", "Actions for Max"), pictured=False),
        Sight("new-import", "/imports?open=new", by_its_address, pictured=False),
        Sight("command-bar", "/settings", commanding("new"), pictured=False),
        Sight("command-bar-account", "/settings", commanding("0014-bmaqu"), pictured=False),
        Sight("rule", "/bonuses", pressing("Help: New Account Bonus: 95 days"), pictured=False),
        Sight("chart-tooltip", "/departures", pointing_at_a_bar, pictured=False),
        Sight("keyboard-help", "/settings", asking_for_help, pictured=False),
    ]


def operator_sights(existing: Furniture) -> list[Sight]:
    """What only the platform's staff see, acting for the first partner."""
    single_bill, cancelled = f"/accounts/{existing.single_bill}", f"/accounts/{existing.cancelled}"
    return [
        Sight("overview", "/overview", pictured=False),
        Sight("partners", "/partners"),
        Sight("new-partner", "/partners", pressing("New partner"), pictured=False),
        Sight("partner-terms", "/partners", choosing("Terms", "Actions for Quiet Street"), pictured=False),
        Sight("sms-reviews", "/sms-reviews"),
        Sight("sms-review", f"/sms-reviews/{existing.partner}/{existing.registering}"),
        Sight(
            "sms-review-rejected",
            f"/sms-reviews/{existing.partner}/{existing.registering}",
            pressing("Reject"),
            pictured=False,
        ),
        Sight("service-queue", "/service-queue", pictured=False),
        Sight("service-queue-empty", "/service-queue?status=in_progress", pictured=False),
        Sight("service-to-quote", f"/service-queue/{existing.partner}/{existing.waiting_service}", pictured=False),
        Sight("nightly-runs", "/nightly-runs"),
        Sight("sms-review-of-an-account", f"/accounts/{existing.registering}/sms-registration", pictured=False),
        Sight("account-for-operators", single_bill, pictured=False),
        Sight("set-hold", single_bill, pressing("Set a hold: Compliance"), pictured=False),
        Sight("move-account", single_bill, pressing("Move to another partner"), pictured=False),
        Sight("erase-person", cancelled, pressing("Erase personal data"), pictured=False),
        Sight("record-payments", "/bonuses?nab_status=earned", paying, pictured=False),
    ]


def everything(existing: Furniture) -> list[Sight]:
    """All of them, but signing in."""
    lists, accounts = overlays_of_lists(), overlays_of_accounts(existing)
    return [*pages(existing), *lists, *accounts, *overlays_of_the_desk(existing), *operator_sights(existing)]

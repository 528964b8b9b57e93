"""Somebody who uses the console in a browser: signs in, goes by the menu, looks for things by what they are called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

    from infra.local.stack_file import StackUser
    from tests.e2e.stack import EmbeddedStack

PATIENCE_MS = 60_000
"""The emulator starts a process for a function's first call, on a machine that does other things besides."""
HEIGHT = 800
WATCH = """
window.violations = [];
addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.blockedURI} ${event.violatedDirective}`);
});
"""

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Visitor:
    """One person's window."""

    stack: EmbeddedStack
    context: BrowserContext
    page: Page
    misdeeds: list[str] = field(default_factory=list)
    """Exceptions and violations of the Content-Security-Policy."""

    @classmethod
    def arrive(cls, browser: Browser, stack: EmbeddedStack, width: int) -> Visitor:
        """A new window on the sign-in page."""
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, accept_downloads=True, permissions=["clipboard-write"]
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(WATCH)
        visitor = cls(stack, context, context.new_page())
        visitor.page.on("pageerror", lambda error: visitor.misdeeds.append(str(error)))
        visitor.page.goto(stack.info.console_url)
        return visitor

    def leave(self) -> None:
        """Close the window, having looked what its last page did."""
        self.misdeeds += self.page.evaluate("window.violations")
        self.context.close()

    def sign_in(self, user: StackUser, password: str = "") -> None:
        """By the form, as everybody."""
        self.page.get_by_label("Username or e-mail").fill(user.username)
        self.page.get_by_label("Password").fill(password or user.password)
        self.press("Sign in")
        expect(self.page.get_by_role("navigation", name="My organization")).to_be_attached()

    def menu(self, entry: str) -> None:
        """Click an entry of the left menu and wait for its page."""
        self.page.get_by_role("navigation", name="My organization").get_by_role("link", name=entry, exact=True).click()
        self.settled()

    def open(self, path: str) -> None:
        """Go to a page without losing the session, which lives in this page's memory."""
        go = "path => { history.pushState({}, '', '/console' + path); dispatchEvent(new PopStateEvent('popstate')) }"
        self.page.evaluate(go, path)
        self.settled()

    def settled(self) -> None:
        """Wait until nothing on the page is still loading."""
        self.page.wait_for_timeout(250)
        expect(self.page.locator("[aria-busy=true], [role=progressbar][aria-label='Loading the page…']")).to_have_count(
            0
        )

    def press(self, name: str) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def choose(self, field_name: str, option: str) -> None:
        """Choose an option of a drop-down."""
        self.page.get_by_role("button", name=field_name).last.click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def fill(self, **values: str) -> None:
        """Fill form fields by their names; `owner__email` is `owner.email`."""
        for name, value in values.items():
            self.page.locator(f"[name='{name.replace('__', '.')}']").fill(value)

    def check(self, name: str) -> None:
        """Tick a box or choose a radio button by its words."""
        self.page.locator("label").filter(has_text=name).first.click()

    def row_menu(self, row: str, entry: str) -> None:
        """Click the three dots of a row and choose an entry."""
        self.page.get_by_role("button", name=f"Actions for {row}").first.click()
        self.page.get_by_role("menuitem", name=entry).click()

    def heading(self, name: str) -> None:
        """Wait for the page of this title."""
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def section(self, name: str) -> Locator:
        """A section of the page."""
        return self.page.get_by_role("region", name=name, exact=True)

    def sees(self, words: str) -> None:
        """These words are on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def told(self, words: str) -> None:
        """The live region has said it."""
        expect(self.page.get_by_role("status").first).to_contain_text(words)

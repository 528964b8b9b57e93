"""Somebody who uses the console in a browser: signs in, goes by the menu, looks for things by what they are called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

    from infra.local.stack_info import StackUser
    from tests.e2e.stack import EmbeddedStack

PATIENCE_MS = 30_000
"""The emulator starts a process for a function's first call, on a machine that does other things besides."""
HEIGHT = 800
QUIET_FRAMES = 4
WATCH = """
window.violations = [];
addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.blockedURI} ${event.violatedDirective}`);
});
window.asked = 0;
const ask = window.fetch;
window.fetch = (...how) => {
  window.asked += 1;
  return ask(...how).finally(() => { window.asked -= 1; });
};
const everything = { attributes: true, childList: true, subtree: true };
new MutationObserver(() => { window.still = 0; }).observe(document, everything);
const moves = () => document.getAnimations().some((each) => {
  return each.playState === 'running' && Number.isFinite(each.effect.getComputedTiming().endTime);
});
const loads = '[aria-busy=true], [role=progressbar][aria-label="Loading the page…"]';
window.settled = (frames) => new Promise((resolve) => {
  const look = () => {
    const rests = window.asked === 0 && !document.querySelector(loads) && !moves();
    window.still = rests ? (window.still ?? 0) + 1 : 0;
    if (window.still > frames) resolve();
    else requestAnimationFrame(look);
  };
  look();
});
window.restful = (frames, patience) => Promise.race([
  settled(frames).then(() => true),
  new Promise((late) => setTimeout(late, patience)),
]);
"""
"""Notes what the policy stopped; knows when a page is at rest: nothing asked for, loading, moving, changing."""
GO = """
(path) => {
  history.pushState({ idx: (history.state?.idx ?? 0) + 1, key: path }, '', '/console' + path);
  dispatchEvent(new PopStateEvent('popstate'));
}
"""
LIGHT_PAGE = "settings"
"""Where tests begin: it asks one small thing of the API, the dashboard asks for much."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Visitor:
    """One person's window."""

    stack: EmbeddedStack
    context: BrowserContext
    page: Page
    misdeeds: list[str] = field(default_factory=list)
    """Exceptions, errors on the console, violations of the Content-Security-Policy, requests to anybody else."""
    expected: set[str] = field(default_factory=set)
    """Words of the browser's own errors that a test brings about, such as `422` for a refusal."""

    @classmethod
    def arrive(cls, browser: Browser, stack: EmbeddedStack, width: int, path: str = LIGHT_PAGE) -> Visitor:
        """A new window, which asks to sign in before it shows this page."""
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, accept_downloads=True, permissions=["clipboard-write"]
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(WATCH)
        visitor = cls(stack, context, context.new_page())
        visitor.page.on("pageerror", lambda error: visitor.misdeeds.append(str(error)))
        visitor.page.on("console", visitor._hear)
        visitor.page.on("request", visitor._see)
        visitor.page.goto(stack.info.console_url + path)
        return visitor

    def _hear(self, output: ConsoleMessage) -> None:
        if output.type in ("error", "warning") and not any(words in output.text for words in self.expected):
            self.misdeeds.append(f"{output.text} {output.location.get('url', '')}")

    def _see(self, request: Request) -> None:
        if not request.url.startswith((self.stack.info.endpoint_url, self.files_origin, "blob:", "data:", "about:")):
            self.misdeeds.append(f"reaches for {request.url}")

    @property
    def files_origin(self) -> str:
        """Where the files are: another origin than the console's, as on AWS."""
        return self.stack.files_origin

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

    def open(self, path: str, frames: int = QUIET_FRAMES) -> None:
        """Go to a page without losing the session, which lives in this page's memory."""
        self.page.evaluate(GO, path)
        self.settled(frames)

    def settled(self, frames: int = QUIET_FRAMES) -> None:
        """Wait until the page is at rest, and stays so for some frames."""
        at_rest = f"restful({frames}, {PATIENCE_MS})"
        assert self.page.evaluate(at_rest), f"{self.page.url} does not come to rest"

    def press(self, name: str) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def drop_down(self, field_name: str) -> Locator:
        """The drop-down of this name; column headings that sort have the same names."""
        lists = self.page.locator("button[aria-haspopup=listbox]")
        return self.page.get_by_role("button", name=field_name).and_(lists).last

    def choose(self, field_name: str, option: str) -> None:
        """Choose an option of a drop-down."""
        self.drop_down(field_name).click()
        self.page.get_by_role("option").filter(has=self.page.get_by_text(option, exact=True)).click()

    def fill(self, **values: str) -> None:
        """Fill form fields by their names; `owner__email` is `owner.email`."""
        for name, value in values.items():
            self.page.locator(f"[name='{name.replace('__', '.')}']").fill(value)

    def search(self, words: str) -> None:
        """Type into the accounts' search field, and wait for what it finds: it asks a moment after the last letter."""
        self.page.get_by_label("Search accounts").fill(words)
        self.page.wait_for_url(f"**q={words}**")
        self.settled()

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
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def refused(self, *statuses: int) -> None:
        """The test brings these answers about, so that the browser may speak of them as errors."""
        self.expected |= {f"status of {status}" for status in statuses}

    def reported(self, words: str) -> None:
        """The live region has said it."""
        expect(self.page.get_by_role("status").first).to_contain_text(words)

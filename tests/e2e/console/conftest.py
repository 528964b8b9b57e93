"""Browser tests: one Chromium, a window of its own for each person, and an eye on what the page must never do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from infra import console
from tests.e2e.console.chromium import ARGUMENTS, executable
from tests.e2e.console.visitor import LIGHT_PAGE, Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from tests.e2e.stack import EmbeddedStack


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, stack: EmbeddedStack) -> Iterator[Callable[..., Visitor]]:
    """Opens the console for a role of the sample, signed in; checks at the end that no page misbehaved."""
    if not console.built():
        pytest.fail("The console is not built: run `make console` first.")
    visitors: list[Visitor] = []

    def start(
        role: str = "partner_admin",
        *,
        second: bool = False,
        width: int = 1280,
        signed_in: bool = True,
        path: str = LIGHT_PAGE,
    ) -> Visitor:
        visitor = Visitor.arrive(browser, stack, width, path)
        visitors.append(visitor)
        if signed_in:
            visitor.sign_in(stack.info.user(role, second=second))
        return visitor

    yield start
    for visitor in visitors:
        visitor.leave()
    assert [misdeed for visitor in visitors for misdeed in visitor.misdeeds] == []


@pytest.fixture
def admin(visit: Callable[..., Visitor]) -> Visitor:
    return visit("partner_admin")

"""Every page and overlay, light, dark and in forced colors, narrow, wide and at 200 %: no axe violation, nothing too
wide; and its picture."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.console import scenarios
from tests.e2e.console.seed_data import Furniture, furnish
from tests.e2e.console.accessibility import PICTURED, Inspector, Sight
from tests.e2e.console.pictures import ALBUM, Album

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from tests.e2e.console.visitor import Visitor
    from tests.e2e.stack import EmbeddedStack

pytestmark = [pytest.mark.browser, pytest.mark.stack]

ROUTER = Path(__file__).parents[3] / "console/src/app/router.tsx"


@pytest.fixture(scope="module")
def existing(stack: EmbeddedStack) -> Furniture:
    """A partner's desk after some days of work."""
    return furnish(stack)


@pytest.fixture(scope="module")
def album(browser: Browser) -> Iterator[Album]:
    """The pictures that are kept."""
    page = browser.new_page()
    yield Album(page)
    page.close()


def test_the_list_of_sights_knows_every_route() -> None:
    nowhere = Furniture(*(["some-id"] * len(fields(Furniture))))
    listed = {sight.path.split("?")[0] for sight in scenarios.everything(nowhere)}
    routes = {re.sub(r":\w+", "some-id", route) for route in re.findall(r"page\(\s*'([^']+)'", ROUTER.read_text())}
    assert len(routes) >= 20
    assert routes <= listed


def test_the_album_holds_a_picture_of_each_sight_and_of_nothing_else() -> None:
    nowhere = Furniture(*(["some-id"] * len(fields(Furniture))))
    pictured = [sight.name for sight in scenarios.everything(nowhere) if sight.pictured]
    taken = {f"{name}-{scheme}-{width}.png" for name in ["sign-in", *pictured] for scheme, width in PICTURED}
    assert {path.name for path in ALBUM.iterdir()} == taken


def test_signing_in_is_accessible_in_every_look(visit: Callable[..., Visitor], album: Album) -> None:
    visitor = visit(signed_in=False)
    visitor.heading("Sign in")
    Inspector(visitor, album).inspect([Sight("sign-in", "/")])


def test_every_page_of_a_partner_is_accessible_in_every_look(admin: Visitor, existing: Furniture, album: Album) -> None:
    admin.expected.add("Blocked script execution in 'about:srcdoc'")
    Inspector(admin, album).inspect(scenarios.pages(existing))


def test_what_opens_over_the_accounts_is_accessible_in_every_look(
    admin: Visitor, existing: Furniture, album: Album
) -> None:
    Inspector(admin, album).inspect([*scenarios.overlays_of_lists(), *scenarios.overlays_of_accounts(existing)])


def test_what_opens_over_the_desk_is_accessible_in_every_look(
    admin: Visitor, existing: Furniture, album: Album
) -> None:
    Inspector(admin, album).inspect(scenarios.overlays_of_the_desk(existing))


def test_what_operators_see_is_accessible_in_every_look(
    visit: Callable[..., Visitor], existing: Furniture, album: Album
) -> None:
    operator = visit("operator", path="partners")
    operator.press("Act for this partner: Harbour Lane Agency")
    Inspector(operator, album).inspect(scenarios.operator_sights(existing))

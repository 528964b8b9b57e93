"""Every page and overlay of the console, how to come there, and how it is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tests.e2e.console.visitor import HEIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.console.pictures import Album
    from tests.e2e.console.visitor import Visitor

AXE = Path(__file__).parents[3] / "console/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = ["color-contrast", "link-in-text-block"]


class Look(NamedTuple):
    """How a page is looked at, and what axe looks for then."""

    scheme: Literal["light", "dark"]
    width: int
    tags: list[str]
    forced_colors: Literal["active", "none"] = "none"


LOOKS = (
    Look("light", 1280, TAGS),
    Look("light", 360, TAGS),
    Look("dark", 360, CONTRAST),
)
FORCED = Look("light", 640, TAGS, "active"), Look("light", 360, TAGS, "active")
"""Wide and narrow; in the dark, where the same elements have other colors and nothing else differs; and in the reader's
own colors: a page at 200 % of the wide one, what opens over it narrow, because it is opened anew at each width."""
WIDTHS = (1280, 640, 360)
PICTURED = {("light", 1280), ("dark", 360)}
OVERLAYS = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox], [role=tooltip]"
SEEN = f"""
window.seen = () => {{
  const overlays = [...document.querySelectorAll('{OVERLAYS}')];
  return overlays.length > 0 ? overlays : document;
}};
"""
"""What axe looks at: what is open, since the page behind it has been looked at by itself."""
A_MOMENT = 1
"""Frames after which a change of colours, or an overlay that goes, has been drawn."""
ELSEWHERE = "/nowhere"
"""Between two looks, so that a page is opened anew and nothing of the last one stays open."""
AXE_RUN = """
(tags) => axe.run(seen(), { runOnly: tags, resultTypes: ['violations'] }).then(({ violations }) => ({
  violations: violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 200)}`),
  wide: document.documentElement.scrollWidth - innerWidth,
  cut: innerWidth < 1280 ? [] : [...document.querySelectorAll('[role=region][tabindex="0"]')]
    .filter((table) => table.scrollWidth > table.clientWidth + 1).map((table) => table.getAttribute('aria-label')),
}))
"""


def nothing(_: Visitor) -> None:
    """The page as it opens."""


@dataclass(frozen=True)
class Sight:
    """Something to see: a page, and what is opened on it."""

    name: str
    path: str
    opening: Callable[[Visitor], object] = nothing
    pictured: bool = True


@dataclass
class Inspector:
    """Looks at sights in light and dark, wide and narrow, by axe and with a camera."""

    visitor: Visitor
    album: Album
    reported: list[str] = field(default_factory=list)
    looks: int = 0

    def inspect(self, sights: list[Sight]) -> None:
        """All of them; axe must find nothing, and nothing may be wider than the window."""
        for sight in sights:
            self.visit(sight)
        print(f"\naxe: {len(self.reported)} violations in {self.looks} looks at {len(sights)} pages and overlays")
        assert not self.reported, "\n".join(self.reported)

    def visit(self, sight: Sight) -> None:
        """One sight in every look; a page is resized, what is opened on it is opened anew at each width."""
        looks = (*LOOKS, FORCED[sight.opening is not nothing])
        for width in WIDTHS:
            if all(look.width != width for look in looks):
                continue
            self.visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
            if width == WIDTHS[0] or sight.opening is not nothing:
                self.visitor.open(ELSEWHERE, A_MOMENT)
                self.visitor.open(sight.path)
                sight.opening(self.visitor)
            self.visitor.page.mouse.move(0, 0)
            self.look(sight, [look for look in looks if look.width == width])
            self.leave()

    def look(self, sight: Sight, looks: list[Look]) -> None:
        """What stands there now, in each look of this width."""
        for scheme, width, tags, forced in looks:
            self.visitor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce", forced_colors=forced)
            self.visitor.settled(A_MOMENT)
            self.reported += [f"{sight.name} {scheme} {width}: {violation}" for violation in self.violations(tags)]
            self.looks += 1
            if sight.pictured and (scheme, width) in PICTURED and forced == "none":
                self.album.keep(f"{sight.name}-{scheme}-{width}", self.visitor.page.screenshot(animations="disabled"))

    def violations(self, tags: list[str]) -> list[str]:
        """What axe says, whether the page is wider than the window, and whether a wide page cuts off its tables."""
        page = self.visitor.page
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text() + SEEN)
        found: dict[str, Any] = page.evaluate(AXE_RUN, tags)
        wide = [f"{found['wide']} px too wide"] if found["wide"] > 0 else []
        return [*found["violations"], *wide, *(f"the table {table} is cut off" for table in found["cut"])]

    def leave(self) -> None:
        """Close what is open, the innermost first."""
        overlays = self.visitor.page.locator(OVERLAYS)
        while overlays.count():
            self.visitor.page.keyboard.press("Escape")
            self.visitor.settled(A_MOMENT)

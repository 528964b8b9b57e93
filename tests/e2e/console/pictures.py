"""The pictures of the console in docs/console: taken by the tests, kept as they are unless they look different."""

from __future__ import annotations

import os
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ALBUM = Path(__file__).parents[3] / "docs/console"
SHARE = 0.01
"""How much of a picture, seen from afar, may differ before it is another one; times and ids always do, a little."""
DIFFERENCE = """
async ([one, other]) => {
  const seen = async (picture) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const [width, height] = [Math.ceil(bitmap.width / 8), Math.ceil(bitmap.height / 8)];
    const board = new OffscreenCanvas(width, height).getContext('2d');
    board.imageSmoothingQuality = 'high';
    board.drawImage(bitmap, 0, 0, width, height);
    return { size: `${bitmap.width} ${bitmap.height}`, dots: board.getImageData(0, 0, width, height).data };
  };
  const [before, now] = [await seen(one), await seen(other)];
  if (before.size !== now.size) return 1;
  const isFar = (place) => Math.abs(before.dots[place] - now.dots[place]) > 12;
  const differ = (_, dot) => [0, 1, 2].some((colour) => isFar(4 * dot + colour));
  return Array.from({ length: before.dots.length / 4 }, differ).filter(Boolean).length / (before.dots.length / 4);
}
"""


@dataclass(frozen=True)
class Album:
    """Where the pictures are kept, and an empty page that can compare them."""

    light_table: Page
    folder: Path = ALBUM

    def keep(self, name: str, picture: bytes) -> None:
        """Put it in where there is none yet, or where it shows something else; PICTURES=all replaces every one."""
        place = self.folder / f"{name}.png"
        if os.environ.get("PICTURES") == "all" or not place.exists() or self._differ(place.read_bytes(), picture):
            place.write_bytes(picture)

    def _differ(self, before: bytes, now: bytes) -> bool:
        share: float = self.light_table.evaluate(DIFFERENCE, [b64encode(item).decode() for item in (before, now)])
        return share > SHARE

"""What the contact sheet looks like, with pictures in half blocks.

The pictures are drawn by the test: those of a decoder change a little with its version.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from peekui.browse.pictures.decoder import NoPicture
from peekui.browse.pictures.gallery import Gallery
from peekui.browse.pictures.raster import Raster
from peekui.ui.app import PeekApp
from peekui.ui.widgets.thumbnail import Thumbnail
from tests.service import serving
from tests.ui.driver import Driver
from tests.ui.scenes import look
from tests.ui.small_library import NOW, grey_png

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from peekui.api.client import MixpeekClient
    from peekui.browse.pictures.raster import Colour
    from peekui.browse.pictures.wanted import WantedPicture
    from tests.service import Service

pytestmark = pytest.mark.usefixtures("still")

SKY, SEA, SUN = (90, 140, 200), (20, 50, 90), (250, 210, 120)
SHAPES = {"wide": (32, 18), "square": (20, 20), "tall": (12, 24), "tiny": (4, 3)}


def drawn(width: int, height: int) -> Raster:
    """Draw a sun over the sea."""

    def point(x: int, y: int) -> Colour:
        near = (x - width / 2) ** 2 + (y - height / 3) ** 2 <= (min(width, height) / 5) ** 2
        return SUN if near else SKY if y < height * 0.6 else SEA

    return Raster(width, height, bytes(part for y in range(height) for x in range(width) for part in point(x, y)))


class Drawings(Gallery):
    """Pictures by title, as large as fits."""

    async def get(self, _: MixpeekClient, wanted: WantedPicture, box: tuple[int, int], __: Colour) -> Raster:
        """Draw one."""
        if wanted.reason:
            raise NoPicture(wanted.reason)
        shape = SHAPES.get(wanted.asset.title)
        if shape is None:
            raise NoPicture("The service has no picture of this asset.")
        share = min(1.0, box[0] / shape[0], box[1] / shape[1])
        return drawn(max(round(shape[0] * share), 1), max(round(shape[1] * share), 1))


@pytest.fixture(scope="module")
def stills(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A library of stills, a text and a file that is empty."""
    root = tmp_path_factory.mktemp("stills") / "study"
    contents = {f"stills/{title}.png": grey_png(4, 3) + bytes(number) for number, title in enumerate(SHAPES)}
    contents["stills/empty.png"] = b""
    contents["stills/notes [b]2026.txt"] = b"No picture.\n"
    for number, (path, content) in enumerate(contents.items()):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        os.utime(file, (NOW.timestamp() - number * 3600,) * 2)
    yield from serving(root, "--data-dir", tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 15)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_contact_sheet(
    stills: Service, pictures: SnapshotAssertion, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = PeekApp(stills, gallery=Drawings(tmp_path / "pictures", always=True))
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await driver.until_rows()
        await driver.until_settled()
        await driver.press("t")
        await driver.until(lambda: app.screen.query(Thumbnail))
        await driver.press("space")
        await driver.until(lambda: all(place.picture.raster or place.picture.reason for place in shown(driver)))
        await look(driver, pictures, tmp_path, sizes=[size])


def shown(driver: Driver) -> list[Thumbnail]:
    return [place for place in driver.app.screen.query(Thumbnail) if place.visible]

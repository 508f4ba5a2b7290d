"""Make screenshots/ from the real app on the demo library: `python -m tests.end_to_end.take_screenshots`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import resvg_py

from peekui.browse.pictures.gallery import Gallery
from peekui.ui.app import PeekApp
from peekui.ui.widgets.picture_view import PictureView
from tests.service import serving
from tests.ui.driver import Driver

if TYPE_CHECKING:
    from tests.service import Service

FOLDER = Path(__file__).parents[2] / "screenshots"


@dataclass(frozen=True)
class Picture:
    """One picture.

    Attributes:
        name: Of the files.
        keys: Pressed before it is taken.
        size: Columns and rows of the terminal.
        theme: Of the app.
    """

    name: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 34)
    theme: str = "peekui-dark"


PICTURES = (
    Picture("browse", ("j", "j", "j")),
    Picture("browse-light", ("j", "j", "j"), theme="peekui-light"),
    Picture("browse-80x24", ("2", "j", "space", "j", "space"), (80, 24)),
    Picture("browse-40x15", (), (40, 15)),
    Picture("asset", ("/", *"lisbon", "enter", "enter")),
    Picture("failed", ("b", "j")),
    Picture("filter", ("b", "f", "i", *"modality", "enter", "enter", *"image", "enter", "#")),
    Picture("failures", ("F",)),
    Picture("duplicates", ("U",)),
    Picture("review", ("U", "enter"), (120, 40)),
    Picture("contact-sheet", ("t",)),
    Picture("search", ("/", *"lofoten", "enter")),
    Picture("help", ("?",)),
)


async def take(picture: Picture, service: Service, folder: Path) -> str:
    """Run the app, press the keys and give the SVG; pictures of assets are kept in the folder."""
    app = PeekApp(service, theme=picture.theme, gallery=Gallery(folder, always=True))
    app.animation_level = "none"
    async with app.run_test(size=picture.size) as pilot:
        driver = Driver(app, pilot)
        await driver.until_rows()
        for key in picture.keys:
            await driver.press(key)
            await driver.until_rows()
        await driver.until_settled()
        shown = [view for view in app.screen.query(PictureView) if view.region]
        await driver.until(lambda: all(view.raster or view.reason for view in shown))
        return app.export_screenshot(title="peekui")


def main() -> None:
    """Take them all."""
    with tempfile.TemporaryDirectory() as data_dir:
        os.environ["XDG_STATE_HOME"] = data_dir  # visits that were remembered are nobody's here
        for service in serving("--demo", "--data-dir", data_dir):
            for picture in PICTURES:
                svg = asyncio.run(take(picture, service, Path(data_dir, "pictures")))
                (FOLDER / f"{picture.name}.svg").write_text(svg, encoding="utf-8")
                png = bytes(resvg_py.svg_to_bytes(svg_string=svg))
                (FOLDER / f"{picture.name}.png").write_bytes(png)


if __name__ == "__main__":
    main()

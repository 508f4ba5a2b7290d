"""What every tab of the inspector looks like, for assets of every modality; and the detail panel's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from peekui.ui.app import PeekApp
from peekui.ui.screens.asset import AssetScreen
from tests.ui.driver import Driver
from tests.ui.inspecting import inspected
from tests.ui.library_to_inspect import ASSETS, library_to_inspect
from tests.ui.scenes import look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.ui.library_to_inspect import LibraryToInspect

pytestmark = pytest.mark.usefixtures("still")

LARGE, SMALL = [(120, 40)], [(40, 15)]
THEMES = ["peekui-dark", "peekui-light"]
TABS = {
    "harbour": ["Overview", "Video", "Video read", "Audio", "Task", "Duplicates", "JSON"],
    "dunes": ["Overview", "Image", "Image read"],
    "notes": ["Overview", "Text", "Text read"],
    "waves": ["Overview", "Audio", "Audio read"],
    "statue": ["Overview", "Mesh", "Mesh read", "Point cloud"],
    "broken": ["Overview", "Task", "Duplicates"],
    "waiting": ["Overview", "Duplicates"],
    "second copy": ["Overview", "Duplicates"],
}
"""For each asset the tabs that are looked at; of those that are read, the first feature was opened."""


@pytest.fixture(scope="module")
def library() -> Iterator[LibraryToInspect]:
    with library_to_inspect() as source:
        yield source


async def open_asset(driver: Driver, name: str) -> AssetScreen:
    await driver.until_rows()
    ids = [asset["asset_id"] for asset in ASSETS]
    driver.browse.panes.rows.cursor = ids.index(f"ast_{name}")
    await driver.press("enter")
    await driver.until(lambda: isinstance(driver.app.screen, AssetScreen) and inspected(driver))
    screen = driver.app.screen
    assert isinstance(screen, AssetScreen)
    return screen


def tab_names(screen: AssetScreen) -> Sequence[str]:
    return [name.split(" ", 1)[1].rstrip("0123456789,… ") for name in screen.panel.names._names_in_full]


def is_at_rest(screen: AssetScreen) -> bool:
    """Say whether the text of the feature has followed the cursor."""
    timer = screen.panel.features._timer
    return timer is None or timer._task is None or timer._task.done()


@pytest.mark.parametrize("name", TABS)
async def test_tabs(name: str, library: LibraryToInspect, pictures: SnapshotAssertion, tmp_path: Path) -> None:
    app = PeekApp(library)
    app.animation_level = "none"
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        screen = await open_asset(driver, name)
        for tab in TABS[name]:
            title = tab.removesuffix(" read")
            await driver.press(str(tab_names(screen).index(title) + 1))
            if title != tab:
                await driver.press("enter")
            await driver.until(lambda: "Loading" not in driver.text() and "Looking for" not in driver.text())
            await driver.until(lambda: is_at_rest(screen))
            await look(driver, pictures, tmp_path, sizes=LARGE, themes=THEMES, what=tab)
            await look(driver, pictures, tmp_path, sizes=SMALL, themes=THEMES[:1], what=tab)


async def test_detail_panel(library: LibraryToInspect, pictures: SnapshotAssertion, tmp_path: Path) -> None:
    app = PeekApp(library)
    app.animation_level = "none"
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        await driver.until_rows()
        await driver.press("e")
        await driver.until(lambda: "Asset │ Video 3 │ Audio 1" in driver.text())
        await look(driver, pictures, tmp_path, sizes=LARGE, themes=THEMES, what="features")

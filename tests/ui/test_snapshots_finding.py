"""What finding, keeping, watching and copying look like."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, Static

from peekui.own_files import state_folder
from peekui.search.history import Searched, history_path, record_search
from peekui.search.kept_looks import KeptLooks
from peekui.search.lines import parse_line
from peekui.search.looks import Look
from peekui.search.saved import SavedSearch, save_search, saved_folder
from peekui.ui.app import PeekApp
from peekui.ui.screens.saved import SavedScreen
from peekui.ui.widgets.asset_rows import Sign
from tests.ui.driver import Driver
from tests.ui.pictures import picture
from tests.ui.scenes import keys
from tests.ui.small_library import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.service import Service
    from tests.ui.scenes import Step

pytestmark = pytest.mark.usefixtures("still")

LOOKS = [((120, 40), "peekui-dark"), ((80, 24), "peekui-dark"), ((40, 15), "peekui-dark"), ((80, 24), "peekui-light")]


@pytest.fixture(autouse=True)
def own_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def say(driver: Driver, note: str, text: str) -> None:
    driver.app.screen.query_one(note, Static).update(text)


async def the_palette(driver: Driver) -> None:
    save_search(saved_folder(), "rolls-of-now", SavedSearch(parse_line("in:rolls created_at > -7d")))
    await driver.press("2", "down", "down", "enter")
    await driver.until_rows()
    await driver.press("s")
    await driver.until_rows()
    await driver.press(":", *"roll")
    await driver.until(lambda: "The service knows" in driver.text())


async def the_saved(driver: Driver) -> None:
    searches = {"done": "status = DONE", "failed-films": "status = FAILED and modality = video", "none": "nowhere"}
    looks = KeptLooks.of(state_folder(), "demo")
    for name, line in searches.items():
        search = parse_line(line)
        save_search(saved_folder(), name, SavedSearch(search, columns=("title", "status") if name == "done" else ()))
        if name != "none":
            looks.keep(
                search, driver.browse.place.scope, Look(NOW - timedelta(days=2), 1, {"ast_x": "DONE"}, whole=True)
            )
    await driver.press("B")
    await driver.until(lambda: "counts these" in driver.text())
    await driver.press("#")
    screen = driver.app.screen
    assert isinstance(screen, SavedScreen)
    await driver.until(lambda: not screen.counting)
    await driver.pilot.pause()


async def the_history(driver: Driver) -> None:
    path = history_path(state_folder(), "demo")
    for hours, line, found in ((50, "harbour", 2), (3, "status = FAILED in:photos", 7), (1, "", None)):
        record_search(path, Searched(line, None, NOW - timedelta(hours=hours), found))
    await driver.press("H", "down")


async def watched(driver: Driver) -> None:
    await driver.press("w", "enter")
    await driver.until(lambda: "next" in driver.text())
    ids = [asset.asset_id or "" for asset in driver.browse.panes.rows.window.held()]
    driver.browse.panes.rows.signs = {ids[0]: Sign.NEW, ids[2]: Sign.CHANGED}
    await driver.press("down", "space", "space")


SCENES: dict[str, Step] = {
    "palette": the_palette,
    "saved": the_saved,
    "history": the_history,
    "watch asked": keys("w", until="Every minute"),
    "watching": watched,
    "copy as": keys("f6", until="Python"),
}


SAID = {
    "palette": {"#choosing-note": "Look at it alone."},
    "saved": {"#kept-note": "status = DONE\n131 new, 1 gone since 2 d ago"},
    "copy as": {"#choosing-note": "peekui --namespace ns search"},
}
"""In place of words with a path or an id in them: these are others every time."""


@pytest.mark.parametrize("name", SCENES)
async def test_scene(name: str, small: Service, pictures: SnapshotAssertion, tmp_path: Path) -> None:
    app = PeekApp(small)
    app.animation_level = "none"
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        await driver.until_rows()
        await SCENES[name](driver)
        differing = []
        for size, theme in LOOKS:
            await pilot.resize_terminal(*size)
            app.theme = theme
            await pilot.pause()
            for note, text in SAID.get(name, {}).items():
                say(driver, note, text)
            for line in app.screen.query(Input):
                line.cursor_blink = False
            await pilot.pause()
            title = f"{size[0]}x{size[1]} {theme}"
            if pictures(name=title) != picture(app):
                file = tmp_path / f"{title}.svg"
                file.write_text(app.export_screenshot(), encoding="utf-8")
                differing.append(str(file))
        assert not differing, "look at these, and update the snapshots if they are as they should be"

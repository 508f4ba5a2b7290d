"""What the screens of duplicates look like: groups, review, the keep-rule."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from peekui.browse.pictures.gallery import Gallery
from peekui.triage.progress import Progress
from peekui.ui.app import PeekApp
from peekui.ui.triage.duplicates import DuplicatesScreen
from peekui.ui.triage.member_values import value_text
from peekui.ui.triage.review import ReviewScreen
from peekui.ui.widgets.picture_view import PictureView
from tests.service import serving
from tests.ui.driver import Driver
from tests.ui.scenes import look
from tests.ui.small_library import NOW, grey_png
from tests.ui.triaging import a_state_of_its_own

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.service import Service
    from tests.ui.scenes import Step

__all__ = ["a_state_of_its_own"]

pytestmark = pytest.mark.usefixtures("still")

SIZES = ((120, 40), (80, 24), (40, 15))
THEMES = ("peekui-dark", "peekui-light")
NOTE = "# Harbour at dawn\n\nFishing boats leave the harbour at five.\n"
FILES = {
    "stills/sea.png": grey_png(48, 32),
    "stills/best of/sea [final].png": grey_png(48, 32),
    "archive/2024/sea.png": grey_png(48, 32),
    "notes/harbour.md": NOTE.encode(),
    "notes/harbour copy.md": NOTE.encode(),
    "stills/cut.png": grey_png(48, 32)[:-900],
    "archive/cut \x1b[31mred\x1b[0m.png": grey_png(48, 32)[:-900],
    "notes/alone.txt": b"Nothing is like it.\n",
}


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    root = tmp_path_factory.mktemp("copies") / "study"
    for number, (path, content) in enumerate(FILES.items()):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        moment = NOW.timestamp() - (9 - number) ** 3 * 3600
        os.utime(file, (moment, moment))
    yield from serving(root, "--data-dir", tmp_path_factory.mktemp("index"))


@pytest.fixture(autouse=True)
def no_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Level the ids of assets: they come from where the library lies."""
    level = re.compile("(?<=ast_)[0-9a-f]+")
    table = "peekui.ui.triage.member_table.value_text"
    monkeypatch.setattr(table, lambda *given: level.sub("0" * 24, value_text(*given)))


def listed(driver: Driver) -> DuplicatesScreen:
    [screen] = [screen for screen in driver.app.screen_stack if isinstance(screen, DuplicatesScreen)]
    return screen


def pressed(*keys: str, until: str = "") -> Step:
    async def step(driver: Driver) -> None:
        await driver.press(*keys)
        await driver.until(lambda: until in driver.text())

    return step


async def partly_read(driver: Driver) -> None:
    screen = listed(driver)
    screen.reading.progress = Progress(pages_read=3, pages=40, rows=3000, total=39_800, ended=True)
    screen.draw()


async def reading(driver: Driver) -> None:
    screen = listed(driver)
    screen.review, screen.reading.active, screen.reading.progress = None, True, Progress()
    screen.draw()


async def none_at_all(driver: Driver) -> None:
    screen = listed(driver)
    screen.review = None
    screen.draw()


SCENES: dict[str, Step] = {
    "groups": pressed(),
    "groups found": pressed("/", *"harbour", until="1 of 3"),
    "no group found": pressed("/", *"nowhere", "enter", until="None of 3"),
    "groups settled": pressed("A", "enter", until="3 settled"),
    "features not known": pressed("e", "end", "up", "up", "up", "space", *["K"] * 9, "enter", until="# asks"),
    "groups of a part": partly_read,
    "reading": reading,
    "no duplicates": none_at_all,
    "review": pressed("enter", until="Group 1 of 3"),
    "review of all fields": pressed("enter", "f", until="asset_id"),
    "review by turns": pressed("enter", "tab", "x", until="▶ B"),
    "keep-rule": pressed("e", until="Wins 3"),
}


@pytest.mark.parametrize("name", SCENES)
async def test_scene(name: str, copies: Service, pictures: SnapshotAssertion, tmp_path: Path) -> None:
    app = PeekApp(copies)
    app.animation_level = "none"
    async with app.run_test(size=SIZES[0]) as pilot:
        driver = Driver(app, pilot)
        await open_duplicates(driver)
        await SCENES[name](driver)
        await driver.pilot.pause()
        await look(driver, pictures, tmp_path, sizes=SIZES, themes=THEMES)


async def test_review_with_pictures(copies: Service, pictures: SnapshotAssertion, tmp_path: Path) -> None:
    app = PeekApp(copies, gallery=Gallery(tmp_path / "pictures", always=True))
    app.animation_level = "none"
    async with app.run_test(size=SIZES[0]) as pilot:
        driver = Driver(app, pilot)
        await open_duplicates(driver)
        await driver.press("enter")
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        await driver.until(lambda: sum(view.raster is not None for view in screen.query(PictureView)) == 3)
        await look(driver, pictures, tmp_path, sizes=SIZES[:1], themes=THEMES)


async def open_duplicates(driver: Driver) -> None:
    await driver.until_rows()
    await driver.press("U")
    screen = listed(driver)
    await driver.until(lambda: screen.reading.progress.ended and screen.review and screen.table.has_focus)

"""What every screen and state looks like, at four sizes and in three themes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from peekui.config.settings import Settings
from peekui.filters.expression.parse import parse
from peekui.ui.app import PeekApp
from peekui.ui.screens.calls import CallsScreen
from peekui.ui.screens.filter import FilterScreen
from peekui.ui.screens.key import KeyScreen
from peekui.ui.screens.value import ValueScreen
from peekui.ui.screens.welcome import WelcomeScreen
from tests.ui.driver import Driver
from tests.ui.pictures import picture
from tests.ui.scenes import Scene, keys, look_at
from tests.ui.small_library import NOW
from tests.ui.test_failures import Nowhere

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from tests.service import Service
    from tests.ui.scenes import Step

pytestmark = pytest.mark.usefixtures("still")

FILTER = 'status = FAILED and modality in (image, video) and none(metadata.title ~ "draft", muted(created_at > -7d))'


async def an_asset(driver: Driver) -> None:
    await driver.press("/", *"a[/]b", "enter")
    await driver.until_rows()
    await driver.press("enter")
    await driver.until(lambda: "Image 1" in driver.text())


async def a_value(driver: Driver) -> None:
    note = "Sent to the terminal, but it is long."
    await driver.app.push_screen(ValueScreen("URL [of] it", "https://files.example/" + "signature" * 60, note))


async def the_calls(driver: Driver) -> None:
    await driver.press("@")
    screen = driver.app.screen
    assert isinstance(screen, CallsScreen)
    await driver.until(lambda: screen.rows.made)
    screen.rows.made = tuple(replace(call, at=NOW, milliseconds=12, waited=0) for call in screen.rows.made)


def built(text: str, *pressed: str, until: str) -> Step:
    """Open the builder on a filter, press keys there, and wait for what comes."""

    async def step(driver: Driver) -> None:
        await driver.press("f")
        screen = driver.app.screen
        assert isinstance(screen, FilterScreen)
        screen.draft.replace(parse(text))
        await driver.until(lambda: screen.draft.total is not None and " match" in driver.text())
        for key in pressed:
            await driver.press(key)
        await driver.until(lambda: until in driver.text())

    return step


SCENES = {
    "browse": Scene(keys()),
    "collections in focus": Scene(keys("2", "down", "down")),
    "names filtered": Scene(keys("2", "slash", "r", "o")),
    "wide": Scene(keys("plus")),
    "full": Scene(keys("2", "plus", "plus")),
    "marked": Scene(keys("down", "space", "space", until="2 marked")),
    "columns": Scene(keys("O")),
    "asset": Scene(an_asset),
    "value": Scene(a_value),
    "search": Scene(keys("/", *"harbour", "enter", until="2 of 2")),
    "nothing found": Scene(keys("/", *"nowhere", "enter", until="Nothing matches")),
    "failed only": Scene(keys("b", until="status = FAILED")),
    "overview": Scene(keys("i", until="Shares are")),
    "overview before it costs": Scene(keys("i", until="Enter counts"), calls_per_minute=100),
    "calls": Scene(the_calls),
    "palette": Scene(keys(":")),
    "help": Scene(keys("?")),
    "filter": Scene(built(FILTER, "down", "down", until="is one of")),
    "filter as JSON": Scene(built(FILTER, "f2", until='"NOR"')),
    "filter in words": Scene(built(FILTER, "f2", "f2", until="none of")),
    "filter that is wrong": Scene(built("stauts = failed and status in ()", "down", until="⚠")),
    "filter text that is wrong": Scene(built("status = FAILED", "3", "end", "space", "o", "r", until="expected")),
    "filter counted": Scene(built(FILTER, "#", until="alone")),
    "filter asked why": Scene(built(FILTER, "Y", "enter", until="✗")),
    "filter doctor": Scene(built("status = FAILED and status = DONE", "H", "#", until="without")),
    "filter in force": Scene(built("modality = text and muted(status = FAILED)", "A", until="⊘")),
    "filters compared": Scene(keys("b", "&", until="Two filters")),
    "copies": Scene(keys("C", until="Markdown")),
    "budget left": Scene(keys(until="/60 calls"), calls_per_minute=60),
}


@pytest.mark.parametrize("name", SCENES)
async def test_scene(name: str, small: Service, pictures: SnapshotAssertion, tmp_path: Path) -> None:
    scene = SCENES[name]
    await look_at(replace(small, calls_per_minute=scene.calls_per_minute), scene, pictures, tmp_path)


async def test_no_service(pictures: SnapshotAssertion, tmp_path: Path) -> None:
    async def step(driver: Driver) -> None:
        await driver.until(lambda: "Cannot reach" in driver.text())

    await look_at(Nowhere(), Scene(step, rows=False), pictures, tmp_path)


async def test_welcome(pictures: SnapshotAssertion, tmp_path: Path) -> None:
    async def step(driver: Driver) -> None:
        await driver.until(lambda: isinstance(driver.app.screen, WelcomeScreen))

    await look_at(None, Scene(step, rows=False), pictures, tmp_path)


async def test_jump(small: Service, pictures: SnapshotAssertion) -> None:
    app = PeekApp(small)
    async with app.run_test(size=(80, 24)) as pilot:
        driver = Driver(app, pilot)
        await driver.until_rows()
        await driver.press("apostrophe")
        assert picture(app) == pictures(name="80x24 peekui-dark")


async def test_asking_for_a_key(
    small: Service, pictures: SnapshotAssertion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peekui.ui.screens.key.has_keyring", lambda: True)

    async def step(driver: Driver) -> None:
        await driver.until_rows()
        settings = Settings("default", "https://api.mixpeek.com")
        await driver.app.push_screen(KeyScreen(settings, "The service does not know this key."))

    await look_at(small, Scene(step, rows=False), pictures, tmp_path)

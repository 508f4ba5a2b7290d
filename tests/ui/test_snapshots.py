"""What every screen and state looks like, at four sizes and in three themes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import pytest
from textual.widgets import Input, TextArea

from peekui.config.settings import Settings
from peekui.filters.expression.parse import parse
from peekui.ui import describe
from peekui.ui.app import PeekApp
from peekui.ui.inspector import leaves
from peekui.ui.screens.calls import CallsScreen
from peekui.ui.screens.filter import FilterScreen
from peekui.ui.screens.key import KeyScreen
from peekui.ui.screens.value import ValueScreen
from peekui.ui.screens.welcome import WelcomeScreen
from peekui.ui.session import Session
from peekui.ui.sources import Sources
from tests.service import serving
from tests.ui.driver import Driver
from tests.ui.pictures import TextPictures, picture
from tests.ui.small_library import NOW, write_small_library
from tests.ui.test_failures import Nowhere

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from peekui.ui.session import Source
    from tests.service import Service

    Step: TypeAlias = Callable[[Driver], Awaitable[None]]

FILTER = 'status = FAILED and modality in (image, video) and none(metadata.title ~ "draft", muted(created_at > -7d))'
SIZES = [(120, 40), (40, 15), (80, 24), (200, 60)]
THEMES = ["peekui-dark", "peekui-light", "ansi-dark"]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    root = write_small_library(tmp_path_factory.mktemp("small"))
    yield from serving(root, "--data-dir", tmp_path_factory.mktemp("index"))


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clocks, and level the ids: they come from where the library lies, which is another place every time."""
    monkeypatch.setattr("peekui.ui.formats.now", lambda: NOW)
    monkeypatch.setattr(Session, "latency_ms", property(lambda _: 12.0))
    shown = describe._code
    level = re.compile("(?<=_)[0-9a-f]{24}")
    monkeypatch.setattr(describe, "_code", lambda code: shown(level.sub("0" * 24, code)))
    text = leaves._text
    monkeypatch.setattr(leaves, "_text", lambda name, value: level.sub("0" * 24, text(name, value)))


def keys(*pressed: str, until: str = "") -> Step:
    async def step(driver: Driver) -> None:
        await driver.press(*pressed)
        await driver.until(lambda: until in driver.text())

    return step


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
        await driver.until(lambda: " match" in driver.text())
        for key in pressed:
            await driver.press(key)
        await driver.until(lambda: until in driver.text())

    return step


@dataclass(frozen=True)
class Scene:
    """What to look at: the steps to get there, and whether it begins with rows."""

    step: Step
    rows: bool = True
    calls_per_minute: int | None = None


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


async def look(driver: Driver, snapshot: SnapshotAssertion, folder: Path) -> None:
    """Compare what is on show with its pictures; a picture that differs is left as SVG to look at."""
    differing = []
    for size in SIZES:
        await driver.pilot.resize_terminal(*size)
        for theme in THEMES:
            driver.app.theme = theme
            await driver.pilot.pause()
            screen = driver.app.screen
            for blinking in (*screen.query(Input), *screen.query(TextArea)):
                blinking.cursor_blink = False
            await driver.pilot.pause()
            name = f"{size[0]}x{size[1]} {theme}"
            if snapshot(name=name) != picture(driver.app):
                file = folder / f"{name}.svg"
                file.write_text(driver.app.export_screenshot(), encoding="utf-8")
                differing.append(str(file))
    assert not differing, "look at these, and update the snapshots if they are as they should be"


@pytest.fixture
def pictures(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(TextPictures)


async def look_at(source: Source | None, scene: Scene, pictures: SnapshotAssertion, folder: Path) -> None:
    app = PeekApp(source, sources=Sources(Settings("default", "https://api.mixpeek.com")))
    app.animation_level = "none"
    async with app.run_test(size=SIZES[0]) as pilot:
        driver = Driver(app, pilot)
        if scene.rows:
            await driver.until_rows()
            await driver.until_settled()
        await scene.step(driver)
        if scene.rows:
            await driver.until_settled()
        await look(driver, pictures, folder)


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

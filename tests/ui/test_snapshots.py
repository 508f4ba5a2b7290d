"""What the screens look like, at several sizes and in several themes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import pytest
from textual.widgets import Input

from peekui.ui import describe
from peekui.ui.app import PeekApp
from peekui.ui.screens.value import ValueScreen
from peekui.ui.session import Session
from tests.service import serving
from tests.ui.driver import Driver
from tests.ui.small_library import NOW, write_small_library
from tests.ui.test_failures import Nowhere

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from textual.pilot import Pilot

    from peekui.ui.session import Source
    from tests.service import Service

    Step: TypeAlias = Callable[[Driver], Awaitable[None]]
    Compare: TypeAlias = Callable[..., bool]

SIZES = [(40, 15), (80, 24), (120, 40)]


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
    monkeypatch.setattr(describe, "_code", lambda code, *, brief: shown(level.sub("0" * 24, code), brief=brief))


@pytest.fixture
def looks_right(snap_compare: Compare) -> Callable[..., None]:
    """Compare the app with its picture, after some steps."""

    def check(
        source: Source,
        step: Step | None = None,
        *,
        size: tuple[int, int] = (120, 40),
        theme: str = "peekui-dark",
        rows: bool = True,
    ) -> None:
        app = PeekApp(source, theme=theme)
        app.animation_level = "none"

        async def before(pilot: Pilot[None]) -> None:
            driver = Driver(app, pilot)
            if rows:
                await driver.until_rows()
            if step:
                await step(driver)
            await driver.until_settled()
            for blinking in app.screen.query(Input):
                blinking.cursor_blink = False
            await pilot.pause()

        assert snap_compare(app, terminal_size=size, run_before=before)

    return check


def keys(*pressed: str, until: str = "") -> Step:
    async def step(driver: Driver) -> None:
        await driver.press(*pressed)
        await driver.until(lambda: until in driver.text())

    return step


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", ["peekui-dark", "peekui-light", "ansi-dark"])
def test_browse(looks_right: Callable[..., None], small: Service, size: tuple[int, int], theme: str) -> None:
    looks_right(small, size=size, theme=theme)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_collections_in_focus(looks_right: Callable[..., None], small: Service, size: tuple[int, int]) -> None:
    looks_right(small, keys("2", "down", "down"), size=size)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_asset(looks_right: Callable[..., None], small: Service, size: tuple[int, int]) -> None:
    async def step(driver: Driver) -> None:
        await driver.press("/", *"a[/]b", "enter")
        await driver.until_rows()
        await driver.press("enter")
        await driver.until(lambda: "image (1)" in driver.text() or size[1] < 30)

    looks_right(small, step, size=size)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_help(looks_right: Callable[..., None], small: Service, size: tuple[int, int]) -> None:
    looks_right(small, keys("?"), size=size)


@pytest.mark.parametrize("theme", ["peekui-dark", "peekui-light"])
def test_search_with_results(looks_right: Callable[..., None], small: Service, theme: str) -> None:
    looks_right(small, keys("/", *"harbour", "enter", until="2 of 2"), theme=theme)


def test_nothing_found(looks_right: Callable[..., None], small: Service) -> None:
    looks_right(small, keys("/", *"nowhere", "enter", until="Nothing matches"))


def test_failed_only(looks_right: Callable[..., None], small: Service) -> None:
    looks_right(small, keys("F", until="status = FAILED"))


def test_palette(looks_right: Callable[..., None], small: Service) -> None:
    looks_right(small, keys(":"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_whole_value(looks_right: Callable[..., None], small: Service, size: tuple[int, int]) -> None:
    async def step(driver: Driver) -> None:
        note = "Sent to the terminal, but it is long."
        await driver.app.push_screen(ValueScreen("URL [of] it", "https://files.example/" + "signature" * 60, note))

    looks_right(small, step, size=size)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_service(looks_right: Callable[..., None], size: tuple[int, int]) -> None:
    async def step(driver: Driver) -> None:
        await driver.until(lambda: "Cannot reach" in driver.text())

    looks_right(Nowhere(), step, size=size, rows=False)

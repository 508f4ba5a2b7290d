"""Scenes of the app, and comparing what they look like with the pictures that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from textual.widgets import Input, TextArea

from peekui.config.settings import Settings
from peekui.ui.app import PeekApp
from peekui.ui.sources import Sources
from peekui.ui.widgets.picture_view import PictureView
from tests.ui.driver import Driver
from tests.ui.pictures import picture

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion
    from textual.strip import Strip

    from peekui.ui.session import Source

    Step: TypeAlias = Callable[[Driver], Awaitable[None]]

__all__ = ["SIZES", "THEMES", "Scene", "Step", "keys", "look", "look_at"]

SIZES = [(120, 40), (40, 15), (80, 24), (200, 60)]
THEMES = ["peekui-dark", "peekui-light", "ansi-dark"]
_GLANCE = 0.02


@dataclass(frozen=True)
class Scene:
    """What to look at: the steps to get there, and whether it begins with rows."""

    step: Step
    rows: bool = True
    calls_per_minute: int | None = None


def keys(*pressed: str, until: str = "") -> Step:
    async def step(driver: Driver) -> None:
        await driver.press(*pressed)
        await driver.until(lambda: until in driver.text())

    return step


def awaited(view: PictureView) -> bool:
    """Whether a picture that can be seen, or the reason why there is none, is on its way."""
    return view.is_on_screen and view._wanted is not None and not (view.raster or view.reason)


async def settle(driver: Driver) -> None:
    """Wait until what shows through beneath a dialog stays as it is: Textual waits for the uppermost screen only."""
    drawn: list[Strip] | None = None
    while len([one for one in driver.app.screen_stack if one.is_current]) > 1:
        before, drawn = drawn, driver.app.screen._compositor.render_strips(driver.app.size)
        if drawn == before:
            return
        await driver.pilot.pause(_GLANCE)


async def look(
    driver: Driver,
    snapshot: SnapshotAssertion,
    folder: Path,
    *,
    sizes: Sequence[tuple[int, int]] = SIZES,
    themes: Sequence[str] = THEMES,
    what: str = "",
) -> None:
    """Compare what is on show with its pictures: in every theme at the first size, in the first theme at every size.

    A picture that differs is left as SVG to look at.
    """
    differing = []
    for size, theme in [*((sizes[0], theme) for theme in themes), *((size, themes[0]) for size in sizes[1:])]:
        if driver.app.size != size:
            await driver.pilot.resize_terminal(*size)
        driver.app.theme = theme
        await driver.pilot.pause()
        screen = driver.app.screen
        for blinking in (*screen.query(Input), *screen.query(TextArea)):
            blinking.cursor_blink = False
        await driver.until(lambda: not any(map(awaited, driver.app.screen.query(PictureView))))
        await driver.pilot.pause()
        name = f"{what} {size[0]}x{size[1]} {theme}".lstrip()
        await settle(driver)
        if snapshot(name=name) != picture(driver.app):
            file = folder / f"{name}.svg"
            file.write_text(driver.app.export_screenshot(), encoding="utf-8")
            differing.append(str(file))
    assert not differing, "look at these, and update the snapshots if they are as they should be"


async def look_at(
    source: Source | None,
    scene: Scene,
    pictures: SnapshotAssertion,
    folder: Path,
    *,
    sizes: Sequence[tuple[int, int]] = SIZES,
    themes: Sequence[str] = THEMES,
) -> None:
    """Run the app to a scene, and compare it with its pictures."""
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
        await look(driver, pictures, folder, sizes=sizes, themes=themes)

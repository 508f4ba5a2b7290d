"""Opening the inspector in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.ui.screens.asset import AssetScreen

if TYPE_CHECKING:
    from tests.ui.driver import Driver

__all__ = ["inspect", "inspected", "inspector"]


def inspector(driver: Driver) -> AssetScreen:
    """Give the inspector, which is the uppermost screen."""
    screen = driver.app.screen
    assert isinstance(screen, AssetScreen)
    return screen


def inspected(driver: Driver) -> bool:
    """Say whether all of the asset on show is known and drawn."""
    screen = inspector(driver)
    drawn = screen.panel._inspected
    return screen.panel._whole and drawn is not None and drawn.asset is screen._asset


async def inspect(driver: Driver, words: str) -> AssetScreen:
    """Find an asset by words, open it, and wait until all of it is known."""
    await driver.press("/", *words, "enter")
    await driver.until_rows()
    await driver.press("enter")
    await driver.until(lambda: isinstance(driver.app.screen, AssetScreen))
    await driver.until(lambda: inspected(driver))
    await driver.pilot.pause()
    return inspector(driver)

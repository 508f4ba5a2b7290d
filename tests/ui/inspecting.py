"""Opening the inspector in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peekui.ui.screens.asset import AssetScreen

if TYPE_CHECKING:
    from tests.ui.driver import Driver

__all__ = ["inspect", "inspector"]


def inspector(driver: Driver) -> AssetScreen:
    """Give the inspector, which is the uppermost screen."""
    screen = driver.app.screen
    assert isinstance(screen, AssetScreen)
    return screen


async def inspect(driver: Driver, words: str) -> AssetScreen:
    """Find an asset by words, open it, and wait until all of it is known."""
    await driver.press("/", *words, "enter")
    await driver.until_rows()
    await driver.press("enter")
    await driver.until(lambda: isinstance(driver.app.screen, AssetScreen))
    screen = inspector(driver)
    await driver.until(lambda: screen._known)
    await driver.pilot.pause()
    return screen

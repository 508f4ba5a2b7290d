"""Screens that lie over others: what lies beneath is drawn only where it shows through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.inspecting import inspect, inspected

if TYPE_CHECKING:
    from tests.service import Service
    from tests.ui.conftest import Driving


async def test_nothing_is_drawn_beneath_a_screen_that_nothing_shows_through(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        browse = driver.browse
        drawn: list[object] = []
        screen = await inspect(driver, "veil")
        browse.screen_layout_refresh_signal.subscribe(screen, drawn.append, immediate=True)
        await driver.press("n", "n", "p")
        assert not driver.browse.is_current
        assert not drawn


async def test_what_shows_through_beneath_a_dialog_is_drawn(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("f8")
        assert driver.app.screen is not driver.browse
        assert driver.browse.is_current
        await driver.press("escape")
        await inspect(driver, "veil")
        inspector = driver.app.screen
        await driver.press("f8")
        assert inspector.is_current
        assert not driver.browse.is_current


async def test_what_changed_beneath_is_drawn_when_it_is_seen_again(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await inspect(driver, "veil")
        await driver.press("n")
        await driver.until(lambda: inspected(driver))
        title = screen._asset.title
        await driver.pilot.resize_terminal(80, 24)
        await driver.until(lambda: driver.browse.size == driver.app.size)
        await driver.press("escape")
        await driver.until_settled()
        asset = driver.browse.panes.asset()
        assert asset
        assert asset.title == title
        assert title in driver.text()
        seen = driver.text()
        driver.browse.refresh(layout=True)
        await driver.pilot.pause()
        assert driver.text() == seen


async def test_what_was_to_follow_a_refresh_does_not_follow_the_closing(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("F")
        screen = driver.app.screen
        called: list[str] = []
        screen.call_after_refresh(called.append, "open")
        await driver.pilot.pause()
        screen.call_after_refresh(called.append, "closed")
        screen.dismiss()
        await driver.pilot.pause()
        assert called == ["open"]

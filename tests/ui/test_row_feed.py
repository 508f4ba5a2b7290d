"""Which pages are asked for: those in view, the one that comes next when a call can be spared, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from peekui.api.client import MixpeekClient

if TYPE_CHECKING:
    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of the pages of assets the service is asked for."""
    pages: list[int] = []
    real = MixpeekClient.assets

    async def noted(self: MixpeekClient, body: object, **more: int) -> object:
        pages.append(more["page"])
        return await real(self, body, **more)  # type: ignore[arg-type]  # (passed through as it came)

    monkeypatch.setattr(MixpeekClient, "assets", noted)
    return pages


async def go_to(driver: Driver, row: int) -> None:
    """Put the cursor on a row, and wait until all that this asks for has come."""
    rows = driver.browse.panes.rows
    rows.cursor = row
    await driver.pilot.pause()
    await driver.app.workers.wait_for_complete()
    await driver.until(lambda: all(rows.asset_at(index) for index in range(rows.in_view()[0], rows.in_view()[1] + 1)))
    await driver.pilot.pause()


async def test_the_next_page_is_fetched_when_its_rows_are_a_screenful_away(
    driving: Driving, demo: Service, asked: list[int]
) -> None:
    async with driving(demo) as driver:
        height = driver.browse.panes.rows.size.height
        await go_to(driver, 99 - height - 1)
        assert asked == [1]
        await go_to(driver, 99 - height + 1)
        assert asked == [1, 2]
        await go_to(driver, 150)
        assert asked == [1, 2]
        await go_to(driver, 198)
        assert asked == [1, 2, 3]


async def test_nothing_is_fetched_ahead_where_no_call_can_be_spared(
    driving: Driving, demo: Service, asked: list[int]
) -> None:
    async with driving(demo) as driver:
        driver.browse._feed._may_prefetch = lambda: False
        await go_to(driver, 99)
        assert asked == [1]
        await go_to(driver, 100)
        assert asked == [1, 2]


async def test_upwards_it_is_the_page_above(driving: Driving, demo: Service, asked: list[int]) -> None:
    async with driving(demo) as driver:
        height = driver.browse.panes.rows.size.height
        await go_to(driver, 299 - height)
        assert asked == [1, 3]
        await go_to(driver, 299 - 2 * height)
        assert asked == [1, 3, 2]


async def test_pages_that_are_scrolled_past_are_never_asked_for(
    driving: Driving, demo: Service, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        feed = driver.browse._feed
        monkeypatch.setattr("peekui.ui.row_feed._REST", 3600.0)
        await driver.pilot.press("end")
        await driver.until(lambda: set(feed._in_flight) == {3, 4})  # both are in view
        await driver.pilot.press("home")
        await driver.until(lambda: not feed._in_flight)
        monkeypatch.setattr("peekui.ui.row_feed._REST", 0.0)
        await go_to(driver, driver.browse.panes.rows.row_count - 1)
        assert asked == [1, 3, 4]


async def test_a_page_on_its_way_is_not_asked_for_twice(driving: Driving, demo: Service, asked: list[int]) -> None:
    async with driving(demo) as driver:
        for _ in range(12):
            driver.app.post_message(events.Key("pagedown", None))
        await driver.until(lambda: driver.browse.panes.asset() and driver.browse.panes.rows.cursor > 200)
        await go_to(driver, driver.browse.panes.rows.cursor)
        assert len(set(asked)) == len(asked)

"""The detail panel: the asset's own fields, and a tab for what was extracted, which is asked for when it is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import httpx

from peekui.ui.screens.asset import AssetScreen
from peekui.ui.widgets.detail_panel import DetailPanel
from tests.ui.inspecting import inspected
from tests.ui.test_failures import failing, shows

if TYPE_CHECKING:
    import pytest

    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver


async def find(driver: Driver, words: str) -> DetailPanel:
    await driver.press("/", *words, "enter")
    await driver.until_rows()
    await driver.until_settled()
    return driver.browse.panes.detail.query_one(DetailPanel)


async def features_asked_for(driver: Driver) -> int:
    calls = (await driver.session.client()).calls
    return sum(call.path.endswith("/features") for call in calls)


async def test_features_are_asked_for_when_they_are_chosen(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panel = await find(driver, "Lofoten")
        assert shows(driver, "Asset │ Features")
        assert await features_asked_for(driver) == 0
        await driver.press("e")
        await driver.until(lambda: shows(driver, "Asset │ Video 3"))
        assert panel.rows.listed == 3
        assert await features_asked_for(driver) == 1
        await driver.press("e")
        assert shows(driver, "created")  # the asset's own again
        await driver.press("e")
        assert panel.rows.listed == 3
        assert await features_asked_for(driver) == 1


async def test_they_follow_the_cursor_once_it_rests(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panel = await find(driver, "")
        await driver.press("e")
        await driver.until(lambda: panel.rows.listed)
        for _ in range(6):
            driver.browse.panes.rows.cursor += 1
            driver.browse._draw_detail()
        last = driver.browse.panes.asset()
        await driver.until(lambda: panel._modalities is not None)
        assert panel.asset is last
        assert await features_asked_for(driver) == 2
        driver.browse.panes.rows.cursor += 1
        driver.browse._draw_detail()
        panel.show_next_tab()  # back to the asset's own, before the rest is over
        await driver.press()
        assert await features_asked_for(driver) == 2


async def test_the_inspector_asks_no_second_time(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panel = await find(driver, "Lofoten")
        await driver.press("e")
        await driver.until(lambda: panel.rows.listed == 3)
        await driver.press("4", "down")
        assert panel.rows.has_focus
        assert panel.rows.cursor == 1
        await driver.press("enter")
        await driver.until(lambda: isinstance(driver.app.screen, AssetScreen) and inspected(driver))
        assert await features_asked_for(driver) == 1


async def test_a_click_changes_the_tab_and_the_focus_follows(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panel = await find(driver, "Lofoten")
        await driver.press("4")
        assert panel.query_one("#detail-asset").has_focus
        await driver.pilot.click("#detail-tabs", offset=(10, 0))
        await driver.until(lambda: panel.rows.listed == 3)
        assert panel.rows.has_focus
        await driver.pilot.click("#detail-tabs", offset=(2, 0))
        assert panel.query_one("#detail-asset").has_focus


async def test_nothing_and_failure_are_no_blanks(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        await find(driver, "Lost footage")
        await driver.press("e")
        await driver.until(lambda: shows(driver, "Nothing was extracted of it."))
        await driver.press("e")
        panel = await find(driver, "Lofoten")
        assert panel.asset
        path = f"/v1/assets/{panel.asset.asset_id}/features"
        broken = failing(monkeypatch, path, partial(httpx.Response, 500, text="down"))
        await driver.press("e")
        await driver.until(lambda: shows(driver, "✗ The service answered 500"))
        broken.clear()
        await driver.press("e", "e")
        await driver.until(lambda: panel.rows.listed == 3)


async def test_where_there_is_no_panel_the_asset_is_opened(driving: Driving, demo: Service) -> None:
    async with driving(demo, size=(80, 24)) as driver:
        await driver.press("e")
        await driver.until(lambda: isinstance(driver.app.screen, AssetScreen))

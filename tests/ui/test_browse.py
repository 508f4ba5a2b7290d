"""The browser on the demo library, by keys and by mouse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual import events

from peekui.ui.screens.asset import AssetScreen
from peekui.ui.screens.help import HelpScreen
from peekui.ui.widgets.browse_panes import CollectionList, NamespaceList

if TYPE_CHECKING:
    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver


def shown_ids(driver: Driver, count: int) -> list[str | None]:
    rows = driver.browse.panes.rows
    return [asset.asset_id for index in range(count) if (asset := rows.asset_at(index))]


def server_ids(demo: Service, namespace: str, **body: object) -> tuple[list[str], int]:
    with demo.http() as http:
        scope = {"X-Namespace": namespace}
        collections = http.get("/v1/collections", params={"page_size": 1000}, headers=scope).json()["results"]
        body = {"collections": [item["collection_id"] for item in collections], **body}
        path = "/v1/assets/search" if "query" in body else "/v1/assets"
        answer = http.post(path, params={"page_size": 100}, json=body, headers=scope).json()
    return [row["asset_id"] for row in answer["results"]], answer["pagination"]["total"]


async def test_opens_on_the_first_namespace_with_all_its_assets(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        expected, total = server_ids(demo, "media")
        panes = driver.browse.panes
        assert shown_ids(driver, 100) == expected
        assert panes.rows.row_count == total
        assert [name.title for name in panes.query_one(NamespaceList).names] == ["media", "archive"]
        names = panes.query_one(CollectionList).names
        assert names[0].title == "all"
        assert names[0].count == total
        assert f"of {total:,}" in str(panes.assets.border_subtitle)


async def test_opening_costs_three_calls(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        client = await driver.session.client()
        assert [call.path for call in client.calls] == ["/v1/namespaces", "/v1/collections", "/v1/assets"]


async def test_rows_come_by_the_page_as_they_scroll_into_view(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        rows = driver.browse.panes.rows
        assert rows.asset_at(rows.row_count - 1) is None
        await driver.press("G")
        await driver.until(lambda: rows.asset_at(rows.row_count - 1))
        assert rows.cursor == rows.row_count - 1
        assert rows.scroll_offset.y > 0
        await driver.press("g", "down", "j", "pagedown", "pageup")
        assert rows.cursor == 2


async def test_enter_shows_an_asset_and_escape_comes_back(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        rows = driver.browse.panes.rows
        first, second = rows.asset_at(0), rows.asset_at(1)
        assert first
        assert second
        await driver.press("enter")
        screen = driver.app.screen
        assert isinstance(screen, AssetScreen)
        await driver.until(lambda: str(first.asset_id) in driver.text())
        await driver.press("n")
        await driver.until(lambda: str(second.asset_id) in driver.text())
        await driver.press("p", "escape")
        assert driver.app.screen is driver.browse
        assert rows.cursor == 0


async def test_detail_follows_the_cursor_without_a_call(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panes = driver.browse.panes
        client = await driver.session.client()
        before = client.last_call
        await driver.press("down")
        asset = panes.asset()
        assert asset
        await driver.until(lambda: asset.title in str(panes.detail.border_title))
        assert str(asset.metadata and asset.metadata["file_name"]) in driver.text()
        assert client.last_call is before


async def test_choosing_collections_by_keys(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panes, browse = driver.browse.panes, driver.browse
        counts = {item.title: item.count or 0 for item in browse.place.collections}
        names = [name.title for name in panes.query_one(CollectionList).names]
        await driver.press("2", "down", "space")
        await driver.until_rows()
        assert panes.rows.row_count == counts[names[1]]
        await driver.press("down", "space")
        await driver.until_rows()
        assert panes.rows.row_count == counts[names[1]] + counts[names[2]]
        await driver.press("enter")
        await driver.until_rows()
        assert panes.rows.row_count == counts[names[2]]
        assert panes.current is panes.assets
        assert names[2] in driver.text().splitlines()[0]


async def test_another_namespace(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("1", "down", "enter")
        await driver.until_rows()
        expected, total = server_ids(demo, "archive")
        assert shown_ids(driver, 100) == expected[: len(shown_ids(driver, 100))]
        assert driver.browse.panes.rows.row_count == total


async def test_opens_the_namespace_asked_for(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, namespace="archive")) as driver:
        assert driver.browse.place.crumbs()[0] == "archive"


async def test_a_namespace_that_is_not_there_is_said(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, namespace="no[where")) as driver:
        assert driver.browse.place.crumbs()[0] == "media"
        assert "There is no namespace “no[where”" in next(note.message for note in driver.app._notifications)


async def test_failed_only_and_back(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        rows, everything = driver.browse.panes.rows, driver.browse.panes.rows.row_count
        failed = {"AND": [{"key": "status", "operator": "eq", "value": "FAILED"}]}
        _, total = server_ids(demo, "media", filters=failed)
        await driver.press("b")
        await driver.until_rows()
        assert 0 < rows.row_count == total < everything
        assert "status = FAILED" in driver.text()
        await driver.press("escape")
        await driver.until_rows()
        assert rows.row_count == everything


async def test_searching(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panes = driver.browse.panes
        everything = panes.rows.row_count
        expected, total = server_ids(demo, "media", query={"key": ["*"], "value": "harbour"})
        assert 0 < total < everything
        await driver.press("/", *"harbour", "enter")
        await driver.until_rows()
        assert panes.rows.row_count == total
        assert shown_ids(driver, total) == expected
        assert "Score" in driver.text()
        await driver.press("/", "escape")
        assert not panes.search.display
        assert panes.rows.row_count == total
        await driver.press("escape")
        await driver.until_rows()
        assert panes.rows.row_count == everything
        assert "Score" not in driver.text()


async def test_what_is_typed_at_once_after_the_slash_is_not_lost(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        for character in "/har/bour":
            driver.app.post_message(events.Key("slash" if character == "/" else character, character))
        await driver.until(lambda: driver.browse.panes.search.value == "har/bour")


async def test_a_search_that_finds_nothing_says_so(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("/", *"zz[/]qq", "enter")
        await driver.until_rows()
        assert "Nothing matches “zz[/]qq”" in driver.text()
        await driver.press("c")
        assert driver.app.screen is driver.browse


async def test_sorting_goes_round(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        rows = driver.browse.panes.rows
        sizes = []
        for _ in range(3):
            await driver.press("s")
            await driver.until_rows()
            sizes.append([asset.size_bytes for index in range(30) if (asset := rows.asset_at(index))])
        assert "largest first" in driver.text()
        assert sizes[-1] == sorted(filter(None, sizes[-1]), reverse=True)
        assert sizes[0] != sizes[1]


async def test_help_runs_a_command(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        everything = driver.browse.panes.rows.row_count
        await driver.press("?")
        help_screen = driver.app.screen
        assert isinstance(help_screen, HelpScreen)
        assert "there is no asset" not in driver.text()
        await driver.press(*"only failed", "enter")
        await driver.until_rows()
        assert driver.app.screen is driver.browse
        assert driver.browse.panes.rows.row_count < everything


async def test_palette_runs_a_command(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press(":")
        await driver.press(*"only failed")
        await driver.until(lambda: "Show only failed assets" in driver.text())
        await driver.press("enter")
        await driver.until(lambda: driver.browse.place.failed_only)


async def test_the_mouse(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panes, pilot = driver.browse.panes, driver.pilot
        await pilot.click("#asset-rows", offset=(10, 4))
        assert panes.rows.cursor == 4
        await pilot.click("#asset-rows", offset=(10, 6), times=2)
        await driver.until(lambda: isinstance(driver.app.screen, AssetScreen))
        await driver.press("escape")
        await pilot.click("#collection-list", offset=(5, 2), times=2)
        await driver.until_rows()
        assert len(driver.browse.place.chosen) == 1


async def test_a_click_in_the_footer_does_what_it_says(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.pilot.click("KeyBar", offset=(driver.text().splitlines()[-1].index("sort"), 0))
        await driver.until_rows()
        assert driver.browse.place.sort is not None


@pytest.mark.parametrize(("width", "shown"), [(40, 1), (80, 3), (120, 4)])
async def test_narrow_terminals_show_fewer_panes(driving: Driving, demo: Service, width: int, shown: int) -> None:
    async with driving(demo, size=(width, 24)) as driver:
        panes = driver.browse.panes
        everyone = (panes.namespaces, panes.collections, panes.assets, panes.detail)
        assert sum(bool(pane.region) for pane in everyone) == shown
        for key, pane in zip("123", everyone, strict=False):
            await driver.press(key)
            assert pane.region
            assert panes.current is pane
        await driver.press("4")
        if shown == 4:
            assert panes.current is panes.detail
        else:
            assert isinstance(driver.app.screen, AssetScreen)


async def test_themes_go_round_and_quit_quits(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        seen = {driver.app.theme}
        for _ in range(3):
            await driver.press("T")
            seen.add(driver.app.theme)
        assert seen == {"peekui-dark", "peekui-light", "ansi-dark", "ansi-light"}
        await driver.pilot.press("q")
        assert not driver.app.is_running or driver.app._exit

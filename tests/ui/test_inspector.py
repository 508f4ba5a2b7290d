"""The inspector: tabs, trees, features, and what each costs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.browse.pictures.gallery import Gallery
from peekui.ui.inspector.feature_rows import FeatureRows
from peekui.ui.inspector.tabs import Kind
from peekui.ui.screens.asset import AssetScreen
from peekui.ui.screens.value import ValueScreen
from tests.ui.inspecting import inspect, inspected, inspector
from tests.ui.test_failures import failing, shows

if TYPE_CHECKING:
    from pathlib import Path

    from peekui.browse.inspecting.json_rows import JsonPath
    from peekui.ui.inspector.json_pane import JsonPane
    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without a desktop: there is no native clipboard."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "SSH_TTY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)


def tab_on_show(driver: Driver) -> Kind:
    return inspector(driver).panel.tab.kind


async def calls_made(driver: Driver) -> int:
    return len((await driver.session.client()).calls)


def under_cursor(pane: JsonPane) -> JsonPath:
    assert pane.view.row
    return pane.view.row.path


async def test_an_asset_costs_one_call_and_its_task_another(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("/", *"Lofoten", "enter")
        await driver.until_rows()
        before = await calls_made(driver)
        await driver.press("enter")
        await driver.until(lambda: shows(driver, "2 Video 3", "3 Task"))
        assert await calls_made(driver) == before + 1
        await driver.press("2", "down", "tab")
        await driver.until(lambda: shows(driver, "inputs", "outputs"))
        assert await calls_made(driver) == before + 2
        await driver.press("n")
        await driver.until(lambda: both_known(driver, 2))
        await driver.press("p", "1", "2", "3", "1")
        await driver.until(lambda: shows(driver, "Lofoten teaser", "2 Video 3"))
        assert await calls_made(driver) == before + 4  # the next asset, and its task


def both_known(driver: Driver, count: int) -> bool:
    return len(driver.session.inspected) == count and len(inspector(driver)._questions._tasks) == count


async def test_passing_by_costs_no_call(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await open_first(driver)
        before = await calls_made(driver)
        for _ in range(8):
            screen.command_asset_next()
        await driver.until(lambda: len(driver.session.inspected) == 2)
        assert await calls_made(driver) == before + 1
        assert screen._asset.asset_id == getattr(driver.browse.panes.asset(), "asset_id", "")


async def open_first(driver: Driver) -> AssetScreen:
    await driver.press("enter")
    await driver.until(lambda: isinstance(driver.app.screen, AssetScreen) and inspected(driver))
    return inspector(driver)


async def test_the_tab_outlasts_the_asset(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await inspect(driver, "Lofoten")
        assert shows(driver, "2 Video 3")
        await driver.press("2")
        assert screen.panel.tab.modality == "video"
        await driver.press("n")
        await driver.until(lambda: len(driver.session.inspected) == 2)
        assert tab_on_show(driver) is Kind.OVERVIEW  # a picture has no features of video
        await driver.press("p")
        await driver.until(lambda: screen.panel.tab.modality == "video")
        await driver.press("shift+tab", "shift+tab")
        assert tab_on_show(driver) is Kind.JSON
        await driver.pilot.click("#inspector-tabs", offset=(4, 0))
        assert tab_on_show(driver) is Kind.OVERVIEW
        await driver.press("9")
        await driver.until(lambda: shows(driver, "There is no tab 9"))


async def test_the_cursor_goes_along_the_line_of_time(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await inspect(driver, "Lofoten teaser")
        await driver.press("2", "right")
        assert shows(driver, "0:10.0–0:20.0")
        await driver.press("l", "l")
        assert screen.panel.features.strip.current == 2
        await driver.press("h", "left")
        assert screen.panel.features.rows.cursor == 0
        await driver.pilot.click("TimelineStrip", offset=(100, 0))
        assert screen.panel.features.rows.cursor == 2
        await driver.until(lambda: shows(driver, "video_segment"))


async def test_text_is_searched_and_read(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await inspect(driver, "Insurance")
        rows = screen.panel.features.rows
        await driver.press("2")
        assert (rows.listed, len(rows.features)) == (11, 11)
        await driver.press("/", *"TORRES", "enter")
        assert 0 < rows.listed < 11
        assert all(rows.features[place].has("torres") for place in rows._listed)
        await driver.until(lambda: shows(driver, "of 11 with “TORRES”"))
        await driver.press("enter")
        assert screen.panel.features.detail.has_focus
        await driver.press("escape")
        assert rows.has_focus
        await driver.press("escape")
        assert rows.listed == 11
        await driver.press("escape")
        assert driver.app.screen is driver.browse


async def test_a_tree_is_searched_and_copied_from(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await inspect(driver, "Lofoten teaser")
        pane = screen.panel.overview
        await driver.press("/", *"H264", "enter")
        await driver.until(lambda: shows(driver, "1 of 1 with “H264”"))
        assert under_cursor(pane) == ("metadata", "video_codec")
        for key, said, text in (
            ("Y", "Path sent", "metadata.video_codec"),
            ("y", "Value sent", "h264"),
            ("equals_sign", "Filter sent", "metadata.video_codec = h264"),
        ):
            await driver.press(key)
            await driver.until(lambda said=said: shows(driver, said))  # type: ignore[misc]
            assert driver.app.clipboard == text
        await driver.press("escape", "left", "left")
        assert under_cursor(pane) == ("metadata",)
        await driver.press("equals_sign")
        await driver.until(lambda: shows(driver, "an object is not compared"))
        await driver.press("/", *"nowhere", "enter")
        await driver.until(lambda: shows(driver, "nothing has “nowhere”"))


async def test_matches_are_gone_through_and_n_is_the_next_asset_without(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await inspect(driver, "Lofoten")
        pane = screen.panel.json
        await driver.press("shift+tab", "/", *"segment", "enter")
        await driver.until(lambda: shows(driver, "1 of 3 with"))
        first = under_cursor(pane)
        await driver.press("n", "n", "n")
        assert under_cursor(pane) == first
        await driver.press("N")
        assert shows(driver, "3 of 3 with")
        title = screen._asset.title
        await driver.press("escape", "n")
        await driver.until(lambda: screen._asset.title != title)


async def test_no_signed_url_is_shown(driving: Driving, demo: Service, tmp_path: Path) -> None:
    async with driving(demo, gallery=Gallery(tmp_path / "pictures", always=True)) as driver:
        screen = await inspect(driver, "Lofoten teaser")
        assert shows(driver, "URL valid 59:")
        assert "Signature" not in str(screen.panel._inspected and screen.panel._inspected.answer)
        await driver.press("shift+tab")
        assert shows(driver, "(signed: not shown)")


async def test_a_megabyte_is_unfolded_in_parts(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await inspect(driver, "One megabyte")
        await driver.press("/", *"history", "enter")
        await driver.until(lambda: shows(driver, "1 of"))
        await driver.press("escape", "right")
        assert shows(driver, "[199]") or screen.panel.overview.view.row_count < 300
        await driver.press("G")
        assert screen.panel.overview.view.row_count < 300


async def test_a_whole_value_is_shown(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await inspect(driver, "Lofoten teaser")
        await driver.press("enter")
        assert isinstance(driver.app.screen, ValueScreen)


async def test_copies_are_found_and_opened(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await inspect(driver, "FINAL final2")
        before = await calls_made(driver)
        await driver.press("tab", "tab", "tab")
        await driver.until(lambda: shows(driver, "5 assets with the same file", "original"))
        assert await calls_made(driver) == before + 2  # the task on the way, and the copies
        this = screen._asset.asset_id
        assert not screen.panel.copies.rows.assets[0].duplicate_of
        await driver.press("home", "enter")
        await driver.until(lambda: screen._asset.asset_id != this and len(driver.session.inspected) == 2)
        assert screen.panel.tab.kind is Kind.COPIES
        await driver.until(lambda: shows(driver, "5 assets with the same file"))
        assert await calls_made(driver) == before + 3  # the original; its copies are known


async def test_one_of_a_kind_says_so(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await inspect(driver, "Lofoten teaser")
        await driver.press("4")
        await driver.until(lambda: shows(driver, "No other asset has this file"))


async def test_what_fails_is_told_in_its_tab(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(demo) as driver:
        screen = await inspect(driver, "Lofoten teaser")
        path = f"/v1/tasks/{screen._asset.task_id}"
        broken = failing(monkeypatch, path, lambda: httpx.Response(404, json={"detail": "no such task"}))
        await driver.press("3")
        await driver.until(screen.current_problem)
        await driver.press("1")
        assert screen.current_problem() is None
        broken.clear()
        await driver.press("3", "r")
        await driver.until(lambda: shows(driver, "outputs"))


async def test_no_features_are_no_blank(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        assert asset
        path = f"/v1/assets/{asset.asset_id}/features"
        broken = failing(monkeypatch, path, partial(httpx.Response, 500, text="down"))
        await driver.press("enter")
        screen = inspector(driver)
        await driver.until(screen.current_problem)
        assert shows(driver, str(asset.asset_id))  # what the table knew stays
        broken.clear()
        await driver.press("r")
        await driver.until(lambda: inspected(driver))
        assert screen.current_problem() is None


@pytest.mark.parametrize(
    "answer", [{}, {"asset": None, "features": None}, {"features": {"video": None, "odd [b]": [{}]}}]
)
async def test_any_answer_is_shown(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch, answer: dict[str, object]
) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        assert asset
        failing(monkeypatch, f"/v1/assets/{asset.asset_id}/features", lambda: httpx.Response(200, json=answer))
        screen = await open_first(driver)
        for _ in range(7):
            await driver.press("tab", "down", "enter", "escape")
            if driver.app.screen is not screen:
                await driver.press("enter")
                await driver.until(lambda: isinstance(driver.app.screen, AssetScreen))
                screen = inspector(driver)
        assert shows(driver, asset.title.split()[0])


async def test_five_hundred_features(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    features = [
        {
            "feature_id": f"f{number}", "start_time": number, "end_time": number + 1, "score": number / 500,
            "description": f"shot {number}", "vectors": {"clip": [number / 7] * 1024},
            "faces": [{"face_id": "x", "confidence": 0.5}],
        }
        for number in range(500)
    ]  # fmt: skip
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        assert asset
        answer = {"asset": {"asset_id": asset.asset_id}, "features": {"video": features}}
        failing(monkeypatch, f"/v1/assets/{asset.asset_id}/features", lambda: httpx.Response(200, json=answer))
        screen = await open_first(driver)
        await driver.press("2", "G")
        assert screen.panel.features.rows.place == 499
        await driver.until(lambda: shows(driver, "1,024 numbers", "faces 1", "▇▇▇▇▇····· 0.50"))
        assert shows(driver, "500 8:19.0 8:20.0 shot 499")


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
async def test_small_terminals_show_the_table_then_the_feature(
    driving: Driving, demo: Service, size: tuple[int, int]
) -> None:
    async with driving(demo, size=size) as driver:
        screen = await inspect(driver, "Insurance")
        await driver.press("2")
        assert screen.query_one(FeatureRows).region.height >= 3
        await driver.press("enter")
        assert screen.panel.features.detail.region.height >= 3
        await driver.press("escape")
        assert screen.query_one(FeatureRows).region.height >= 3


async def test_what_was_inspected_lately_costs_no_call(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await open_first(driver)
        before = await calls_made(driver)
        await driver.press("escape")
        await open_first(driver)
        assert await calls_made(driver) == before
        await driver.press("r")
        await driver.until(lambda: inspected(driver))
        assert await calls_made(driver) == before + 1

"""Columns, the column under the cursor and marks, on the demo library, by keys and by mouse."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from peekui.browse.columns import TITLE, ColumnLayout
from peekui.browse.query import Sort
from peekui.ui.screens.browse import BrowseScreen
from peekui.ui.screens.columns import ColumnsScreen
from peekui.ui.screens.value import ValueScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from peekui.api.models import Asset
    from peekui.ui.session import Source
    from peekui.ui.widgets.asset_table import AssetTable
    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver

CAMERA = "metadata.camera_model"
SIZE = "file_data.file_size_bytes"


def table_of(driver: Driver) -> AssetTable:
    return driver.browse.panes.table


def drawn(driver: Driver) -> list[str]:
    return [placed.column.field for placed in table_of(driver).rows.placed]


def assets(driver: Driver, count: int = 30) -> list[Asset]:
    rows = driver.browse.panes.rows
    return [asset for index in range(count) if (asset := rows.asset_at(index))]


def marked(driver: Driver) -> list[str]:
    return [mark.asset_id for mark in driver.browse.panes.rows.marks]


def starts(driver: Driver) -> dict[str, int]:
    """Cell each column begins at, in the heading and in the rows."""
    heading = table_of(driver).heading
    return dict(zip(drawn(driver), heading._starts(), strict=True))


async def open_dialog(driver: Driver, field: str = TITLE) -> ColumnsScreen:
    await driver.press("O")
    screen = driver.app.screen
    assert isinstance(screen, ColumnsScreen)
    screen.choices.go_to(field)
    return screen


@pytest.fixture
def driving(driving: Driving) -> Driving:
    """Open the app, with the columns laid out for its size."""

    @asynccontextmanager
    async def drive(source: Source, **how: object) -> AsyncIterator[Driver]:
        async with driving(source, **how) as driver:
            await driver.until(lambda: "created_at" in drawn(driver))
            yield driver

    return drive


@pytest.fixture
def changes(monkeypatch: pytest.MonkeyPatch) -> list[ColumnLayout]:
    """What the table says was changed by the user."""
    seen: list[ColumnLayout] = []

    def note(_: BrowseScreen, event: AssetTable.ColumnsChanged) -> None:
        seen.append(event.layout)

    monkeypatch.setattr(BrowseScreen, "on_asset_table_columns_changed", note, raising=False)
    return seen


# -- columns ----------------------------------------------------------------------------------------------


async def test_a_path_becomes_a_column_and_the_order_of_the_rows(
    driving: Driving, demo: Service, changes: list[ColumnLayout]
) -> None:
    async with driving(demo, size=(160, 40)) as driver:
        await open_dialog(driver)
        await driver.press("a", *"metadata.camera_mo")
        await driver.until(lambda: "metadata.camera_model" in driver.text())  # suggested
        await driver.press("right", "enter", "s")
        await driver.until_rows()
        assert drawn(driver)[-1] == CAMERA
        assert changes == [ColumnLayout().with_path(CAMERA)]
        assert driver.browse.place.sort == Sort(CAMERA)
        models = [str((asset.metadata or {})["camera_model"]) for asset in assets(driver)]
        assert models == sorted(models)
        await driver.press("escape")
        assert "camera_model ▲" in driver.text()
        assert all(model in driver.text() for model in set(models))


async def test_the_table_behind_the_dialog_follows_at_once(
    driving: Driving, demo: Service, changes: list[ColumnLayout]
) -> None:
    async with driving(demo, size=(200, 40)) as driver:
        before = drawn(driver)
        screen = await open_dialog(driver, SIZE)
        await driver.press("space")
        assert drawn(driver) == [field for field in before if field != SIZE]
        await driver.press("enter", "K", "K", "K")
        assert drawn(driver)[1:3] == [SIZE, "modality"]
        assert screen.choices.field == SIZE
        await driver.press("J")
        assert drawn(driver)[1:3] == ["modality", SIZE]
        await driver.press("+", "+", "+", "-")
        assert table_of(driver).width_of(SIZE) == 10
        await driver.press("0")
        assert table_of(driver).width_of(SIZE) == 8
        await driver.press("r")
        assert drawn(driver) == before
        assert changes[-1] == ColumnLayout()
        await driver.press("q")
        assert driver.app.screen is driver.browse


async def test_what_cannot_be_done_to_a_column_is_said(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await open_dialog(driver)
        await driver.press("space", "d")
        assert driver.browse.panes.table.columns == ColumnLayout()
        await driver.press("a", *"url", "enter")
        said = [note.message for note in driver.app._notifications]
        assert [any(words in message for message in said) for words in ("always shown", "hides this", "secret")] == [
            True,
            True,
            True,
        ]
        for open_ in (True, False):
            await driver.press("escape")
            assert isinstance(driver.app.screen, ColumnsScreen) is open_


async def test_an_added_column_can_be_taken_away(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        table_of(driver).columns = ColumnLayout().with_path(CAMERA)
        await open_dialog(driver, CAMERA)
        await driver.press("d")
        assert table_of(driver).columns == ColumnLayout()


async def test_setting_columns_from_outside_is_no_change_by_the_user(
    driving: Driving, demo: Service, changes: list[ColumnLayout]
) -> None:
    async with driving(demo) as driver:
        table_of(driver).columns = ColumnLayout().with_path(CAMERA)
        await driver.pilot.pause()
        assert CAMERA in drawn(driver)
        assert changes == []


async def test_a_click_on_a_heading_sorts(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        sizes = []
        for sort in (Sort(SIZE, descending=True), Sort(SIZE), None):
            await driver.pilot.click("ColumnHeading", offset=(starts(driver)[SIZE] + 5, 0))
            await driver.until_rows()
            assert driver.browse.place.sort == sort
            sizes.append([asset.size_bytes or 0 for asset in assets(driver)])
        assert sizes[0] == sorted(sizes[0], reverse=True)
        assert sizes[1] == sorted(sizes[1])
        assert sizes[2] not in (sizes[0], sizes[1])
        assert table_of(driver).current == SIZE


async def test_a_click_on_the_score_sorts_by_rank(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("s", "/", *"harbour", "enter")
        await driver.until_rows()
        await driver.pilot.click("ColumnHeading", offset=(starts(driver)["score"], 0))
        await driver.until_rows()
        assert driver.browse.place.sort is None
        scores = [asset.score or 0 for asset in assets(driver)]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "drag", [("status", "right", 3, 11), (SIZE, "left", -4, 12), (SIZE, "left", -99, 0)], ids=lambda drag: str(drag[2])
)
async def test_dragging_an_edge_resizes(
    driving: Driving, demo: Service, changes: list[ColumnLayout], drag: tuple[str, str, int, int]
) -> None:
    field, edge, by, width = drag  # no width: as much as the title can spare
    async with driving(demo, size=(160, 30)) as driver:
        before = drawn(driver)
        rows = {one.column.field: one.width for one in table_of(driver).rows.placed}
        x = starts(driver)[field] + (rows[field] if edge == "right" else -1)
        spare = rows[TITLE] - 20
        heading = table_of(driver).heading
        await driver.pilot.mouse_down(heading, offset=(x, 0))
        await driver.pilot.hover(heading, offset=(max(x + by, 0), 0))
        await driver.pilot.mouse_up(heading, offset=(max(x + by, 0), 0))
        await driver.pilot.hover(heading, offset=(1, 0))
        assert table_of(driver).width_of(field) == (width or rows[field] + spare)
        assert drawn(driver) == before  # no column is pushed out
        assert driver.browse.place.sort is None
        assert changes


async def test_widths_follow_what_is_in_view_and_do_not_shrink_on_the_way_back(driving: Driving, demo: Service) -> None:
    async with driving(demo, size=(200, 24)) as driver:
        path = "metadata.file_name"
        table_of(driver).columns = ColumnLayout().with_path(path)
        await driver.pilot.pause()
        narrow = table_of(driver).width_of(path)
        seen = [narrow]
        for _ in range(12):
            await driver.press("pagedown")
            await driver.until(lambda: table_of(driver).current_cell())
            seen.append(table_of(driver).width_of(path))
        assert seen == sorted(seen)
        assert narrow < seen[-1] <= 24
        await driver.press("home")
        assert table_of(driver).width_of(path) == seen[-1]


# -- the column under the cursor --------------------------------------------------------------------------


async def test_the_column_cursor_and_the_whole_value(driving: Driving, demo: Service) -> None:
    async with driving(demo, size=(160, 30)) as driver:
        table = table_of(driver)
        asset = assets(driver)[0]
        cell = table.current_cell()
        assert cell
        assert (cell.value, cell.asset) == (asset.title, asset)
        assert cell.field.startswith("metadata.")
        fields = drawn(driver)
        await driver.press("<", "<", "<", "<")
        assert table.current == fields[0]
        await driver.press(*[">"] * fields.index(SIZE))
        cell = table.current_cell()
        assert cell == (SIZE, asset.size_bytes, asset)
        await driver.press("v")
        assert isinstance(driver.app.screen, ValueScreen)
        assert str(asset.size_bytes) in driver.text()
        await driver.press("escape", "shift+right")
        cell = table.current_cell()
        assert asset.created_at
        assert cell == ("created_at", asset.created_at.isoformat(), asset)


async def test_a_value_with_parts_is_shown_as_json(driving: Driving, demo: Service) -> None:
    async with driving(demo, size=(160, 60)) as driver:
        table_of(driver).columns = ColumnLayout().with_path("metadata.dominant_colours")
        table_of(driver).current = "metadata.dominant_colours"
        rows = driver.browse.panes.rows
        while not (rows.asset_at(rows.cursor).metadata or {}).get("dominant_colours"):  # type: ignore[union-attr]
            await driver.press("down")
            await driver.until(lambda: rows.asset_at(rows.cursor))
        await driver.press("v")
        screen = driver.app.screen
        assert isinstance(screen, ValueScreen)
        assert json.loads(screen._text) == (rows.asset_at(rows.cursor).metadata or {})["dominant_colours"]  # type: ignore[union-attr]


async def test_where_there_is_no_value_that_is_said(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        table_of(driver).columns = ColumnLayout().with_path("metadata.nowhere")
        table_of(driver).current = "metadata.nowhere"
        await driver.press("v")
        assert driver.app.screen is driver.browse
        assert "nowhere: there is none here." in [note.message for note in driver.app._notifications]


async def test_sorting_by_the_current_column(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press(">", "S")
        await driver.until_rows()
        assert driver.browse.place.sort == Sort(SIZE, descending=True)


async def test_a_column_that_gives_way_is_no_longer_the_current_one(driving: Driving, demo: Service) -> None:
    async with driving(demo, size=(160, 30)) as driver:
        table_of(driver).current = "duplicate_of"
        await driver.pilot.resize_terminal(80, 24)
        await driver.until(lambda: "duplicate_of" not in drawn(driver))
        assert table_of(driver).current == TITLE


# -- marks ------------------------------------------------------------------------------------------------


async def test_marks_by_keys(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        rows = driver.browse.panes.rows
        ids = [asset.asset_id for asset in assets(driver, 100)]
        await driver.press("space", "down", "space")
        assert marked(driver) == [ids[0], ids[2]]
        assert rows.cursor == 3
        await driver.press("down", "down", "V")
        assert marked(driver) == [ids[0], *ids[2:6]]
        assert "5 marked" in driver.text()
        assert driver.text().count("●") == 5
        await driver.press("up", "up", "space")
        assert marked(driver) == [ids[0], ids[2], ids[4], ids[5]]
        await driver.press("M")
        assert marked(driver) == []
        first, last = rows.in_view()
        await driver.press("*")
        assert marked(driver) == ids[first : last + 1]
        await driver.press("home", "space", "~")
        assert marked(driver) == [ids[0]]


async def test_marks_outlive_scrolling_sorting_and_searching_but_not_the_namespace(
    driving: Driving, demo: Service
) -> None:
    async with driving(demo) as driver:
        title = assets(driver)[1].title
        await driver.press("down", "space", "end")
        await driver.until(driver.browse.panes.asset)
        await driver.press("space")
        before = marked(driver)
        assert len(before) == 2
        await driver.press("s", "s", "s")
        await driver.until_rows()
        await driver.press("b")
        await driver.until_rows()
        assert marked(driver) == before
        assert "2 marked" in driver.text()
        mark = next(iter(driver.browse.panes.rows.marks))
        assert (mark.title, mark.namespace) == (title, driver.browse.place.scope)
        await driver.press("1", "down", "enter")
        await driver.until_rows()
        assert marked(driver) == []


async def test_a_range_over_rows_that_are_not_loaded_says_so(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        ids = [asset.asset_id for asset in assets(driver, 100)]
        rows = driver.browse.panes.rows
        await driver.press("space", "end")
        await driver.until(driver.browse.panes.asset)
        await driver.press("V")
        held = [index for index in range(rows.row_count) if rows.asset_at(index)]
        assert len(marked(driver)) == len(held)
        assert marked(driver)[:100] == ids
        said = f"{rows.row_count - len(held):,} of these {rows.row_count:,} rows are not loaded"
        assert any(said in note.message for note in driver.app._notifications)


async def test_marks_by_mouse(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        ids = [asset.asset_id for asset in assets(driver)]
        await driver.pilot.click("#asset-rows", offset=(10, 3), control=True)
        await driver.pilot.click("#asset-rows", offset=(10, 6), shift=True)
        assert marked(driver) == ids[3:7]
        await driver.pilot.click("#asset-rows", offset=(10, 4), control=True)
        assert marked(driver) == [ids[3], ids[5], ids[6]]
        assert driver.browse.panes.rows.cursor == 4


async def test_marks_of_an_order_do_not_begin_a_range_in_another(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("down", "down", "down", "space", "s")
        await driver.until_rows()
        await driver.press("V")
        assert len(marked(driver)) == 2


# -- going to a row ---------------------------------------------------------------------------------------


async def test_a_number_past_the_end_goes_to_the_last_row(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        rows = driver.browse.panes.rows
        await driver.press(":", *"99999")
        await driver.until(lambda: f"Go to row {rows.row_count:,}, the last" in driver.text())
        await driver.press("enter")
        await driver.until(lambda: rows.cursor == rows.row_count - 1)

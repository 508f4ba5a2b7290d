"""The rows as thumbnails: the table's rows, cursor and marks; only what is in view costs anything."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.app import App

from peekui.api.models import Asset
from peekui.browse.pictures.gallery import Gallery
from peekui.ui.commands import Keymap
from peekui.ui.screens.asset import AssetScreen
from peekui.ui.screens.browse import BrowseScreen
from peekui.ui.screens.contact_sheet import ContactSheet
from peekui.ui.widgets.asset_rows import AssetRows
from peekui.ui.widgets.contact_grid import ContactGrid, Shape, shape_for
from peekui.ui.widgets.thumbnail import Thumbnail
from tests.ui.inspecting import inspector

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.pilot import Pilot

    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver

HALF = "▀"
TOTAL = 10_000_000


@pytest.fixture
def gallery(tmp_path: Path) -> Gallery:
    return Gallery(tmp_path / "pictures", always=True)


def sheet(driver: Driver) -> ContactSheet:
    assert isinstance(driver.app.screen, ContactSheet)
    return driver.app.screen


async def opened(driver: Driver) -> ContactGrid:
    await driver.press("t")
    await driver.until(lambda: sheet(driver).query(Thumbnail))
    return sheet(driver).grid


def pictures_are_there(driver: Driver) -> bool:
    views = [thumbnail.picture for thumbnail in sheet(driver).query(Thumbnail) if thumbnail.visible]
    return bool(views) and all(view.raster or view.reason not in {"", "Loading…"} for view in views)


def titles(driver: Driver) -> list[str]:
    shown = [thumbnail for thumbnail in sheet(driver).query(Thumbnail) if thumbnail.visible]
    return [str(thumbnail._caption.text).splitlines()[0].removeprefix("● ") for thumbnail in shown]


# -- the table's rows ---------------------------------------------------------------------------------------


async def test_the_rows_are_shown_from_the_cursor_on(driving: Driving, demo: Service, gallery: Gallery) -> None:
    async with driving(demo, gallery=gallery) as driver:
        rows = driver.browse.panes.rows
        await driver.press("down", "down", "down")
        grid = await opened(driver)
        assert grid.cursor == 3
        expected = [asset.title for index in range(15) if (asset := rows.window.row(index))]
        assert titles(driver) == expected
        await driver.until(lambda: pictures_are_there(driver))
        text = driver.text()
        assert HALF * 5 in text
        assert "1–15 of 328" in text
        assert text.count("✓ done · video") >= 10


async def test_the_cursor_goes_and_the_table_follows_at_the_end(
    driving: Driving, demo: Service, gallery: Gallery
) -> None:
    async with driving(demo, gallery=gallery) as driver:
        grid = await opened(driver)
        columns = grid._shape.columns
        for keys, index in (
            (("right", "l"), 2),
            (("left", "h"), 0),
            (("up",), 0),
            (("down", "j"), 2 * columns),
            (("k",), columns),
            (("pagedown",), columns + grid._shape.places),
            (("pageup",), columns),
            (("G",), 327),
            (("right", "down"), 327),
            (("g",), 0),
            (("end",), 327),
        ):
            await driver.press(*keys)
            assert grid.cursor == index, keys
            first, last = grid.in_view()
            assert first <= index <= last
        await driver.until(lambda: grid.asset_at(327))
        await driver.press("escape")
        assert isinstance(driver.app.screen, BrowseScreen)
        assert driver.browse.panes.rows.cursor == 327
        assert "–328 of 328" in driver.text()


async def test_marks_are_the_tables(driving: Driving, demo: Service, gallery: Gallery) -> None:
    async with driving(demo, gallery=gallery) as driver:
        await driver.press("space")
        grid = await opened(driver)
        marks = driver.browse.panes.rows
        assert "1 marked" in driver.text()
        await driver.press("space", "right", "V")
        assert len(marks.marks) == 4  # the first in the table, the second here, and from there to the fourth
        await driver.press("M")
        assert not marks.marks
        await driver.press("*")
        assert len(marks.marks) == grid._shape.places
        await driver.press("~", "space")
        assert len(marks.marks) == 1
        await driver.press("escape")
        assert len(driver.browse.marked()) == 1


async def test_an_asset_is_inspected_and_its_neighbours(driving: Driving, demo: Service, gallery: Gallery) -> None:
    async with driving(demo, gallery=gallery) as driver:
        grid = await opened(driver)
        await driver.press("right", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, AssetScreen))
        asset = grid.asset_at(1)
        assert asset
        assert inspector(driver).current_asset()[0].asset_id == asset.asset_id  # type: ignore[index]
        await driver.press("n", "escape")
        assert sheet(driver).grid.cursor == 2


async def test_the_mouse_goes_marks_and_opens(driving: Driving, demo: Service, gallery: Gallery) -> None:
    async with driving(demo, gallery=gallery) as driver:
        grid = await opened(driver)
        third = grid._places[2]
        await driver.pilot.click(third)
        assert grid.cursor == 2
        await driver.pilot.click(grid._places[4], control=True)
        assert (grid.cursor, len(grid.marks)) == (4, 1)
        await driver.pilot.click(grid._places[6], shift=True)
        assert len(grid.marks) == 3
        grid.post_message(events.MouseScrollDown(grid, 5, 5, 0, 1, 0, False, False, False))
        await driver.until(lambda: grid.cursor == 6 + grid._shape.columns)
        await driver.pilot.click(third, times=2)
        await driver.until(lambda: isinstance(driver.app.screen, AssetScreen))


# -- pictures -----------------------------------------------------------------------------------------------


async def test_without_a_picture_there_is_a_reason(driving: Driving, demo: Service, gallery: Gallery) -> None:
    async with driving(demo, gallery=gallery, size=(200, 60)) as driver:
        await opened(driver)
        await driver.until(lambda: pictures_are_there(driver))
        for thumbnail in sheet(driver).query(Thumbnail):
            assert bool(thumbnail.picture.raster) is not bool(thumbnail.picture.reason)
        assert "could not be read" in driver.text()


async def test_pictures_switched_off_are_a_reason(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await opened(driver)
        await driver.until(lambda: pictures_are_there(driver))
        assert all("switched off" in place.picture.reason for place in sheet(driver).grid._places)


async def test_calls_are_not_spent_on_thumbnails(driving: Driving, demo: Service, gallery: Gallery) -> None:
    async with driving(replace(demo, calls_per_minute=1000), gallery=gallery) as driver:
        client = await driver.session.client()
        before = len(client.calls)
        await opened(driver)
        await driver.until(lambda: pictures_are_there(driver))
        assert "A picture takes a" in driver.text()
        assert len(client.calls) == before
        await driver.press("enter")
        await driver.until(lambda: inspector(driver).panel.picture.raster)
        await driver.press("escape")
        await driver.until(lambda: sheet(driver).grid._places[0].picture.raster)  # its address is known now


async def test_what_was_scrolled_past_is_not_fetched(driving: Driving, demo: Service, gallery: Gallery) -> None:
    async with driving(demo, gallery=gallery) as driver:
        grid = await opened(driver)
        client = await driver.session.client()
        for _ in range(6):
            grid.command_rows_page_down()
        first, last = grid.in_view()
        await driver.until(lambda: pictures_are_there(driver))
        wanted = {asset.asset_id for index in range(first, last + 1) if (asset := grid.asset_at(index))}
        seen = {asset.asset_id for index in range(15) if (asset := grid.asset_at(index))}
        asked = {call.path.rpartition("/")[2] for call in client.calls if "return_url=true" in str(call.query)}
        assert asked <= wanted | seen


async def test_pictures_that_were_seen_are_there_at_once(driving: Driving, demo: Service, gallery: Gallery) -> None:
    async with driving(demo, gallery=gallery) as driver:
        grid = await opened(driver)
        await driver.until(lambda: pictures_are_there(driver))
        seen = [place.picture.raster for place in grid._places]
        grid.command_rows_page_down()
        assert not set(filter(None, (place.picture.raster for place in grid._places))) & set(filter(None, seen))
        grid.command_rows_first()
        assert [place.picture.raster for place in grid._places] == seen


# -- the size of the screen, and of the collection ----------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "shape"),
    [
        ((38, 11), Shape(2, 1, 7)),
        ((78, 20), Shape(3, 2, 6)),
        ((118, 36), Shape(5, 3, 8)),
        ((198, 56), Shape(8, 5, 7)),
        ((10, 5), Shape(1, 1, 1)),
        ((3, 2), Shape(1, 1, 1)),
    ],
)
def test_as_many_as_fit(size: tuple[int, int], shape: Shape) -> None:
    assert shape_for(*size) == shape


def test_a_large_screen_has_larger_places_not_more() -> None:
    for width in range(20, 1000, 45):
        for height in range(10, 400, 15):
            shape = shape_for(width, height)
            assert 1 <= shape.places <= 60
            assert shape.picture_rows <= max(width // shape.columns // 2, 1)


async def test_another_size_keeps_the_cursor_in_view(driving: Driving, demo: Service, gallery: Gallery) -> None:
    async with driving(demo, gallery=gallery) as driver:
        grid = await opened(driver)
        await driver.press("pagedown", "pagedown")
        cursor = grid.cursor
        for width, height in ((40, 15), (200, 60), (80, 24)):
            await driver.pilot.resize_terminal(width, height)
            await driver.until(lambda: len(grid._places) == len(sheet(driver).query(Thumbnail)) == grid._shape.places)
            first, last = grid.in_view()
            assert grid.cursor == cursor
            assert first <= cursor <= last
            assert grid._places[cursor - first].has_class("-current")


class LargeSheet(App[None]):
    """The grid over ten million rows that are there as soon as they are asked for."""

    CSS_PATH = [path for path in BrowseScreen.CSS_PATH if path != "browse.tcss"]  # noqa: RUF012  (as Textual declares it)
    keymap = Keymap()
    gallery = None

    def __init__(self) -> None:
        super().__init__()
        self.table = AssetRows(id="table")
        self.asked: list[int] = []

    def compose(self) -> ComposeResult:
        """The table, which is not seen, and the grid."""
        self.put(1)
        self.table.display = False
        yield self.table
        yield ContactGrid(self.table)

    def put(self, number: int) -> None:
        """Make a page."""
        names = (f"row {index}" for index in range((number - 1) * 100, number * 100))
        page = tuple(Asset(asset_id=name, metadata={"title": name}) for name in names)
        self.table.window.put(number, page, TOTAL)

    def on_contact_grid_in_view(self, message: ContactGrid.InView) -> None:
        """Give what is missing at once."""
        missing = self.table.window.missing(message.first, message.last)
        self.asked += missing
        for number in missing:
            self.put(number)
        if missing:
            self.query_one(ContactGrid).redraw()


@asynccontextmanager
async def large() -> AsyncIterator[tuple[LargeSheet, Pilot[None]]]:
    app = LargeSheet()
    async with app.run_test(size=(120, 40)) as pilot:
        app.query_one(ContactGrid).focus()
        await pilot.pause()
        yield app, pilot


async def test_ten_million_rows_cost_what_a_hundred_do() -> None:
    async with large() as (app, pilot):
        grid = app.query_one(ContactGrid)
        places = len(grid._places)
        await pilot.press("end")
        await pilot.pause()
        assert grid.cursor == TOTAL - 1
        assert str(grid._places[-1]._caption.text).startswith(f"row {TOTAL - 1}") or not grid._places[-1].visible
        assert len(grid._places) == places
        assert app.asked == [TOTAL // 100]
        await pilot.press("pageup", "pageup")
        assert grid.in_view()[0] >= TOTAL - 4 * grid._shape.places
        assert len(app.asked) == 1
        grid.cursor = TOTAL // 2
        await pilot.pause()
        assert "of 10,000,000" in str(grid.border_subtitle)
        assert len(app.asked) == 2


async def test_a_held_key_is_drawn_key_by_key() -> None:
    async with large() as (app, pilot):
        grid = app.query_one(ContactGrid)
        took = []
        for _ in range(60):
            began = asyncio.get_running_loop().time()
            app.post_message(events.Key("down", None))
            await pilot._wait_for_screen()
            took.append(asyncio.get_running_loop().time() - began)
        await pilot.pause()
        assert grid.cursor == 60 * grid._shape.columns
        assert sorted(took)[30] < 0.5

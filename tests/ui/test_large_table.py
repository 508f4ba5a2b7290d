"""Ten million rows: every way of moving ends exactly where it should, and only pages in view are asked for."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.app import App

from peekui.api.models import Asset
from peekui.browse.pages import PageWindow
from peekui.ui.commands import Keymap
from peekui.ui.screens.browse import BrowseScreen
from peekui.ui.screens.palette import PaletteScreen
from peekui.ui.widgets.asset_table import AssetTable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.app import ComposeResult
    from textual.pilot import Pilot

    from peekui.ui.widgets.asset_rows import AssetRows

TOTAL = 10_000_000
HEIGHT = 24
IN_VIEW = HEIGHT - 1  # the heading


class LargeTable(App[None]):
    """The table over rows that are there as soon as they are asked for."""

    CSS_PATH = [path for path in BrowseScreen.CSS_PATH if path != "browse.tcss"]  # noqa: RUF012  (as Textual declares it)
    keymap = Keymap()

    def __init__(self) -> None:
        super().__init__()
        self.window: PageWindow[Asset] = PageWindow()
        self.asked: list[int] = []

    def compose(self) -> ComposeResult:
        """The table alone."""
        yield AssetTable()

    def on_mount(self) -> None:
        """Show the first page."""
        self.put(1)
        self.rows.window = self.window
        self.rows.focus()

    @property
    def rows(self) -> AssetRows:
        """The rows under test."""
        return self.query_one(AssetTable).rows

    def put(self, number: int) -> None:
        """Make a page."""
        first = (number - 1) * self.window.page_size
        titles = (f"row {index}" for index in range(first, min(first + self.window.page_size, TOTAL)))
        page = tuple(Asset(asset_id=title, metadata={"title": title}) for title in titles)
        self.window.put(number, page, TOTAL)

    def on_asset_rows_in_view(self, event: AssetRows.InView) -> None:
        """Give what is missing at once."""
        missing = self.window.missing(event.first, event.last)
        self.asked += missing
        for number in missing:
            self.put(number)
        if missing:
            self.rows.redraw()


@asynccontextmanager
async def opened() -> AsyncIterator[tuple[LargeTable, Pilot[None]]]:
    app = LargeTable()
    async with app.run_test(size=(80, HEIGHT)) as pilot:
        await pilot.pause()
        yield app, pilot


def shown_text(app: LargeTable) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips(app.size))


def on_screen(app: LargeTable) -> list[str]:
    return re.findall(r"row \d+", shown_text(app))


def titles(first: int) -> list[str]:
    return [f"row {index}" for index in range(first, first + IN_VIEW)]


async def drag(app: LargeTable, pilot: Pilot[None], start: int, end: int) -> None:
    """Drag the scrollbar from one line of it to another, cell by cell."""
    bar = app.rows.vertical_scrollbar
    x, top = bar.region.x, bar.region.y
    await pilot.mouse_down(offset=(x, top + start))
    for y in range(start, end, 1 if end > start else -1):
        step = 1 if end > start else -1
        await pilot._post_mouse_events([events.MouseMove], offset=(x, top + y + step), button=1)
    await pilot.mouse_up(offset=(x, top + end))
    await pilot.pause()


async def test_keys() -> None:
    async with opened() as (app, pilot):
        rows = app.rows
        for key, cursor, top in (
            ("end", TOTAL - 1, TOTAL - IN_VIEW),
            ("pageup", TOTAL - IN_VIEW, TOTAL - IN_VIEW),
            ("pageup", TOTAL - 2 * IN_VIEW + 1, TOTAL - 2 * IN_VIEW + 1),
            ("up", TOTAL - 2 * IN_VIEW, TOTAL - 2 * IN_VIEW),
            ("pagedown", TOTAL - IN_VIEW - 1, TOTAL - 2 * IN_VIEW),
            ("G", TOTAL - 1, TOTAL - IN_VIEW),
            ("home", 0, 0),
            ("k", 0, 0),
            ("j", 1, 0),
        ):
            await pilot.press(key)
            await pilot.pause()
            assert (rows.cursor, rows.scroll_offset.y) == (cursor, top), key
            assert on_screen(app) == titles(top), key


@pytest.mark.parametrize("query", ["9876543", "9,876,543", " 9 876 543 "])
async def test_going_to_a_row_by_its_number(query: str) -> None:
    async with opened() as (app, pilot):
        await app.push_screen(PaletteScreen(app.rows), lambda go: go and go())
        await pilot.press(*("comma" if key == "," else "space" if key == " " else key for key in query))
        async with asyncio.timeout(20):
            while "Go to row 9,876,543" not in shown_text(app):
                await pilot.pause(0.01)
        await pilot.press("enter")
        await pilot.pause()
        assert app.rows.cursor == 9_876_542
        assert f"row {app.rows.cursor}" in on_screen(app)


@pytest.mark.parametrize("row", [0, 99, 100, 1234567, 5_000_000, 8_388_607, TOTAL - IN_VIEW, TOTAL - 1])
async def test_what_is_drawn_is_the_row_at_that_index(row: int) -> None:
    async with opened() as (app, pilot):
        app.rows.cursor = row
        await pilot.pause()
        top = app.rows.scroll_offset.y
        assert top <= row < top + IN_VIEW
        assert on_screen(app) == titles(top)
        assert set(app.asked) <= {top // 100 + 1, (top + IN_VIEW - 1) // 100 + 1}


async def test_dragging_the_scrollbar_reaches_both_ends_and_the_middle() -> None:
    async with opened() as (app, pilot):
        rows = app.rows
        await drag(app, pilot, 0, IN_VIEW - 1)
        assert rows.scroll_offset.y == TOTAL - IN_VIEW
        assert on_screen(app) == titles(TOTAL - IN_VIEW)
        await drag(app, pilot, IN_VIEW - 1, (IN_VIEW - 1) // 2)
        assert rows.scroll_offset.y == pytest.approx((TOTAL - IN_VIEW) / 2, abs=1)
        assert on_screen(app) == titles(rows.scroll_offset.y)
        await drag(app, pilot, (IN_VIEW - 1) // 2, 0)
        assert rows.scroll_offset.y == 0


async def test_the_wheel_moves_a_row_at_a_time_far_down() -> None:
    async with opened() as (app, pilot):
        app.rows.cursor = TOTAL // 2
        await pilot.pause()
        top = app.rows.scroll_offset.y
        await pilot._post_mouse_events([events.MouseScrollDown], app.rows, offset=(10, 5), button=0)
        await pilot.pause()
        moved = app.rows.scroll_offset.y - top
        assert 0 < moved < 10
        assert on_screen(app) == titles(top + moved)

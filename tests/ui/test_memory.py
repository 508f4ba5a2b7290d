"""What comes back at the next start: place, columns, theme."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from peekui.browse.memory import Memory
from peekui.ui.app import PeekApp
from tests.ui.driver import Driver

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.service import Service


@asynccontextmanager
async def started(demo: Service, path: Path) -> AsyncIterator[Driver]:
    app = PeekApp(demo, memory=Memory.load(path, demo.account))
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        await driver.until_rows()
        yield driver


async def test_the_place_comes_back_for_three_calls(demo: Service, tmp_path: Path) -> None:
    async with started(demo, tmp_path / "memory.json") as driver:
        await driver.press("1", "down", "enter")
        await driver.until_rows()
        await driver.press("2", "down", "enter", "s")
        await driver.until_rows()
        there, count = driver.browse.place.spot, driver.browse.panes.rows.row_count
    async with started(demo, tmp_path / "memory.json") as driver:
        assert driver.browse.place.spot == there
        assert driver.browse.panes.rows.row_count == count
        assert len((await driver.session.client()).calls) == 3


async def test_a_namespace_that_is_wanted_wins(demo: Service, tmp_path: Path) -> None:
    async with started(demo, tmp_path / "memory.json") as driver:
        first = driver.browse.place.scope
        await driver.press("1", "down", "enter")
        await driver.until_rows()
        await driver.press("b")
        await driver.until_rows()
    async with started(replace(demo, namespace=first), tmp_path / "memory.json") as driver:
        assert driver.browse.place.scope == first
        assert not driver.browse.place.narrowed


async def test_columns_and_theme_come_back(demo: Service, tmp_path: Path) -> None:
    async with started(demo, tmp_path / "memory.json") as driver:
        table = driver.browse.panes.table
        at_first = table.columns
        await driver.press("2", "down", "enter")
        await driver.until_rows()
        await driver.press("T", "O", "down", "space", "escape")
        theme, chosen = driver.app.theme, table.columns
        await driver.press("[")
        await driver.until_rows()
        assert table.columns == at_first != chosen, "they are remembered for each collection"
        await driver.press("]")
        await driver.until_rows()
    async with started(demo, tmp_path / "memory.json") as driver:
        assert driver.app.theme == theme
        assert driver.browse.panes.table.columns == chosen

"""Filtering by cells of the table, two filters side by side, and the filter's way back after a restart."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
from textual.widgets import Input

from peekui.browse.columns import ColumnLayout
from peekui.browse.filter_diff import Side, sides
from peekui.browse.memory import Memory
from peekui.filters.expression.parse import parse
from peekui.filters.nodes import Condition
from peekui.ui.app import PeekApp
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.screens.compare import CompareScreen
from tests.ui.driver import Driver
from tests.ui.filtered import MEDIA, body_of, filter_of, filtered, pill_line, told, total
from tests.ui.test_failures import Nowhere, failing
from tests.ui.test_hostile_text import NAMES, RAW, answers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from peekui.api.models import Asset
    from peekui.filters.nodes import Group
    from peekui.ui.widgets.asset_table import CurrentCell
    from tests.service import Service
    from tests.ui.conftest import Driving

# -- cells ----------------------------------------------------------------------------------------------------


FIELDS = (
    "status",
    "file_data.file_size_bytes",
    "created_at",
    "file_hash",
    "metadata.title",
    "metadata.dominant_colours",
    "metadata.camera.model",
    "metadata.duration_seconds",
)


def ids_of(demo: Service, tree: Group) -> set[str]:
    """Ask the service itself which assets match."""
    with demo.http() as http:
        answer = http.post("/v1/assets", params={"page_size": 1000}, json=body_of(http, tree), headers=MEDIA)
        return {one["asset_id"] for one in answer.raise_for_status().json()["results"]}


async def point(driver: Driver, field: str, row: int, key: str) -> CurrentCell:
    """Point at a cell of the unfiltered table."""
    table = driver.browse.panes.table
    if driver.browse.place.narrowed:
        await filtered(driver, "")
    table.columns = ColumnLayout().with_path(field)
    table.rows.cursor = row
    await driver.pilot.pause()
    table.current = field
    cell = table.current_cell()
    assert cell
    assert cell.field == field
    await driver.press(key)
    await driver.until_rows()
    return cell


@pytest.mark.parametrize("row", [0, 95])
async def test_only_this_value_finds_the_row_and_not_this_value_does_not(
    driving: Driving, demo: Service, row: int
) -> None:
    async with driving(demo, size=(200, 40)) as driver:
        everything = total(demo, None)
        for field in FIELDS:
            cell = await point(driver, field, row, "=")
            assert driver.browse.place.filter
            found = ids_of(demo, driver.browse.place.filter)
            assert cell.asset.asset_id in found, field
            assert driver.browse.panes.rows.row_count == len(found)
            assert (filter_of(driver) == f"{field} is null") is (cell.value is None)
            await point(driver, field, row, "!")
            others = ids_of(demo, driver.browse.place.filter)
            assert not found & others, field
            assert len(found) + len(others) == everything


async def test_this_too_makes_a_list(driving: Driving, demo: Service) -> None:
    async with driving(demo, size=(160, 40)) as driver:
        table = driver.browse.panes.table
        await point(driver, "modality", 0, "!")
        [first] = parse(filter_of(driver)).children
        await driver.press("a")
        await driver.until_rows()
        assert filter_of(driver).startswith("modality not in (")
        assert isinstance(first, Condition)
        assert str(first.value) in filter_of(driver)
        assert driver.browse.panes.rows.row_count == total(demo, driver.browse.place.filter)
        await filtered(driver, "status in (DONE, FAILED)")
        table.current = "status"
        await driver.press("a")
        assert "The filter says so already." in told(driver)


async def test_the_menu_says_what_each_choice_makes_of_the_filter(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        driver.browse.panes.table.current = "status"
        await driver.press(".")
        assert isinstance(driver.app.screen, AskingScreen)
        assert "status = DONE" in driver.text()
        await driver.press("down")
        assert "status != DONE" in driver.text()
        await driver.press("enter")
        await driver.until_rows()
        assert filter_of(driver) == "status != DONE"
        assert driver.browse.panes.rows.row_count == total(demo, driver.browse.place.filter)


async def test_what_cannot_be_asked_of_a_cell_is_said(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        failed = next(row for row in range(99) if _asset(driver, row).error)
        await point(driver, "error", failed, "=")
        assert "an object is not compared as a whole" in told(driver)
        assert filter_of(driver) == ""
        await driver.press(".")
        assert "only this (an object is not" in driver.text()


def _asset(driver: Driver, row: int) -> Asset:
    asset = driver.browse.panes.rows.asset_at(row)
    assert asset
    return asset


# -- two filters ----------------------------------------------------------------------------------------------


async def test_each_side_is_counted_after_its_cost_was_said_and_can_be_gone_to(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await filtered(driver, "status = FAILED")
        await filtered(driver, "modality = image and file_data.file_size_bytes > 2kB")
        client = await driver.session.client()
        calls = len(client.calls)
        await driver.press("&")
        screen = driver.app.screen
        assert isinstance(screen, CompareScreen)
        assert "# counts these: 3 calls" in driver.text()
        assert len(client.calls) == calls
        await driver.press("#")
        await driver.until(lambda: len(screen.rows.counts) == 3)
        assert len(client.calls) == calls + 3
        expected = sides(parse("modality = image and file_data.file_size_bytes > 2kB"), parse("status = FAILED"))
        counts = {side: count.number for side, count in screen.rows.counts.items()}
        assert counts == {side: total(demo, tree) for side, tree in expected.items()}
        await driver.press("down", "down", "enter")
        await driver.until_rows()
        assert driver.browse.place.filter == expected[Side.ONLY_B]
        assert driver.browse.panes.rows.row_count == counts[Side.ONLY_B] > 0


async def test_any_filter_can_be_typed_to_compare_with(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await filtered(driver, "status = FAILED")
        await driver.press("&", "e")
        screen = driver.app.screen
        assert isinstance(screen, CompareScreen)
        line = screen.query_one(Input)
        line.value = "modality = = video"
        await driver.press("enter")
        assert "at column 12" in driver.text()
        assert line.cursor_position == 11
        line.value = ""
        await driver.press("enter")
        assert screen.rows.counts[Side.ONLY_A].number == 0, "everything matches B"
        assert "# counts these: 2 calls" in driver.text()
        await driver.press("enter")
        assert "There is nothing on the side “only A”" in told(driver)
        line.value = "modality = video"
        await driver.press("e", "enter", "#")
        await driver.until(lambda: len(screen.rows.counts) == 3)
        assert screen.rows.counts[Side.BOTH].number == total(demo, parse("status = FAILED and modality = video"))
        await driver.press("escape")
        assert driver.app.screen is driver.browse
        assert filter_of(driver) == "status = FAILED"


async def test_counts_that_fail_say_so_and_can_be_asked_again(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        await driver.press("b")
        await driver.until_rows()
        await driver.press("&")
        broken = failing(monkeypatch, "/v1/assets", lambda: httpx.Response(400, json={"detail": "no [/] such filter"}))
        await driver.press("#")
        await driver.until(lambda: "✗ no [/] such filter" in driver.text())
        broken.clear()
        await driver.press("#")
        await driver.until(lambda: "Enter shows" in driver.text())


# -- restart, and other people's text -------------------------------------------------------------------------


@asynccontextmanager
async def started(demo: Service, path: Path) -> AsyncIterator[Driver]:
    app = PeekApp(demo, memory=Memory.load(path, demo.account))
    async with app.run_test(size=(200, 40), notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.until_rows()
        yield driver


async def test_the_filter_comes_back_with_what_is_muted_and_relative(demo: Service, tmp_path: Path) -> None:
    text = "created_at > -36500d and muted(status = FAILED) and none(modality = video, error exists)"
    async with started(demo, tmp_path / "memory.json") as driver:
        await filtered(driver, text)
        count = driver.browse.panes.rows.row_count
    async with started(demo, tmp_path / "memory.json") as driver:
        assert filter_of(driver) == text
        assert driver.browse.panes.rows.row_count == count == total(demo, parse(text))
        assert "⊘ status = FAILED" in pill_line(driver)


async def test_a_filter_that_cannot_be_read_is_dropped_with_a_notice(demo: Service, tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    async with started(demo, path) as driver:
        await driver.press("b")
        await driver.until_rows()
    kept = json.loads(path.read_text())
    kept["accounts"][demo.account]["place"]["filter"] = "status = [FAILED"
    path.write_text(json.dumps(kept))
    async with started(demo, path) as driver:
        assert filter_of(driver) == ""
        assert driver.browse.panes.rows.row_count == total(demo, None)
        assert "cannot be read and was dropped: line 1, column 10" in told(driver)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
async def test_any_value_can_be_filtered_by_and_is_shown_as_text(
    driving: Driving, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    sent: list[bytes] = []

    async def handle(_: httpx.AsyncHTTPTransport, call: httpx.Request) -> httpx.Response:
        sent.append(await call.aread())
        answer = answers(name).get(call.url.path, {})
        return httpx.Response(200, content=json.dumps(answer).encode())

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle)
    async with driving(Nowhere(), size=(140, 40)) as driver:
        driver.browse.panes.table.current = "status"
        asset, seen = driver.browse.panes.asset(), []
        for keys in ((".",), ("escape", "="), ("a",), ("5", "x"), ("!",), ("&",), ("#",), ("escape",)):
            await driver.press(*keys)
            seen.append(driver.text())
        assert driver.app.is_running
        await driver.press("5", "x", "!")
        await driver.until_rows()
        [condition] = parse(filter_of(driver)).children
        assert isinstance(condition, Condition)
        assert asset
        assert condition.value == asset.status
        filters = [json.loads(body)["filters"] for body in sent if b"filters" in body]
        assert {"AND": [{"key": "status", "operator": "eq", "value": asset.status}]} in filters
    assert not [raw for raw in RAW for text in seen if raw in text]

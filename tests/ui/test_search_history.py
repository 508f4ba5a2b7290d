"""Searches that were answered, left or saved, found again in the search line."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from peekui.browse.memory import Memory
from peekui.browse.query import TextQuery
from peekui.filters.expression.parse import parse
from peekui.own_files import state_folder
from peekui.search.history import history_path, read_history
from peekui.search.saved import SavedSearch, save_search, saved_folder
from peekui.search.searches import Search
from peekui.ui.app import PeekApp
from peekui.ui.lines import line_of
from tests.ui.driver import Driver
from tests.ui.searching import rows, run, said, search_line

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.service import Service
    from tests.ui.conftest import Driving


@pytest.fixture(autouse=True)
def own_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Have nothing kept but by the app of the same test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@asynccontextmanager
async def remembering(demo: Service) -> AsyncIterator[Driver]:
    """Run the app with a memory, and with it a history."""
    app = PeekApp(demo, memory=Memory.load(state_folder() / "memory.json", demo.account))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.until_rows()
        yield driver


async def test_what_was_answered_is_kept_and_found_again(demo: Service) -> None:
    async with remembering(demo) as driver:
        await run(driver, "lofoten status = DONE")
        found = rows(driver)
        await run(driver, "aurora")
        await driver.press("s")
        await driver.until_rows()
        scope = driver.browse.place.scope
    kept = read_history(history_path(state_folder(), demo.account))
    assert [entry.line for entry in kept] == ["lofoten status = DONE", "aurora", "aurora sort:-created_at"]
    assert (kept[0].found, kept[0].namespace) == (found, scope)

    async with remembering(demo) as driver:
        line = search_line(driver)
        await driver.press("/", "up")
        assert line.value == "aurora"  # the newest beside the one that is asked for now
        await driver.press("up")
        assert line.value == "lofoten status = DONE"
        await driver.press("up", "down", "down")
        assert line.value == "aurora sort:-created_at"
        await driver.press("ctrl+u", *"lof", "end")
        assert line.value == "lofoten status = DONE"
        await driver.press("enter")
        await driver.until_rows()
        assert rows(driver) == found


async def test_what_was_left_is_the_first_to_go_back_to(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("/", *"half a tho", "escape", "escape")
        assert not search_line(driver).display
        await driver.press("/")
        assert search_line(driver).value == ""
        await driver.press("up")
        assert search_line(driver).value == "half a tho"
        await driver.press("tab", "/")
        assert search_line(driver).value == "half a tho", "a line that is open keeps what stands in it"


async def test_nothing_is_kept_where_nothing_is_remembered(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await run(driver, "lofoten")
    assert not history_path(state_folder(), demo.account).exists()


async def test_a_saved_search_is_run_by_its_name(driving: Driving, demo: Service) -> None:
    save_search(saved_folder(), "late-ones", SavedSearch(Search(TextQuery("lofoten"), parse("status = DONE"))))
    async with driving(demo) as driver:
        await driver.press("/", *"@nobody", "enter")
        assert "There is no saved search 'nobody'" in said(driver)
        await driver.press("ctrl+u", *"@late-ones", "enter")
        await driver.until_rows()
        assert line_of(driver.browse.place) == "lofoten status = DONE"

"""Saved searches and those of before, by keys on the demo."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from peekui.browse.memory import Memory
from peekui.own_files import state_folder
from peekui.search.history import Searched, history_path, record_search
from peekui.search.kept_looks import KeptLooks
from peekui.search.lines import parse_line
from peekui.search.looks import Look
from peekui.search.saved import SavedSearch, load_saved, save_search, saved_folder, saved_names
from peekui.ui import formats
from peekui.ui.app import PeekApp
from peekui.ui.screens.history import HistoryScreen
from peekui.ui.screens.saved import SavedScreen
from peekui.ui.widgets.asset_rows import Sign
from tests.ui.driver import Driver

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service import Service
    from tests.ui.conftest import Driving


@pytest.fixture(autouse=True)
def own_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


async def saved_screen(driver: Driver) -> SavedScreen:
    await driver.press("B")
    screen = driver.app.screen
    assert isinstance(screen, SavedScreen)
    await driver.until(lambda: len(screen.rows.kept) == len(saved_names(saved_folder())))
    return screen


async def test_the_search_on_show_is_saved_renamed_and_deleted(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("slash", *"harbour status = DONE", "enter")
        await driver.until_rows()
        screen = await saved_screen(driver)
        assert "Nothing is saved yet." in driver.text()
        await driver.press("a", *"late", "enter")
        table = tomllib.loads((saved_folder() / "late.toml").read_text())
        assert table["line"] == "harbour status = DONE"
        assert table["namespace"] == driver.browse.place.scope
        assert "title" in table["columns"]
        assert screen.rows.current
        assert screen.rows.current.name == "late"
        await driver.press("a", *"late", "enter")
        assert "There is a search “late” already" in str([*driver.app._notifications])
        await driver.press("escape", "n", *"later", "enter")
        assert saved_names(saved_folder()) == ["later"]
        await driver.press("d", "down", "enter")
        await driver.until(lambda: not screen.rows.kept)
        assert saved_names(saved_folder()) == []
        await driver.press("escape")
        assert driver.app.screen is driver.browse


async def test_deleting_asks_first(driving: Driving, demo: Service) -> None:
    save_search(saved_folder(), "late", SavedSearch(parse_line("status = DONE")))
    async with driving(demo) as driver:
        await saved_screen(driver)
        await driver.press("d", "enter")
        assert saved_names(saved_folder()) == ["late"]


async def test_it_is_opened_with_its_columns_and_says_what_is_new(driving: Driving, demo: Service) -> None:
    saved = SavedSearch(parse_line("in:clips sort:-created_at"), columns=("title", "status", "file_hash"))
    save_search(saved_folder(), "late", saved)
    async with driving(demo) as driver:
        await driver.press("slash", *"in:clips sort:-created_at", "enter")
        await driver.until_rows()
        ids = [row.asset_id for row in driver.browse.panes.rows.window.held()]
        states = dict.fromkeys([str(one) for one in ids[1:]], "DONE long ago") | {"gone": "DONE x"}
        looks = KeptLooks.of(state_folder(), demo.account)
        looks.keep(saved.search, driver.browse.place.scope, Look(formats.now(), len(states), states, whole=True))
        await driver.press("slash", "ctrl+u", *"blue", "enter")
        await driver.until_rows()
        await saved_screen(driver)
        await driver.press("enter")
        await driver.until_rows()
        assert [column.field for column in driver.browse.panes.table.columns.shown()] == [*saved.columns]
        signs = driver.browse.panes.rows.signs
        assert signs[str(ids[0])] is Sign.NEW
        assert signs[str(ids[1])] is Sign.CHANGED
        assert f"1 new, {len(ids) - 1} changed, 1 gone" in str([*driver.app._notifications])
        last = looks.last(saved.search, driver.browse.place.scope)
        assert last
        assert [*last.states] == ids
        await driver.press("s")
        await driver.until_rows()
        assert not driver.browse.panes.rows.signs
        assert [column.field for column in driver.browse.panes.table.columns.shown()] != [*saved.columns]


async def test_counts_then_and_now_at_a_cost_that_is_said(driving: Driving, demo: Service) -> None:
    save_search(saved_folder(), "done", SavedSearch(parse_line("status = DONE")))
    save_search(saved_folder(), "none", SavedSearch(parse_line("nothing-of-the-kind")))
    (saved_folder() / "wrong.toml").write_text("line = 1")
    async with driving(demo) as driver:
        screen = await saved_screen(driver)
        assert "# counts these: 2 calls." in driver.text()
        client = driver.session.connected
        assert client
        calls = len(client.calls)
        await driver.press("#")
        await driver.until(lambda: not screen.calls_left())
        assert len(client.calls) == calls + 2
        done, none, wrong = screen.rows.kept
        assert done.now
        assert none.now
        assert (done.changes, none.now.total, wrong.problem != "") == (None, 0, True)
        await driver.press("escape")
        screen = await saved_screen(driver)
        await driver.press("#")
        await driver.until(lambda: "Nothing new since" in driver.text())


async def test_a_file_that_cannot_be_used_says_why(driving: Driving, demo: Service) -> None:
    saved_folder().mkdir(parents=True)
    (saved_folder() / "wrong.toml").write_text("line = 'a ='")
    async with driving(demo) as driver:
        screen = await saved_screen(driver)
        assert screen.rows.current
        assert "its line cannot be read" in screen.rows.current.problem
        note = screen.query_one("#kept-note", Static)
        await driver.until(lambda: str(note.visual).startswith("✗ /"))
        await driver.press("enter")
        assert isinstance(driver.app.screen, SavedScreen)


async def test_its_path_is_copied(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save_search(saved_folder(), "late", SavedSearch(parse_line("status = DONE")))
    copied: list[tuple[str, str]] = []

    async def copy(_: object, what: str, text: str) -> None:
        copied.append((what, text))

    monkeypatch.setattr(SavedScreen, "copy_text", copy)
    async with driving(demo) as driver:
        await saved_screen(driver)
        await driver.press("y")
        assert copied == [("Path", str(path))]


async def test_a_search_of_before_is_opened_and_saved(driving: Driving, demo: Service) -> None:
    path = history_path(state_folder(), demo.account)
    for line in ("blue", "harbour"):
        record_search(path, Searched(line, None, formats.now(), 7))
    async with driving(demo) as driver:
        await driver.press("H")
        screen = driver.app.screen
        assert isinstance(screen, HistoryScreen)
        assert [one.line for one in screen.rows.searches] == ["harbour", "blue"]
        await driver.press("down", "a", *"sea", "enter")
        assert load_saved(saved_folder(), "sea").search == parse_line("blue")
        await driver.press("enter")
        await driver.until_rows()
        assert driver.browse.place.text
        assert driver.browse.place.text.value == "blue"


async def test_what_is_searched_for_is_in_the_history(demo: Service, tmp_path: Path) -> None:
    app = PeekApp(demo, memory=Memory.load(tmp_path / "memory.json", demo.account))
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        await driver.until_rows()
        await driver.press("slash", *"harbour", "enter")
        await driver.until_rows()
        await driver.press("H")
        screen = app.screen
        assert isinstance(screen, HistoryScreen)
        assert screen.rows.current
        assert screen.rows.current.line == "harbour"

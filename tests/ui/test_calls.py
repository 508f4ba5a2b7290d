"""The call log, and jump mode."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from peekui.ui.screens.calls import CallsScreen
from peekui.ui.screens.jump import JumpScreen
from peekui.ui.screens.value import ValueScreen

if TYPE_CHECKING:
    import pytest

    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver


async def open_log(driver: Driver) -> CallsScreen:
    await driver.press("@")
    screen = driver.app.screen
    assert isinstance(screen, CallsScreen)
    await driver.pilot.pause()
    return screen


async def test_the_log_lists_the_calls_newest_first(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await open_log(driver)
        paths = [(call.method, call.path) for call in screen.rows.made]
        assert paths[-3:] == [("POST", "/v1/assets"), ("GET", "/v1/collections"), ("GET", "/v1/namespaces")]
        assert "200" in driver.text()
        await driver.press("escape")
        assert driver.app.screen is driver.browse


async def test_enter_shows_the_body_that_was_sent(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await open_log(driver)
        index = next(i for i, call in enumerate(screen.rows.made) if call.path == "/v1/assets")
        screen.rows.cursor = index
        await driver.press("enter")
        shown = driver.app.screen
        assert isinstance(shown, ValueScreen)
        assert json.loads(shown._text) == json.loads(screen.rows.made[index].body or "")


async def test_a_call_is_copied_as_curl_without_the_key(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    async with driving(demo) as driver:
        screen = await open_log(driver)

        async def keep(_: str, text: str) -> None:
            copied.append(text)

        monkeypatch.setattr(screen, "copy_text", keep)
        await driver.press("c")
        [command] = copied
        _, key = await demo.address()
        assert key.reveal() not in command
        words = shlex.split(command)
        assert words[0] == "curl"
        assert any("$MIXPEEK_API_KEY" in word for word in words)


async def test_a_new_call_appears_while_it_is_open(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        screen = await open_log(driver)
        before = len(screen.rows.made)
        client = await driver.session.client()
        await client.health()
        await driver.until(lambda: len(screen.rows.made) == before + 1)


async def test_a_waiting_call_is_shown_and_can_be_cancelled(driving: Driving, demo: Service) -> None:
    async with driving(replace(demo, calls_per_minute=3)) as driver:
        client = await driver.session.client()
        rows = driver.browse.panes.rows
        before = rows.row_count
        await driver.pilot.press("b")
        await driver.until(lambda: client.budget.state.waiting)
        screen = await open_log_without_waiting(driver)
        await driver.until(lambda: screen.rows.waiting)
        assert "waits for its turn: POST /v1/assets" in driver.text()
        await driver.pilot.press("x")
        await driver.until(lambda: not screen.rows.waiting)
        await driver.press("escape")
        assert rows.row_count == before


async def open_log_without_waiting(driver: Driver) -> CallsScreen:
    await driver.pilot.press("@")
    screen = driver.app.screen
    assert isinstance(screen, CallsScreen)
    return screen


async def test_jump_goes_where_the_letter_is(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        panes = driver.browse.panes
        await driver.press("apostrophe")
        screen = driver.app.screen
        assert isinstance(screen, JumpScreen)
        letter = next(
            letter for letter, widget in screen._targets.items() if widget in panes.collections.walk_children()
        )
        await driver.press(letter)
        assert driver.app.screen is driver.browse
        assert panes.current is panes.collections


async def test_letters_go_when_their_targets_move(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("apostrophe")
        await driver.pilot.resize_terminal(60, 20)
        await driver.until(lambda: driver.app.screen is driver.browse)


async def test_jump_is_left_with_escape(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        focused = driver.app.focused
        await driver.press("apostrophe", "escape")
        assert driver.app.screen is driver.browse
        assert driver.app.focused is focused


async def test_a_second_ctrl_c_quits(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("ctrl+c")
        assert driver.app.is_running
        assert "Press Ctrl+C again to quit" in driver.text()
        await driver.pilot.press("ctrl+c")
        await driver.until(lambda: driver.app._exit)

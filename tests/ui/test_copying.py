"""Copying: what reaches the terminal, what is said of it, and the way out when a terminal may drop it."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.ui import clipboard
from peekui.ui.clipboard import Outcome
from peekui.ui.screens.value import ValueScreen
from tests.ui.test_failures import failing, shows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service import Service
    from tests.ui.conftest import Driving

LONG = "why it failed [/] \x1b[31m " + "x" * 2_000


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """As over ssh: there is no native clipboard."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


async def test_the_url_that_is_copied_fetches_the_file(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        await driver.press("c")
        await driver.until(lambda: driver.app.clipboard)
        assert shows(driver, "URL sent to the terminal")
        assert asset
        async with httpx.AsyncClient(trust_env=False) as plain:
            assert len((await plain.get(driver.app.clipboard)).content) == asset.size_bytes


async def test_the_id(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        await driver.press("y")
        await driver.until(lambda: shows(driver, "Id sent to the terminal"))
        assert asset
        assert driver.app.clipboard == asset.asset_id


async def test_a_clipboard_that_was_read_back_is_called_copied(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def native(_: str) -> bool:
        return True

    monkeypatch.setattr(clipboard, "_native", native)
    async with driving(demo) as driver:
        await driver.press("y")
        await driver.until(lambda: shows(driver, "Id copied."))
        assert driver.app.clipboard == ""


async def test_what_a_terminal_may_drop_is_shown_whole_and_can_be_written_to_a_file(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "peekui-1.txt").write_text("somebody's")
    async with driving(demo) as driver:
        failing(monkeypatch, "/v1/collections", lambda: httpx.Response(500, text=LONG))
        await driver.press("2", "r")
        await driver.until(driver.browse.current_problem)
        await driver.press("E")
        await driver.until(lambda: isinstance(driver.app.screen, ValueScreen))
        assert shows(driver, "some terminals drop that", "why it failed [/] ␛[31m")
        await driver.press("w")
        await driver.press("c")
        await driver.press("escape")
        assert driver.app.screen is driver.browse
    written = tmp_path / "peekui-2.txt"
    assert LONG[:1_900] in written.read_text()
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert (tmp_path / "peekui-1.txt").read_text() == "somebody's"


async def test_a_clipboard_tool_that_hangs_is_given_up(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "_COPY_AND_READ_BACK", "import threading; threading.Event().wait()")
    monkeypatch.setattr(clipboard, "_PATIENCE", 0.1)
    async with driving(demo) as driver:
        assert await clipboard.copy(driver.app, "text") is Outcome.SENT

"""Copying: what reaches the clipboard, what is said of it, and the way out when a terminal may drop it."""

from __future__ import annotations

import hashlib
import json
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.api import presigned
from peekui.clipboard import tools
from peekui.clipboard.routes import Route
from peekui.ui.screens.copying_menu import CopyingMenu
from peekui.ui.screens.gathering import GatheringScreen
from peekui.ui.screens.value import ValueScreen
from peekui.ui.session import HostedSource
from tests.config.files import settings
from tests.ui.test_failures import failing, shows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desktop import Desktop
    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver

LONG = "why it failed [/] \x1b[31m " + "x" * 2_000


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without a desktop: there is no native clipboard."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "SSH_TTY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)


async def test_the_url_that_is_copied_fetches_the_file(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        await driver.press("c")
        await driver.until(lambda: driver.app.clipboard)
        assert shows(driver, "URL sent to the terminal")
        assert asset
        assert await hash_of(driver.app.clipboard) == asset.file_hash


async def test_one_that_has_expired_is_signed_again_when_it_is_copied_again(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        assert asset
        await driver.press("c")
        await driver.until(lambda: driver.app.clipboard)
        client = await driver.session.client()
        before = len(client.calls)
        monkeypatch.setattr(presigned, "_now", lambda: datetime.now(UTC) + timedelta(hours=2))
        assert client.urls.known(str(asset.asset_id), driver.browse.place.scope) is None
        driver.app.copy_to_clipboard("")
        await driver.press("c")
        await driver.until(lambda: driver.app.clipboard)
        assert [call.query for call in client.calls][before:] == ["return_url=true"]
        assert await hash_of(driver.app.clipboard) == asset.file_hash


async def hash_of(url: str) -> str:
    async with httpx.AsyncClient(trust_env=False) as plain:
        return hashlib.sha256((await plain.get(url)).content).hexdigest()


async def test_a_failure_is_told_once(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        assert asset
        failing(monkeypatch, f"/v1/assets/{asset.asset_id}", partial(httpx.Response, 404, text="gone"))
        await driver.press("c")
        await driver.until(lambda: shows(driver, "No URL"))
        assert driver.text().count("No URL") == 1


async def test_the_id(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        await driver.press("y")
        await driver.until(lambda: shows(driver, "Id sent to the terminal"))
        assert asset
        assert driver.app.clipboard == asset.asset_id


async def test_a_clipboard_that_was_read_back_is_called_copied(
    driving: Driving, demo: Service, desktop: Desktop
) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        await driver.press("y")
        await driver.until(lambda: shows(driver, "Id copied."))
        assert asset
        assert desktop.clipboard() == asset.asset_id
        assert driver.app.clipboard == ""


async def test_in_tmux_it_is_said_where_it_is(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async def tmux(_: str) -> bool:
        return True

    monkeypatch.setenv("TMUX", "/run/none,1,0")
    monkeypatch.setattr(tools, "copy_to_tmux", tmux)
    async with driving(demo) as driver:
        await driver.press("y")
        await driver.until(lambda: shows(driver, "Id is in tmux's buffer"))
        assert driver.app.clipboard == ""


async def test_where_no_clipboard_can_be_reached_it_is_shown(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        driver.app.routes = (Route.NATIVE,)
        asset = driver.browse.panes.asset()
        assert asset
        await driver.press("y")
        await driver.until(lambda: isinstance(driver.app.screen, ValueScreen))
        assert shows(driver, "No clipboard that takes it can be reached", asset.asset_id or "")


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


# -- the menu, and several at once ------------------------------------------------------------------------


async def choose(driver: Driver, form: str) -> None:
    """Choose from the menu what is listed first with these letters."""
    await driver.press("C")
    await driver.until(lambda: isinstance(driver.app.screen, CopyingMenu))
    await driver.press(*form, "enter")


async def test_the_menu_says_what_each_form_costs(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await choose(driver, "hash")
        await driver.until(lambda: driver.app.clipboard)
        asset = driver.browse.panes.asset()
        assert asset
        assert driver.app.clipboard == asset.file_hash
        await driver.press("C", "u", "r", "l")
        await driver.until(lambda: shows(driver, "reads the file until it expires. 1 call."))
        await driver.press("enter")
        await driver.until(lambda: driver.app.clipboard.startswith("http"))
        await driver.press("C", "u", "r", "l")
        await driver.until(lambda: shows(driver, "reads the file until it expires. No call."))


async def test_what_an_asset_has_not_is_said(driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        assert asset
        there = {"asset_id": asset.asset_id}
        failing(monkeypatch, f"/v1/assets/{asset.asset_id}", lambda: httpx.Response(200, json=there))
        await driver.press("c")
        await driver.until(lambda: shows(driver, "There is no URL to copy of this asset."))


async def test_a_command_that_leads_nowhere_is_not_offered(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await choose(driver, "peekui")
        assert shows(driver, "this library has no address of its own")


async def test_the_command_leads_where_the_browser_was_led(driving: Driving, demo: Service, tmp_path: Path) -> None:
    text = "profile = 'work'\n[profiles.work]\nnamespace = 'media'\n"
    found = settings(tmp_path, text, environment={"MIXPEEK_API_KEY": demo.api_key.reveal()}, base_url=demo.base_url)
    async with driving(HostedSource(found)) as driver:
        asset = driver.browse.panes.asset()
        assert asset
        await choose(driver, "peekui")
        await driver.until(lambda: driver.app.clipboard)
        assert driver.app.clipboard == (
            f"peekui --profile work --base-url {demo.base_url}"
            f" --namespace {driver.browse.place.scope} url {asset.asset_id}"
        )


async def mark(driver: Driver, count: int) -> list[str]:
    """Mark the first rows, and give the ids in that order."""
    await driver.press(*["space"] * count)
    ids = [mark.asset_id for mark in driver.browse.panes.rows.marks]
    assert len(ids) == count
    return ids


async def test_a_few_marked_are_copied_at_once_a_line_each(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        ids = await mark(driver, 3)
        await choose(driver, "id")
        await driver.until(lambda: driver.app.clipboard)
        assert driver.app.clipboard.splitlines() == ids
        assert shows(driver, "Id of 3 assets sent to the terminal")


async def test_many_marked_say_their_cost_first_and_leave_their_order(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        ids = await mark(driver, 5)
        await choose(driver, "url")
        await driver.until(lambda: isinstance(driver.app.screen, GatheringScreen))
        assert shows(driver, "Enter begins: 5 calls")
        assert not driver.app.clipboard
        await driver.press("enter")
        await driver.until(lambda: driver.app.clipboard)
        urls = driver.app.clipboard.splitlines()
        assert [asset_id for asset_id, url in zip(ids, urls, strict=True) if asset_id in url] == ids
        assert isinstance(driver.app.screen, ValueScreen)
        client = driver.session.connected
        assert client
        before = len(client.calls)
        await driver.press("escape")
        await choose(driver, "curl")
        await driver.until(lambda: driver.app.clipboard.startswith("curl"))
        assert len(client.calls) == before


async def test_what_came_is_copied_when_some_of_it_fails(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        ids = await mark(driver, 4)
        failing(monkeypatch, f"/v1/assets/{ids[1]}", lambda: httpx.Response(404, text="gone"))
        await choose(driver, "hash")
        await driver.press("enter")
        await driver.until(lambda: driver.app.clipboard)
        assert len(driver.app.clipboard.splitlines()) == 3
        assert shows(driver, "Hash of 3 assets", "1 could not be asked for.")


async def test_when_no_other_can_succeed_no_other_is_asked_for(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        ids = await mark(driver, 4)
        failing(monkeypatch, f"/v1/assets/{ids[1]}", lambda: httpx.Response(401, text="no such key"))
        client = driver.session.connected
        assert client
        before = len(client.calls)
        await choose(driver, "hash")
        await driver.press("enter")
        await driver.until(lambda: driver.app.clipboard)
        assert len(client.calls) == before + 2
        assert len(driver.app.clipboard.splitlines()) == 1


async def test_copying_several_can_be_stopped_and_what_came_costs_no_second_call(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        ids = await mark(driver, 4)
        failing(monkeypatch, f"/v1/assets/{ids[2]}", partial(_fail, httpx.ReadTimeout("slow")))
        await choose(driver, "url")
        await driver.press("escape")
        assert driver.app.screen is driver.browse
        assert not driver.app.clipboard
        await choose(driver, "url")
        await driver.press("enter")
        await driver.until(lambda: driver.app.clipboard)
        assert len(driver.app.clipboard.splitlines()) == 2
        await driver.press("escape", "C", "u", "r", "l")
        await driver.until(lambda: shows(driver, "2 calls"))


def _fail(error: Exception) -> httpx.Response:
    raise error


async def test_metadata_is_json(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        assert asset
        await choose(driver, "metadata")
        await driver.until(lambda: driver.app.clipboard)
        assert json.loads(driver.app.clipboard) == asset.metadata


async def test_in_the_asset_screen_it_is_about_that_asset(driving: Driving, demo: Service, tmp_path: Path) -> None:
    async with driving(demo) as driver:
        asset = driver.browse.panes.asset()
        assert asset
        await driver.press("space", "up", "enter")
        await choose(driver, "curl")
        await driver.until(lambda: driver.app.clipboard)
        assert sizes_after(driver.app.clipboard, tmp_path) == [asset.size_bytes]


def sizes_after(command: str, folder: Path) -> list[int]:
    """Run a command in a folder, and give the sizes of the files there then."""
    subprocess.run(["sh", "-c", command], check=True, cwd=folder, capture_output=True)
    return [file.stat().st_size for file in folder.iterdir()]

"""Opening and downloading assets: what is written, what is said, and what can be stopped."""

from __future__ import annotations

import asyncio
import hashlib
import os
import stat
from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.surroundings import Surroundings
from peekui.ui.screens.downloads import DownloadsScreen
from peekui.ui.screens.value import ValueScreen
from tests.ui.test_copying import mark
from tests.ui.test_failures import failing, shows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service import Service
    from tests.ui.conftest import Driving
    from tests.ui.driver import Driver

DESKTOP = Surroundings(ssh=False, tmux=False, display=True)


def files_in(folder: Path) -> list[Path]:
    return [*folder.iterdir()]


def lines_of(file: Path) -> list[str]:
    return file.read_text().splitlines()


async def test_a_download_is_the_file_and_says_so(driving: Driving, demo: Service, tmp_path: Path) -> None:
    async with driving(demo) as driver:
        driver.app.download_dir = tmp_path
        asset = driver.browse.panes.asset()
        assert asset
        await driver.press("d")
        await driver.until(lambda: shows(driver, "Downloaded to", "Its SHA-256 is right."))
        assert driver.app.screen is driver.browse
        [file] = files_in(tmp_path)
        assert hashlib.sha256(file.read_bytes()).hexdigest() == asset.file_hash


async def test_the_marked_say_their_cost_come_and_are_unmarked(
    driving: Driving, demo: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(demo) as driver:
        driver.app.download_dir = tmp_path
        ids = await mark(driver, 5)
        broken = failing(monkeypatch, f"/v1/assets/{ids[3]}", lambda: httpx.Response(404, text="gone"))
        await driver.press("D")
        assert shows(driver, "Download: 5 marked assets", "Enter begins: 5 calls")
        assert not files_in(tmp_path)
        await driver.press("enter")
        await driver.until(lambda: shows(driver, "✗", "404"))
        assert len(files_in(tmp_path)) == 4
        await driver.press("escape")
        await driver.until(lambda: shows(driver, "4 files downloaded to"))
        assert [mark.asset_id for mark in driver.browse.panes.rows.marks] == [ids[3]]
        broken.clear()
        await driver.press("D")
        await driver.until(lambda: shows(driver, "Downloaded to"))
        assert len(files_in(tmp_path)) == 5
        assert not driver.browse.panes.rows.marks


async def test_a_download_can_be_stopped_and_gone_on_with(
    driving: Driving, demo: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dripping(_: object) -> object:
        yield b"beginning"
        await asyncio.Event().wait()

    async with driving(demo) as driver:
        driver.app.download_dir = tmp_path
        asset = driver.browse.panes.asset()
        assert asset
        path = f"/files/{asset.asset_id}/original"
        headers = {"etag": f'"{asset.file_hash}"', "content-length": str(asset.size_bytes)}
        stream = type("Stream", (httpx.AsyncByteStream,), {"__aiter__": dripping})
        broken = failing(monkeypatch, path, lambda: httpx.Response(200, headers=headers, stream=stream()))
        await driver.pilot.press("d")
        await driver.until(lambda: shows(driver, "9 B of", "Esc leave"))
        await driver.until(lambda: isinstance(driver.app.screen, DownloadsScreen))
        await driver.press("escape")
        assert driver.app.screen is driver.browse
        [part] = files_in(tmp_path)
        assert part.read_bytes() == b"beginning"
        broken.clear()
        content = await _content(driver, asset.asset_id or "")
        part.write_bytes(content[:9])
        await driver.press("d")
        await driver.until(lambda: shows(driver, "Downloaded to", "SHA-256"))
        [file] = files_in(tmp_path)
        assert file.read_bytes() == content


async def _content(driver: Driver, asset_id: str) -> bytes:
    client = await driver.session.client()
    signed = await client.urls.get(asset_id, driver.browse.place.scope)
    assert signed.url
    async with httpx.AsyncClient(trust_env=False) as plain:
        return (await plain.get(signed.url.reveal())).content


async def test_a_folder_that_cannot_be_written_to_is_said(driving: Driving, demo: Service, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    async with driving(demo) as driver:
        driver.app.download_dir = tmp_path / "file" / "in"
        await driver.press("d")
        await driver.until(lambda: shows(driver, "✗", "Cannot write to"))
        await driver.press("escape")
        assert driver.app.screen is driver.browse


async def test_without_marks_there_is_nothing_to_download(driving: Driving, demo: Service) -> None:
    async with driving(demo) as driver:
        await driver.press("D")
        await driver.until(lambda: shows(driver, "no asset is marked"))


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that notes what it is to open, and complains; gives where it notes."""
    noted, program = tmp_path / "noted", tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" > {noted}.new\nmv {noted}.new {noted}\necho loud >&2\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", f"{program} %s")
    return noted


async def test_a_url_is_opened_in_the_browser_without_its_words(
    driving: Driving, demo: Service, browser: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async with driving(demo) as driver:
        driver.app.surroundings = DESKTOP
        asset = driver.browse.panes.asset()
        assert asset
        await driver.press("o")
        await driver.until(lambda: shows(driver, "Opened in the browser of this desktop."))
        await driver.until(browser.exists)
        [url] = lines_of(browser)
    async with httpx.AsyncClient(trust_env=False) as plain:
        assert len((await plain.get(url)).content) == asset.size_bytes
    assert "loud" not in "".join(capfd.readouterr())


@pytest.mark.parametrize("ssh", [True, False])
async def test_without_a_desktop_the_url_is_shown(driving: Driving, demo: Service, *, ssh: bool) -> None:
    async with driving(demo) as driver:
        driver.app.surroundings = Surroundings(ssh=ssh, tmux=False, display=False)
        await driver.press("o")
        await driver.until(lambda: isinstance(driver.app.screen, ValueScreen))
        assert shows(driver, f"There is no desktop {'over ssh' if ssh else 'here'} to open it on.", "X-Amz-Signature")


async def test_a_browser_that_fails_is_said(
    driving: Driving, demo: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER", str(tmp_path / "none"))
    monkeypatch.setenv("PATH", os.devnull)
    async with driving(demo) as driver:
        driver.app.surroundings = DESKTOP
        await driver.press("o")
        await driver.until(lambda: shows(driver, "No browser could be started"))

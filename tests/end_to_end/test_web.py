"""`peekui web` in a real browser: the page draws, keys reach it, and what is copied is on the browser's clipboard."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import async_playwright

from tests.web.pages import Painted, serving_pages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import BrowserContext, WebSocket

    from tests.service import Service

_PATIENCE = 60.0


@pytest.fixture
def environment(demo: Service, tmp_path: Path) -> dict[str, str]:
    """Have the demo for the hosted service, with nothing remembered."""
    address = {"MIXPEEK_BASE_URL": demo.base_url, "MIXPEEK_API_KEY": demo.api_key.reveal()}
    return {**os.environ, **address, "XDG_STATE_HOME": str(tmp_path)}


@pytest.fixture
async def chromium() -> AsyncIterator[BrowserContext]:
    """A headless Chromium with nothing in it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        pytest.skip("not installed: chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path)
        yield await browser.new_context(viewport={"width": 1200, "height": 800})
        await browser.close()


class Watched:
    """What a page was sent to paint: on the page itself it is pixels."""

    def __init__(self) -> None:
        self.painted = Painted(0, 0)
        self._more = asyncio.Event()

    def on_websocket(self, websocket: WebSocket) -> None:
        """Look at all that comes."""
        size = parse_qs(urlsplit(websocket.url).query)
        self.painted = Painted(int(size["width"][0]), int(size["height"][0]))
        websocket.on("framereceived", self._take)

    def _take(self, data: bytes | str) -> None:
        if isinstance(data, bytes):
            self.painted.feed(data)
            self._more.set()

    async def until_shows(self, *words: str) -> None:
        """Wait until all of these words are on the screen."""
        try:
            async with asyncio.timeout(_PATIENCE):
                while not self.painted.shows(*words):
                    await self._more.wait()
                    self._more.clear()
        except TimeoutError as error:
            raise AssertionError(f"not seen in {_PATIENCE} s; on screen:\n{self.painted.text}") from error


async def test_an_asset_is_browsed_to_and_its_url_is_on_the_browsers_clipboard(
    demo: Service, chromium: BrowserContext, environment: dict[str, str]
) -> None:
    with serving_pages("web", environment=environment) as served:
        page = await chromium.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        watched = Watched()
        page.on("websocket", watched.on_websocket)
        await page.goto(served.entry)
        await watched.until_shows("Namespaces", "photos", "✓ done")
        await page.keyboard.type("/harbour")
        await page.keyboard.press("Enter")
        await watched.until_shows("“harbour”", "Score")
        await page.keyboard.press("Enter")
        await watched.until_shows("Esc back", "hash")
        on_show = watched.painted.text
        await page.keyboard.press("c")
        await watched.until_shows("URL handed to the browser.")
        await chromium.grant_permissions(["clipboard-read"], origin=served.address)
        other = await chromium.new_page()
        await other.goto(f"{served.address}/page/page.css")
        copied = await other.evaluate("navigator.clipboard.readText()")
        assert all(url.startswith((served.address, "data:")) for url in asked)
    asset_id = urlsplit(copied).path.split("/")[-2]
    with demo.http() as http:
        asset = http.get(f"/v1/assets/{asset_id}").json()
        content = http.get(copied).content
    assert hashlib.sha256(content).hexdigest() == asset["file_hash"]
    assert asset_id[-8:] in on_show


async def test_what_the_browser_refuses_to_copy_is_shown_whole(
    demo: Service, chromium: BrowserContext, environment: dict[str, str]
) -> None:
    await chromium.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
    )
    with serving_pages("web", environment=environment) as served:
        page = await chromium.new_page()
        watched = Watched()
        page.on("websocket", watched.on_websocket)
        await page.goto(served.entry)
        await watched.until_shows("✓ done")
        await page.keyboard.press("y")
        await page.wait_for_selector("#uncopied[open]")
        shown = await page.locator("#uncopied textarea").input_value()
    with demo.http() as http:
        assert http.get(f"/v1/assets/{shown}").status_code == 200

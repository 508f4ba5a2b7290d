"""Names a file system cannot hold, in every pane, title, dialog and message: a server may send anything."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from peekui.ui.screens.asset import AssetScreen
from tests.ui.test_failures import Nowhere

if TYPE_CHECKING:
    from tests.ui.conftest import Driving

NAMES = [
    "a[/]b",
    "clip [final].mp4",
    "[@click=app.quit]x[/]",
    "[red]r[/red]",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;pwned\x07",
    "\x9b2J",
    "gpj\u202eexe",
    "one\ntwo",
    "\ud800",
    "[",
    "\\[",
    "$primary[bold",
]
RAW = ("\x1b[31mred", "\x1b]0;pwned", "\x9b", "\u202e", "\ud800", "\x07")


def answers(name: str) -> dict[str, object]:
    asset = {
        "asset_id": name,
        "status": name,
        "modality": name,
        "error": {"type": name, "message": name},
        "file_data": {"file_type": name, name: name},
        "metadata": {"title": name, name: {name: [name, {name: name}]}},
        "duplicate_of": name,
        "file_hash": name,
        name: name,
    }
    return {
        "/v1/namespaces": [{"namespace_id": "ns", "namespace_name": name}],
        "/v1/collections": {"results": [{"collection_id": name, "collection_name": name, "count": 3}]},
        "/v1/assets": {"results": [asset] * 3, "pagination": {"total": 3}},
        "/v1/assets/search": {"success": False, "status": 500, "error": {"message": name, "type": name}},
        "features": {"asset": asset, "features": {name: [{"type": name, "text": name, "metadata": {name: name}}]}},
    }


@pytest.fixture
def hostile(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    name = str(request.param)

    async def handle(_: httpx.AsyncHTTPTransport, call: httpx.Request) -> httpx.Response:
        path = call.url.path
        body = answers(name).get(path) or answers(name)["features"]
        if name == "\ud800":  # JSON can write what UTF-8 cannot
            return httpx.Response(200, content=json.dumps(body).encode())
        return httpx.Response(500 if path.endswith("search") else 200, json=body)

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle)
    return name


@pytest.mark.parametrize("hostile", NAMES, indirect=True, ids=ascii)
async def test_every_pane_and_title_shows_it_as_text(driving: Driving, hostile: str) -> None:
    async with driving(Nowhere(), size=(140, 40)) as driver:
        seen = []
        await driver.until(lambda: driver.browse.panes.detail.body.display)
        seen.append(driver.text())
        for key in ("1", "2", "space", "enter", "s", "b", "y", "c"):
            await driver.press(key)
            seen.append(driver.text())
        await driver.press("3", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, AssetScreen))
        await driver.until(lambda: "Loading features" not in driver.text())
        seen.append(driver.text())
        await driver.press("escape", "/", "x", "enter")
        await driver.until(lambda: driver.browse.panes.rows.stale is False or driver.app._notifications)
        seen.append(driver.text())
        await driver.press("?")
        seen.append(driver.text())
        assert driver.app.is_running
    for text in seen:
        assert not [raw for raw in RAW if raw in text]
    if hostile.isprintable():
        assert hostile in seen[0]
        assert sum(hostile in line for line in seen[0].splitlines()) > 6

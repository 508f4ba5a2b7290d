"""A monkey at the keyboard: random keys, mouse and sizes, while the service fails, dies and comes back.

    python -m tests.ui.monkey [--events 20000] [--seed 1]

Prints what was done. Ends with an error at the first crash, hang or wrong row: a row that is on show and is not the
service's row at that index.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import tempfile
from contextlib import asynccontextmanager, chdir, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import httpx
from textual import events

from peekui.browse.embedded import EmbeddedLibrary
from peekui.clipboard.copying import Certainty, Outcome
from peekui.clipboard.routes import Route
from peekui.ui.app import PeekApp
from peekui.ui.commands import COMMANDS
from tests.service import Service
from tests.ui.driver import Driver

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

__all__ = ["Monkey", "run"]

_BATCH = 50
"""Events between two looks at whether everything is still well."""
_DIALOGS = 8
"""Most that can lie over one another."""
_GLANCE = 0.02
_PATIENCE = 60.0
"""Seconds in which a batch must be worked off."""
_KILL_EVERY = 1000
"""Events between two deaths of the service; it comes back half as many later."""
_FAULTS = 0.1
"""Part of the calls that fail."""
_KEYS = sorted({key for command in COMMANDS for key in command.keys if command.id != "app.quit"})
_LETTERS = [*"abcdefghijklmnopqrstuvwxyz0123456789 .:-_[]/", "space", "backspace", "delete", "left", "right"]


class Monkey:
    """What is random, by a seed, and the service it makes life hard for."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  (a toy's dice)
        self.done: dict[str, int] = {}
        self.checked = 0
        self._folder = folder
        self.downloads = folder / "downloads"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._library: EmbeddedLibrary | None = None
        self.service: Service | None = None

    @property
    def alive(self) -> bool:
        """Whether the service can answer."""
        return self._library is not None

    async def revive(self) -> None:
        """Start the service where it was."""
        where = ["--data-dir", str(self._folder / "index"), "--port", str(self._port), "--api-key", "monkey-key"]
        library = EmbeddedLibrary(["--demo", *where])
        url, key = await library.address()
        self._library = library
        self.service = Service(url, key, library)

    def kill(self) -> None:
        """End it without a word."""
        if self._library:
            self._library._process.kill()
            self._library.stop()
            self._library = None

    async def act(self, driver: Driver) -> None:
        """Do one thing."""
        name, act = self.random.choices(
            [("key", self._key), ("letter", self._letter), ("mouse", self._mouse), ("size", self._resize)],
            weights=[60, 15, 20, 1],
        )[0]
        self.done[name] = self.done.get(name, 0) + 1
        await act(driver)

    async def _key(self, driver: Driver) -> None:
        _send(driver, events.Key(key := self.random.choice(_KEYS), key if len(key) == 1 else None))

    async def _letter(self, driver: Driver) -> None:
        _send(driver, events.Key(key := self.random.choice(_LETTERS), key if len(key) == 1 else None))

    async def _mouse(self, driver: Driver) -> None:
        x, y = self.random.randrange(driver.app.size.width), self.random.randrange(driver.app.size.height)
        kinds = self.random.choice(
            [
                (events.MouseDown, events.MouseUp),
                (events.MouseScrollDown,),
                (events.MouseScrollUp,),
                (events.MouseMove,),
            ]
        )
        for kind in kinds:
            _send(driver, kind(None, x, y, 0, 0, 1 if kind is not events.MouseMove else 0, False, False, False, x, y))

    async def _resize(self, driver: Driver) -> None:
        await driver.pilot.resize_terminal(self.random.randrange(20, 200), self.random.randrange(5, 60))

    async def come_home(self, driver: Driver) -> None:
        """Leave all dialogs, and wait a little for the rows."""
        for _ in range(_DIALOGS):
            if driver.app.screen is driver.browse:
                break
            _send(driver, events.Key("escape", None))
            await driver.pilot.pause()
        for _ in range(_BATCH):
            if not driver.browse.panes.rows.stale:
                break
            await driver.pilot.pause(_GLANCE)

    async def check_rows(self, driver: Driver) -> None:
        """Hold what is on show against the service, once nothing is under way."""
        if not self.service or driver.app.screen is not driver.browse:
            return
        rows, feed = driver.browse.panes.rows, driver.browse._feed
        if rows.stale or rows.window is not feed.window or feed.query is None or not driver.browse.panes.shows_rows:
            return
        first, last = rows.in_view()
        size = feed.window.page_size
        shown = {index: asset.asset_id for index in range(first, last + 1) if (asset := rows.asset_at(index))}
        body, search = feed.query.body(), feed.query.text is not None
        headers = {
            "Authorization": f"Bearer {self.service.api_key.reveal()}",
            "X-Namespace": feed.query.namespace or "",
        }
        async with httpx.AsyncClient(base_url=self.service.base_url, headers=headers, trust_env=False) as http:
            for page in range(first // size + 1, last // size + 2):
                path = "/v1/assets/search" if search else "/v1/assets"
                answer = await http.post(path, params={"page": page, "page_size": size}, json=body, timeout=30)
                for index, asset in enumerate(answer.json()["results"], (page - 1) * size):
                    if index in shown:
                        assert shown[index] == asset["asset_id"], f"row {index} is not the service's"
                        self.checked += 1


def _send(driver: Driver, event: events.Event) -> None:
    assert driver.app._driver
    driver.app._driver.send_message(event)


@contextmanager
def _faults(monkey: Monkey) -> Iterator[None]:
    """Let a part of the app's calls fail in ways a network and a service fail in."""
    real = httpx.AsyncHTTPTransport.handle_async_request

    async def handle(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        if monkey.random.random() < _FAULTS and request.headers.get("user-agent", "").startswith("peekui"):
            match monkey.random.randrange(5):
                case 0:
                    raise httpx.ConnectError("nobody there")
                case 1:
                    raise httpx.ReadTimeout("no answer")
                case 2:
                    return httpx.Response(500, json={"detail": "broken [/]"})
                case 3:
                    return httpx.Response(403, json={"success": False, "status": 403, "error": {"message": "no"}})
                case _:
                    return httpx.Response(200, text="<html>a proxy's page")
        return await real(self, request)

    with patch.object(httpx.AsyncHTTPTransport, "handle_async_request", handle):
        yield


@contextmanager
def _own_folder(folder: Path) -> Iterator[None]:
    """Let all that is written, exports and what is remembered among it, lie in a folder."""
    places = {name: str(folder / name) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    with chdir(folder), patch.dict(os.environ, places):
        yield


@asynccontextmanager
async def _app(monkey: Monkey) -> AsyncIterator[Driver]:
    assert monkey.service
    app = PeekApp(monkey.service, download_dir=monkey.downloads)

    async def copied(*_: object) -> Outcome:
        return Outcome(Certainty.SENT, Route.TERMINAL)

    # It may do anything but leave, and it gets neither the clipboard nor the browser of whoever runs this.
    with (
        patch.object(PeekApp, "command_app_quit", lambda _: None),
        patch.object(PeekApp, "action_interrupt", lambda _: None),
        patch("peekui.ui.opening_assets.open_in_viewer", copied),
        patch("peekui.ui.copying.copy", copied),
        patch("peekui.ui.screens.value.copy", copied),
    ):
        async with app.run_test(size=(120, 40)) as pilot:
            driver = Driver(app, pilot)
            await driver.until_rows()
            yield driver


async def run(folder: Path, count: int, seed: int) -> Monkey:
    """Let it play; AssertionError or the app's own error says what it broke."""
    monkey = Monkey(folder, seed)
    await monkey.revive()
    assert monkey.service
    await asyncio.to_thread(monkey.service.wait_indexed)
    try:
        with _own_folder(folder):
            async with _app(monkey) as driver:
                with _faults(monkey):
                    await _play(monkey, driver, count)
                assert driver.app.is_running
    finally:
        monkey.kill()
    return monkey


async def _play(monkey: Monkey, driver: Driver, count: int) -> None:
    for number in range(1, count + 1):
        await monkey.act(driver)
        if number % _BATCH == 0:
            async with asyncio.timeout(_PATIENCE):
                await driver.pilot.pause()
            if driver.app._exception:
                raise driver.app._exception
            if monkey.alive:
                await monkey.come_home(driver)
                await monkey.check_rows(driver)
        if number % _KILL_EVERY == 0:
            monkey.kill()
        elif number % _KILL_EVERY == _KILL_EVERY // 2 and not monkey.alive:
            await monkey.revive()


def main() -> None:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        monkey = asyncio.run(run(Path(folder), arguments.events, arguments.seed))
    print(f"{arguments.events:,} events {monkey.done}, {monkey.checked:,} rows compared, nothing broken")  # noqa: T201


if __name__ == "__main__":
    main()

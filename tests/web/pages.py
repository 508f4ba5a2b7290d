"""`peekui web` in a process of its own, and a page of it without a web browser."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psutil
import pyte
from aiohttp import ClientSession, CookieJar, WSMsgType
from yarl import URL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from aiohttp import ClientWebSocketResponse

__all__ = ["Page", "Painted", "Served", "all_end", "opened_page", "serving_pages", "visitor"]

_PATIENCE = 60.0
_ADDRESS = re.compile(r"peekui on (?P<address>http://127\.0\.0\.1:\d+)/\?token=(?P<token>\S+)\n")
_MODES = re.compile(rb"\x1b\[\?[0-9;]+\$p|\x1b\[[<>=?][0-9;]*u|\x1b\][^\x07]*\x07")
"""What pyte would print as text."""


@dataclass(frozen=True)
class Served:
    """A running `peekui web`.

    Attributes:
        process: It.
        address: Without the token.
        token: What lets in.
    """

    process: subprocess.Popen[str]
    address: str
    token: str

    @property
    def entry(self) -> str:
        """The address as it was printed."""
        return f"{self.address}/?token={self.token}"

    def children(self) -> list[psutil.Process]:
        """The processes it has started, and theirs."""
        return psutil.Process(self.process.pid).children(recursive=True)


def all_end(processes: list[psutil.Process]) -> bool:
    """Wait for processes to end."""
    return not psutil.wait_procs(processes, timeout=_PATIENCE)[1]


@contextmanager
def serving_pages(*arguments: str, environment: Mapping[str, str]) -> Iterator[Served]:
    """Run `peekui` with these arguments, `web` among them, until the end of the `with`."""
    command = [sys.executable, "-m", "peekui", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout
            said = _ADDRESS.fullmatch(process.stdout.readline())
            assert said
            yield Served(process, said["address"], said["token"])
        finally:
            process.terminate()
            process.wait(_PATIENCE)


@asynccontextmanager
async def visitor() -> AsyncIterator[ClientSession]:
    """Make requests as a web browser does: with cookies, also those of an address."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield session


class Painted:
    """What a program has painted."""

    def __init__(self, columns: int, rows: int) -> None:
        """Take the size of the screen."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""

    def feed(self, data: bytes) -> None:
        """Paint more."""
        self.raw += data
        self._stream.feed(_MODES.sub(b"", data))

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self._screen.display)

    def shows(self, *words: str) -> bool:
        """Whether all of these words are on the screen."""
        text = self.text
        return all(word in text for word in words)


class Page:
    """The program behind a page: what it paints, what it tells the page, and keys for it."""

    def __init__(self, websocket: ClientWebSocketResponse) -> None:
        """Take its websocket."""
        self._websocket = websocket
        self.painted = Painted(120, 40)
        self.told: list[Any] = []

    async def send(self, keys: str) -> None:
        """Type."""
        await self._websocket.send_json(["stdin", keys])

    async def until_shows(self, *words: str) -> None:
        """Read until all of these words are on the screen."""
        try:
            async with asyncio.timeout(_PATIENCE):
                while not self.painted.shows(*words):
                    message = await self._websocket.receive()
                    assert message.type in {WSMsgType.BINARY, WSMsgType.TEXT}, f"{message}\n{self.painted.text}"
                    if message.type is WSMsgType.BINARY:
                        self.painted.feed(message.data)
                    else:
                        self.told.append(message.json())
        except TimeoutError as error:
            raise AssertionError(f"not seen in {_PATIENCE} s; on screen:\n{self.painted.text}") from error

    async def until_closed(self) -> None:
        """Read until the other side hangs up."""
        async with asyncio.timeout(_PATIENCE):
            async for _ in self._websocket:
                pass


@asynccontextmanager
async def opened_page(served: Served) -> AsyncIterator[Page]:
    """Open a page."""
    async with visitor() as browser:
        async with browser.get(served.entry) as index:
            assert "textual-terminal" in await index.text()
        address = URL(served.address).with_scheme("ws") / "ws" % {"width": 120, "height": 40}
        async with browser.ws_connect(address, origin=served.address) as websocket:
            yield Page(websocket)

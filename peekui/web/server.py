"""Serves pages, each with a program of its own behind it: textual-serve, with a guard and with an end."""

from __future__ import annotations

import asyncio
import shlex
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aiohttp import WSCloseCode, web
from textual_serve.server import Server

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from textual_serve.app_service import AppService

    from peekui.web.guard import Guard

__all__ = ["PageServer"]

_PAGE: Final = Path(__file__).with_name("page")
_PROGRAM: Final = (sys.executable, "-m", "peekui.cli.web_session")
_PATIENCE: Final = 5.0
"""Seconds the programs get to keep what is to be remembered."""


class PageServer(Server):
    """Serves the page of this folder in place of textual-serve's, which asks a site elsewhere for its letters."""

    def __init__(self, guard: Guard) -> None:
        """Take who lets in."""
        # The shell is textual-serve's wish; it makes way for the program.
        super().__init__(f"exec {shlex.join(_PROGRAM)}", title="peekui")
        self._guard = guard
        self._open: set[web.WebSocketResponse] = set()
        self._programs: set[asyncio.subprocess.Process] = set()

    async def run(self, listener: socket.socket, ready: Callable[[], object]) -> None:
        """Serve until the process is told to end, then end all programs.

        Args:
            listener: Bound.
            ready: Is called once it can answer.
        """
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, ended.set)
        # Its log would have the token in it.
        runner = web.AppRunner(await self._make_app(), access_log=None, shutdown_timeout=_PATIENCE)
        try:
            await runner.setup()
            await web.SockSite(runner, listener).start()
            ready()
            await ended.wait()
        finally:
            await runner.cleanup()
            for program in self._programs:
                program.kill()  # it had its time

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard.middleware)
        app.on_response_prepare.append(self._guard.add_headers)
        app.router.add_static("/page", _PAGE)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: where it is, is said by whoever runs it."""

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002  (textual-serve's)
        """Hang up, upon which textual-serve ends the programs."""
        closing = [asyncio.ensure_future(websocket.close(code=WSCloseCode.GOING_AWAY)) for websocket in self._open]
        if closing:
            await asyncio.wait(closing, timeout=_PATIENCE)

    async def handle_index(self, request: web.Request) -> web.FileResponse:  # noqa: ARG002  (textual-serve's)
        """Give the page."""
        return web.FileResponse(_PAGE / "index.html")

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        """Take what the page sends; the page is told when the program is gone, however it went."""
        # Nothing public tells of these.
        running, program = app_service._task, app_service._process  # noqa: SLF001
        if running is None or program is None:
            raise RuntimeError("textual-serve takes messages before it has started a program")

        def hang_up(_: asyncio.Task[None]) -> None:
            self._programs.discard(program)
            closing.append(asyncio.ensure_future(websocket.close()))

        closing: list[asyncio.Task[bool]] = []
        running.add_done_callback(hang_up)
        self._programs.add(program)
        self._open.add(websocket)
        try:
            await super()._process_messages(websocket, app_service)
        finally:
            self._open.remove(websocket)

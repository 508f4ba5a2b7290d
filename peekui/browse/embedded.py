"""The embedded library as a child process: start it, learn its address, stop it.

The child ends when its standard input closes. The kernel closes that pipe when this process ends, however it
ends, so no library outlives its browser.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import threading
from collections import deque
from typing import TYPE_CHECKING

from peekui.api.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EmbeddedLibrary", "LibraryStopped"]

_READY = re.compile(r"peekui library on (?P<url>http://\S+) \(key: (?P<key>\S+)\)")
_KEPT_LINES = 20
_PATIENCE = 5.0
"""Seconds a library gets to put its database away before it is killed; SQLite survives that too."""


class LibraryStopped(Exception):
    """The child ended before it could answer; the text is its last word."""


class EmbeddedLibrary:
    """A `peekui serve` of our own."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """Start the child; returns at once.

        Args:
            arguments: What follows `peekui serve` on a command line.
        """
        command = [sys.executable, "-m", "peekui", "serve", "--exit-with-parent", *arguments]
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and our own module)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            # Its own group: a ctrl+c in the terminal is for the browser, which then stops the child in order.
            process_group=0 if sys.platform != "win32" else None,
        )
        self._said: deque[str] = deque(maxlen=_KEPT_LINES)
        self._reader = threading.Thread(target=self._drain, name="library-stderr", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Process id of the child."""
        return self._process.pid

    async def address(self) -> tuple[str, Secret]:
        """Wait until the library can answer.

        Returns:
            Its base URL and its key.

        Raises:
            LibraryStopped: It ended instead.
        """
        line = await asyncio.to_thread(self._first_line)
        match = _READY.match(line)
        if match is None:
            await asyncio.to_thread(self._reader.join, _PATIENCE)
            raise LibraryStopped(self._last_word())
        return match["url"], Secret(match["key"])

    def stop(self) -> None:
        """End the child and wait for it; killed if it takes more than a few seconds."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(_PATIENCE)
        for stream in (self._process.stdout, self._process.stderr):
            if stream:
                stream.close()

    def _first_line(self) -> str:
        return self._process.stdout.readline() if self._process.stdout else ""

    def _drain(self) -> None:
        # Unread, a full pipe would stop the child in the middle of its work.
        if self._process.stderr:
            self._said.extend(line.rstrip() for line in self._process.stderr)

    def _last_word(self) -> str:
        return next((line for line in reversed(self._said) if line.strip()), "The library ended without a word.")

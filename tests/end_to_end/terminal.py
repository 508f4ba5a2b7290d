"""A program in a real pseudo-terminal, and its screen as pyte sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from typing import TYPE_CHECKING, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Terminal"]

# Sequences pyte prints as text: private key modes, device questions, strings addressed to the terminal.
_NOT_FOR_PYTE = re.compile(
    rb"\x1b\[[<>=?][0-9;]*u|\x1b\[>[0-9;]*[qm]|\x1b\[\?[0-9;]+\$p|\x1bP.*?\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)",
    re.DOTALL,
)
_PATIENCE = 60.0


class Terminal:
    """Runs a program on a pseudo-terminal of its own; close it, or use it in a `with`."""

    def __init__(
        self, command: Sequence[str], *, columns: int = 120, rows: int = 40, environment: Mapping[str, str] = os.environ
    ) -> None:
        """Start the program."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        clean = {**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        for name in ("COLUMNS", "LINES", "NO_COLOR"):
            clean.pop(name, None)
        self.process = subprocess.Popen(
            command,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env=clean,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  (no threads here)
        )
        os.close(follower)
        self._leader = leader

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self._screen.display)

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._leader, keys.encode())

    def until(self, true: Callable[[str], object]) -> str:
        """Read until the screen's text is as wanted, and give it."""
        deadline = time.monotonic() + _PATIENCE
        while not true(self.text):
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(f"not seen in {_PATIENCE} s; on screen:\n{self.text}")
        return self.text

    def until_shows(self, *words: str) -> str:
        """Read until all of these words are on the screen."""
        return self.until(lambda text: all(word in text for word in words))

    def wait(self) -> int:
        """Read until the program ends, and give its exit status."""
        deadline = time.monotonic() + _PATIENCE
        while self._read(deadline - time.monotonic()):
            pass
        return self.process.wait(_PATIENCE)

    def hang_up(self) -> None:
        """Take the terminal away, as closing its window does."""
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, self._leader)
        os.close(nothing)

    def close(self) -> None:
        """End the program."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self._leader)

    def _read(self, timeout: float) -> bool:
        ready, _, _ = select.select([self._leader], [], [], max(timeout, 0))
        try:
            data = os.read(self._leader, 65536) if ready else b""
        except OSError:  # the other side is gone
            data = b""
        self.raw += data
        self._take(data)
        return bool(data)

    def _take(self, data: bytes) -> None:
        """Draw what the program wrote."""
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))

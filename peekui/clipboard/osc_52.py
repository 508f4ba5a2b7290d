"""The escape sequence that asks a terminal to take a text: for programs that paint nothing, Textual has its own."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

__all__ = ["send_to_terminal"]

_TERMINAL = Path("/dev/tty")
"""That of this process, wherever its output goes."""


def send_to_terminal(text: str) -> None:
    """Ask the terminal of this process.

    Raises:
        OSError: It has none.
    """
    with _TERMINAL.open("wb", buffering=0) as terminal:
        terminal.write(b"\x1b]52;c;%s\a" % b64encode(text.encode()))

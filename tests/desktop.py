"""A real X display without a screen, and what is on its clipboard."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Desktop", "missing_tools", "running_desktop"]

_TOOLS = ("Xvfb", "xclip")


def missing_tools() -> list[str]:
    """Name what is not installed here of what a desktop takes."""
    return [tool for tool in _TOOLS if not shutil.which(tool)]


@dataclass(frozen=True)
class Desktop:
    """A display.

    Attributes:
        display: What `DISPLAY` says.
    """

    display: str

    def clipboard(self) -> str:
        """Give what is on the clipboard, as any other program sees it."""
        command = ["xclip", "-selection", "clipboard", "-out", "-target", "UTF8_STRING", "-display", self.display]
        return subprocess.run(command, capture_output=True, check=True, timeout=20).stdout.decode()


def running_desktop() -> Iterator[Desktop]:
    """Run a display until the generator is closed."""
    reading, writing = os.pipe()
    # It takes the first number that is free, and says which once it can be used.
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "64x64x8", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield Desktop(f":{said.readline().strip()}")
    finally:
        server.terminate()
        server.wait(20)

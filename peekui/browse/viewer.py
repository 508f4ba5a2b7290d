"""Opens a URL in the browser or viewer of this desktop."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peekui.surroundings import Surroundings

__all__ = ["NoViewer", "open_in_viewer"]

_PATIENCE = 5.0
"""Seconds; what runs longer is the viewer itself, and is left to run."""
_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.stdin.read()))"


class NoViewer(Exception):
    """There is nothing to open it with; the text says why, one sentence."""


async def open_in_viewer(url: str, surroundings: Surroundings) -> None:
    """Open a URL; what the viewer says does not reach the terminal.

    Args:
        url: An HTTP address.
        surroundings: Where peekui runs.

    Raises:
        NoViewer: There is no desktop, or no browser on it.
    """
    if not surroundings.display:
        where = "over ssh" if surroundings.ssh else "here"
        raise NoViewer(f"There is no desktop {where} to open it on.")
    nothing = asyncio.subprocess.DEVNULL
    # A session of its own: the viewer outlives this terminal, and cannot write to it.
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _OPEN,
        stdin=asyncio.subprocess.PIPE,
        stdout=nothing,
        stderr=nothing,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(_PATIENCE):
            await process.communicate(url.encode())
    except TimeoutError:
        return
    if process.returncode:
        raise NoViewer("No browser could be started on this desktop.")

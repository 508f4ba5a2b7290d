"""Runs the tools that reach a clipboard: each in a process of its own, which may fail, hang or complain unseen.

The native tools write to the terminal when they fail, hang on a dead display, and report success all the same.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["copy_natively", "copy_to_tmux"]

_PATIENCE = 3.0
"""Seconds; a tool that takes longer waits for something that is not there."""

_COPY_AND_READ_BACK = """
import sys, time, pyperclip
text = sys.stdin.buffer.read().decode()
try:
    pyperclip.copy(text)
    # xclip returns before it owns the clipboard: for a moment the owner before it may still answer.
    for _ in range(20):
        if pyperclip.paste() == text:
            sys.exit(0)
        time.sleep(0.05)
except pyperclip.PyperclipException:
    pass
sys.exit(1)
"""


async def copy_natively(text: str) -> bool:
    """Put text on the desktop's clipboard.

    Returns:
        Whether it was read back as it was written.
    """
    return await _feed([sys.executable, "-c", _COPY_AND_READ_BACK], text)


async def copy_to_tmux(text: str) -> bool:
    """Put text into a new buffer of tmux, which passes it on to the terminal where it is set to (`set-clipboard`).

    Returns:
        Whether tmux (3.2 or newer) took it.
    """
    return await _feed(["tmux", "load-buffer", "-w", "-"], text)


async def _feed(command: Sequence[str], text: str) -> bool:
    """Run a command with a text for its input; give whether it ended well, and in time."""
    nothing = asyncio.subprocess.DEVNULL
    try:
        # A session of its own: what stays behind to serve the clipboard must outlive this terminal.
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.PIPE, stdout=nothing, stderr=nothing, start_new_session=True
        )
    except OSError:
        return False
    try:
        async with asyncio.timeout(_PATIENCE):
            await process.communicate(text.encode())
    except TimeoutError:
        return False
    finally:
        if process.returncode is None:
            # It may have ended by itself just now.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    return process.returncode == 0

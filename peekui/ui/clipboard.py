"""Text to the clipboard, and the truth about whether it got there.

The native clipboard is written and read back in a process of its own: its tools write to the terminal when they
fail, hang on a dead display, and report success all the same. Where that does not work the text is sent to the
terminal (OSC 52), which never answers: that is said, not called copied.
"""

from __future__ import annotations

import asyncio
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

__all__ = ["Outcome", "copy"]

_PATIENCE = 3.0
_SAFE_FOR_TERMINALS = 1000
"""Bytes; some terminals drop a longer OSC 52 without a word."""
_COPY_AND_READ_BACK = """
import sys, pyperclip
text = sys.stdin.buffer.read().decode()
try:
    pyperclip.copy(text)
    sys.exit(0 if pyperclip.paste() == text else 1)
except pyperclip.PyperclipException:
    sys.exit(1)
"""


class Outcome(StrEnum):
    """What is known of a copy."""

    COPIED = "copied"
    SENT = "sent"
    TOO_LONG = "too long"


async def copy(app: App[Any], text: str) -> Outcome:
    """Put text on the clipboard.

    Args:
        app: Whose terminal to use.
        text: Anything.

    Returns:
        COPIED when the clipboard was read back as written; SENT when the terminal was asked, which cannot be
        confirmed; TOO_LONG when the terminal was asked and may have dropped it for its length.
    """
    text = text.encode("utf-8", "replace").decode()  # half a surrogate pair has no form on any clipboard
    if await _native(text):
        return Outcome.COPIED
    app.copy_to_clipboard(text)
    return Outcome.SENT if len(text.encode()) <= _SAFE_FOR_TERMINALS else Outcome.TOO_LONG


async def _native(text: str) -> bool:
    nothing = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _COPY_AND_READ_BACK, stdin=asyncio.subprocess.PIPE, stdout=nothing, stderr=nothing
    )
    try:
        await asyncio.wait_for(process.communicate(text.encode()), _PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
    return process.returncode == 0

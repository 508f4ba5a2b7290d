"""Asks a command of the user's for the API key, such as a password manager's."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from peekui.config.problems import ConfigError

if TYPE_CHECKING:
    from asyncio.subprocess import Process

__all__ = ["ask_command"]

_PATIENCE = 10.0
"""Seconds a command gets: enough to touch a security key, too short to be taken for a browser that hangs."""

_LONGEST = 65_536
"""Bytes of a first line; no header carries more."""


async def ask_command(command: str, name: str, *, patience: float = _PATIENCE) -> str:
    """Run a command, without a shell, and give the first line it prints.

    Cancelling ends the command and what it started.

    Args:
        command: Program and arguments, quoted as for a shell.
        name: What the sentences call it; the command itself may hold something secret.
        patience: Seconds until it is ended.

    Raises:
        ConfigError: It cannot be started, failed, took too long or printed nothing.
    """
    try:
        # Without a terminal it cannot ask or complain over the browser's screen.
        process = await asyncio.create_subprocess_exec(
            *shlex.split(command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            limit=_LONGEST,
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it holds a character no command may hold"
        raise ConfigError(f"The {name} cannot be started: {reason}.") from error
    try:
        async with asyncio.timeout(patience):
            line = await _first_line(process)
            status = await process.wait()
    except TimeoutError as error:
        raise ConfigError(f"The {name} took longer than {patience:g} s: run it yourself to see why.") from error
    finally:
        if process.returncode is None:
            # It may have ended by itself just now.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if status:
        raise ConfigError(f"The {name} ended with status {status}: run it yourself to see why.")
    if not line.strip():
        raise ConfigError(f"The {name} printed nothing: its first line must be the key.")
    return line


async def _first_line(process: Process) -> str:
    """Read a line, and throw the rest away so that the command can end."""
    output = process.stdout
    if output is None:
        return ""
    try:
        line = await output.readline()
    except ValueError:  # longer than the limit
        line = b"\0"  # which is no key either
    while await output.read(_LONGEST):
        pass
    return line.decode("utf-8", "replace")
